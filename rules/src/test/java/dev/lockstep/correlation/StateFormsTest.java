package dev.lockstep.correlation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every type has in state in the middle of a timeline, byte by byte, in each version that
 * there has been. A change of a form shows here; it needs a new version of {@link Bytes}, which
 * reads what older ones wrote.
 *
 * <p>{@code -Dlockstep.write-state-forms=FOLDER} writes those of this version.
 */
class StateFormsTest {
  private static final int NEWEST = 2;
  private static final int MOST = 1000;
  private static final HexFormat HEX = HexFormat.of();

  private static final Map<String, String> QUESTIONS = questions();

  private static Map<String, String> questions() {
    Map<String, String> questions = new TreeMap<>();
    String a = ", rules: [a], timespan: 10s";
    String ab = ", rules: [a, b], timespan: 10s";
    questions.put(
        "event_count", "type: event_count, rules: [a], timespan: 2s, condition: {gte: 20}");
    questions.put("long_log", "type: event_count" + a + ", condition: {gte: 45}");
    questions.put("value_count", "type: value_count" + a + ", condition: {field: v, gte: 9}");
    questions.put("value_sum", "type: value_sum" + a + ", condition: {field: v, gte: 250}");
    questions.put("value_avg", "type: value_avg" + a + ", condition: {field: v, gte: 6}");
    questions.put(
        "value_percentile",
        "type: value_percentile" + a + ", condition: {field: v, percentile: 90, gt: 9}");
    questions.put(
        "estimated_count",
        "type: value_count" + a + ", exact-up-to: 5, condition: {field: v, gte: 9}");
    questions.put(
        "estimated_percentile",
        "type: value_median" + a + ", exact-up-to: 5, condition: {field: v, gt: 5}");
    questions.put("temporal", "type: temporal, rules: [a, b], timespan: 1s");
    questions.put("temporal_ordered", "type: temporal_ordered, rules: [a, b], timespan: 1s");
    questions.put("absence", "type: absence" + a + ", condition: {lt: 3}");
    questions.put("spike", "type: spike, rules: [a], timespan: 2s, condition: {ratio: 1.7}");
    questions.put("drop", "type: drop" + a + ", condition: {ratio: 2, field: v}");
    questions.put("new_term", "type: new_term" + a + ", learning: 5s, condition: {field: v}");
    questions.put("change", "type: change" + a + ", condition: {field: v}");
    questions.put("ratio", "type: ratio" + ab + ", condition: {part: a, of: b, gte: 90, min: 4}");
    return questions;
  }

  static Stream<String> types() {
    return QUESTIONS.keySet().stream();
  }

  static Stream<String> typesOfEachVersion() {
    return Stream.iterate(1, version -> version <= NEWEST, version -> version + 1)
        .flatMap(version -> types().map(type -> version + ", " + type));
  }

  @ParameterizedTest
  @MethodSource("types")
  void thisVersionWritesWhatItWroteBefore(String type) throws IOException {
    GroupOperator operator = operator(type);
    half(operator, 0);
    GroupOperator.Checkpoint written = operator.checkpoint();
    String folder = System.getProperty("lockstep.write-state-forms", "");
    if (!folder.isEmpty()) {
      Files.writeString(Path.of(folder, file(NEWEST, type)), text(written));
    }

    assertThat(text(written)).isEqualTo(stored(NEWEST, type));
  }

  @ParameterizedTest
  @MethodSource("typesOfEachVersion")
  void whatAVersionHasWrittenIsGoneOnWith(String versionAndType) throws IOException {
    int comma = versionAndType.indexOf(", ");
    int version = Integer.parseInt(versionAndType.substring(0, comma));
    String type = versionAndType.substring(comma + 2);
    GroupOperator whole = operator(type);
    half(whole, 0);
    List<Finding> before = whole.findings();
    half(whole, 1);
    whole.finish();

    GroupOperator restored = operator(type);
    restored.restore(read(stored(version, type), before));
    half(restored, 1);
    restored.finish();

    assertThat(restored.findings()).isEqualTo(whole.findings());
    assertThat(restored.findings()).hasSizeGreaterThan(before.size());
    assertThat(restored.isEmpty()).isTrue();
  }

  private static GroupOperator operator(String type) {
    return new GroupOperator(Correlations.of(Objects.requireNonNull(QUESTIONS.get(type))), MOST);
  }

  /** 35 events of eight seconds, more and more and then fewer; what is not due yet waits. */
  private static void half(GroupOperator operator, int half) {
    List<Occurrence> events = new ArrayList<>();
    for (int i = 0; i < 35; i++) {
      long at = 5_000 + 8_000L * half + (long) (8_000 * Math.pow(i / 35.0, half == 0 ? 0.5 : 2));
      String value = String.valueOf((half + 1) * (i * i % 11));
      events.add(
          new Occurrence(at, "e" + half + "/" + i, 0, List.of(value), "{\"é\":\"" + i + "\"}"));
      if (i % 9 == 8 - 4 * half) {
        events.add(new Occurrence(at + 1, "f" + half + "/" + i, 1, List.of(), ""));
      }
    }
    List<Occurrence> taken =
        events.stream().filter(one -> one.member() < operator.rules()).toList();
    operator.add(taken);
    operator.advanceTo(12_800 + 8_000L * half);
  }

  private static String file(int version, String type) {
    return "state-%d-%s.txt".formatted(version, type);
  }

  private static String text(GroupOperator.Checkpoint checkpoint) {
    StringBuilder text = new StringBuilder("timers " + checkpoint.timers() + "\n");
    new TreeMap<>(checkpoint.store())
        .forEach(
            (slot, bytes) ->
                text.append(slot).append(' ').append(shortened(HEX.formatHex(bytes))).append('\n'));
    return text.toString();
  }

  /** Zeros in a row, as sketches have them, are counted. */
  private static String shortened(String hex) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < hex.length()) {
      int zeros = 0;
      while (at + zeros < hex.length() && hex.charAt(at + zeros) == '0') {
        zeros++;
      }
      if (zeros > 16) {
        text.append('(').append(zeros).append(')');
        at += zeros;
      } else {
        text.append(hex.charAt(at));
        at++;
      }
    }
    return text.toString();
  }

  private static GroupOperator.Checkpoint read(String text, List<Finding> findings) {
    Map<Long, byte[]> store = new TreeMap<>();
    TreeSet<Long> timers = new TreeSet<>();
    for (String line : text.lines().toList()) {
      String name = line.substring(0, line.indexOf(' '));
      String rest = line.substring(line.indexOf(' ') + 1);
      if (name.equals("timers")) {
        for (String timer : rest.substring(1, rest.length() - 1).split(", ", -1)) {
          timers.add(Long.parseLong(timer));
        }
      } else {
        store.put(Long.parseLong(name), HEX.parseHex(lengthened(rest)));
      }
    }
    return new GroupOperator.Checkpoint(store, timers, findings);
  }

  private static String lengthened(String text) {
    StringBuilder hex = new StringBuilder();
    for (String part : text.split("(?=\\()|(?<=\\))", -1)) {
      hex.append(
          part.startsWith("(")
              ? "0".repeat(Integer.parseInt(part.substring(1, part.length() - 1)))
              : part);
    }
    return hex.toString();
  }

  private static String stored(int version, String type) throws IOException {
    try (InputStream in = StateFormsTest.class.getResourceAsStream(file(version, type))) {
      return in == null ? "not stored" : new String(in.readAllBytes(), UTF_8);
    }
  }
}
