package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.RecordHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a path says of the records in its file, in the form of headers of a record. */
final class PathHeaders {

  /** Whose the records are, if there is a group of this name or the source says so. */
  static final String CUSTOMER = "customer";

  /** When, as far as groups {@code yyyy}, {@code MM}, {@code dd}, {@code HH}, {@code mm} say. */
  static final String TIME = "path-time";

  /** The name of the source. */
  static final String SOURCE = "file-source";

  /** Of a line that could not become an event: what the head of its file says, line by line. */
  private static final String FIELD = "file-field";

  private static final String DIRECTIVE = "file-directive";
  private static final String IS_LINE = "file-line";

  private PathHeaders() {}

  /** Returns headers that also say that the record is a line as it is in the file. */
  static RecordHeaders withHead(RecordHeaders headers, FileHead head) {
    List<RecordHeaders.Header> all = new ArrayList<>(headers.all());
    all.add(new RecordHeaders.Header(IS_LINE, null));
    head.fields().forEach(field -> all.add(header(FIELD, field)));
    head.directives().forEach(directive -> all.add(header(DIRECTIVE, directive)));
    return new RecordHeaders(all);
  }

  /** Returns the head that {@link #withHead} added, or null when it did not. */
  static @Nullable FileHead head(RecordHeaders headers) {
    List<String> fields = values(headers, FIELD);
    List<String> directives = values(headers, DIRECTIVE);
    boolean line = headers.all().stream().anyMatch(header -> header.name().equals(IS_LINE));
    return line ? new FileHead(fields, directives, "") : null;
  }

  private static List<String> values(RecordHeaders headers, String name) {
    return headers.all().stream()
        .filter(header -> header.name().equals(name) && header.value() != null)
        .map(header -> new String(requireNonNull(header.value()), UTF_8))
        .toList();
  }

  private static RecordHeaders.Header header(String name, String value) {
    return new RecordHeaders.Header(name, value.getBytes(UTF_8));
  }

  static RecordHeaders of(FoundFile file, FileSettings source) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(SOURCE, source.name());
    Map<String, String> groups =
        source.paths().get(file.pattern()).match(file.below()).orElse(Map.of());
    headers.putAll(groups);
    String time = time(groups);
    if (!time.isEmpty()) {
      headers.put(TIME, time);
    }
    if (source.customer() != null) {
      headers.put(CUSTOMER, source.customer());
    }
    List<RecordHeaders.Header> all = new ArrayList<>();
    headers.forEach(
        (name, value) -> all.add(new RecordHeaders.Header(name, value.getBytes(UTF_8))));
    return new RecordHeaders(all);
  }

  private static String time(Map<String, String> groups) {
    if (!groups.keySet().containsAll(List.of("yyyy", "MM", "dd"))) {
      return "";
    }
    String hour = groups.getOrDefault("HH", "00");
    String minute = groups.containsKey("HH") ? groups.getOrDefault("mm", "00") : "00";
    return "%s-%s-%sT%s:%s:00Z"
        .formatted(groups.get("yyyy"), groups.get("MM"), groups.get("dd"), hour, minute);
  }
}
