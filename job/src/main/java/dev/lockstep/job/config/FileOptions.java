package dev.lockstep.job.config;

import dev.lockstep.connector.files.FileFormats;
import dev.lockstep.connector.files.FileLimits;
import dev.lockstep.connector.files.FileSettings;
import dev.lockstep.connector.files.PathPattern;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import dev.lockstep.job.config.TypedOptions.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/** From options to which files events are read from. */
final class FileOptions {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,38}");

  private static final String USUAL_FORMAT = "ndjson";

  private static final String PATH = "path";
  private static final String FORMAT = "format";
  private static final String CUSTOMER_ID = "customer-id";
  private static final String CUSTOMER = "customer";
  private static final String ID = "id";
  private static final String TIME = "time";
  private static final List<String> PROPERTIES =
      List.of(PATH, FORMAT, CUSTOMER_ID, CUSTOMER, ID, TIME);

  private final TypedOptions options;
  private final EnvelopeLayout events;

  private FileOptions(TypedOptions options) {
    this.options = options;
    this.events = EventOptions.layout(options);
  }

  static LockstepConfig.EventFiles files(TypedOptions options) {
    FileLimits limits =
        new FileLimits(
            options.get(LockstepOptions.FILES_PART_SIZE, FileOptions::size),
            options.get(LockstepOptions.FILES_MAX_IN_FLIGHT, FileOptions::size),
            options.get(LockstepOptions.FILES_DISCOVERY_INTERVAL, OptionChecks::positive),
            options.get(LockstepOptions.FILES_QUIET_TIME, OptionChecks::notNegative),
            options.get(LockstepOptions.FILES_REMEMBER, OptionChecks::positive),
            options.get(LockstepOptions.FILES_MAX_REMEMBERED, OptionChecks::positive),
            options.list(LockstepOptions.FILES_RETRY_DELAYS, OptionChecks::delay, List::copyOf));
    return new LockstepConfig.EventFiles(
        new FileOptions(options).sources(),
        limits,
        options.get(LockstepOptions.FILES_MAX_OUT_OF_ORDERNESS, OptionChecks::notNegative));
  }

  private List<FileSettings> sources() {
    Map<String, Property> read = options.map(LockstepOptions.FILES_SOURCES, this::property);
    List<FileSettings> sources = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    read.values().forEach(property -> names.add(property.source()));
    for (String name : names) {
      Map<String, Property> properties = new TreeMap<>();
      read.values().stream()
          .filter(property -> property.source().equals(name))
          .forEach(property -> properties.put(property.name(), property));
      Property path = properties.get(PATH);
      Property format = properties.get(FORMAT);
      if (path == null) {
        options.problem(
            LockstepOptions.FILES_SOURCES,
            "must say the path of %s, such as files.sources.%s.path: s3://logs/{customer}/"
                .formatted(name, name));
      } else {
        sources.add(
            source(name, properties, path.paths(), format == null ? USUAL_FORMAT : format.text()));
      }
    }
    return sources;
  }

  private FileSettings source(
      String name, Map<String, Property> properties, List<PathPattern> paths, String format) {
    Property owner = properties.get(CUSTOMER_ID);
    if (owner != null && properties.containsKey(CUSTOMER)) {
      options.problem(
          LockstepOptions.FILES_SOURCES,
          "must say of %s either customer-id or customer, not both".formatted(name));
    }
    List<EnvelopePlace> customer = owner == null ? events.customer() : List.<EnvelopePlace>of();
    return new FileSettings(
        name,
        paths,
        FileFormats.named(format),
        owner == null ? null : owner.text(),
        new EnvelopeLayout(
            places(properties, CUSTOMER, before("customer", customer)),
            places(properties, ID, events.id()),
            places(properties, TIME, after(events.time(), "path-time")),
            events.maxBytes()));
  }

  private static List<EnvelopePlace> places(
      Map<String, Property> properties, String name, List<EnvelopePlace> otherwise) {
    Property property = properties.get(name);
    return property == null ? otherwise : property.places();
  }

  private static List<EnvelopePlace> before(String header, List<EnvelopePlace> places) {
    return Stream.concat(Stream.of(new EnvelopePlace.Header(header)), places.stream()).toList();
  }

  private static List<EnvelopePlace> after(List<EnvelopePlace> places, String header) {
    return Stream.concat(places.stream(), Stream.of(new EnvelopePlace.Header(header))).toList();
  }

  private Property property(Entry entry) {
    int dot = entry.name().indexOf('.');
    String source = dot < 0 ? entry.name() : entry.name().substring(0, dot);
    String name = dot < 0 ? "" : entry.name().substring(dot + 1);
    if (!NAME.matcher(source).matches() || !PROPERTIES.contains(name)) {
      throw new IllegalArgumentException(
          "must be files.sources.NAME. and one of %s, with a NAME that matches %s"
              .formatted(PROPERTIES, NAME.pattern()));
    }
    String text = OptionChecks.notBlank(entry.value()).trim();
    List<PathPattern> paths = name.equals(PATH) ? each(text, PathPattern::parse) : List.of();
    boolean isPlaces = name.equals(CUSTOMER) || name.equals(ID) || name.equals(TIME);
    List<EnvelopePlace> places = isPlaces ? each(text, EnvelopePlace::parse) : List.of();
    return new Property(
        source, name, name.equals(FORMAT) ? FileFormats.named(text).name() : text, paths, places);
  }

  private static <T> List<T> each(String text, Function<String, T> read) {
    return Stream.of(text.split(",")).map(String::trim).map(read).toList();
  }

  private static long size(MemorySize size) {
    if (size.getBytes() < 1024) {
      throw new IllegalArgumentException("must be at least 1 kb, was '" + size + "'");
    }
    return size.getBytes();
  }

  /** One line of the options. */
  private record Property(
      String source,
      String name,
      String text,
      List<PathPattern> paths,
      List<EnvelopePlace> places) {}
}
