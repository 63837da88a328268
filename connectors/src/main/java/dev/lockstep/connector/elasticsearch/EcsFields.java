package dev.lockstep.connector.elasticsearch;

import dev.lockstep.event.Event;
import dev.lockstep.event.EventProjection;
import dev.lockstep.event.FieldValue;
import dev.lockstep.event.MalformedEventException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is known of the fields of events: which field of the Elastic Common Schema each is. An event
 * that has a field of the schema keeps it; others are renamed only where the log source leaves no
 * doubt of what they mean. Everything else is found under {@code lockstep.event}.
 */
final class EcsFields {

  private static final int MAX_VALUES = 64;

  /** Those that are numbers; what spells none is left out. */
  private static final Set<String> NUMBERS =
      Set.of(
          "destination.port",
          "http.request.bytes",
          "http.response.bytes",
          "http.response.status_code",
          "process.parent.pid",
          "process.pid",
          "source.port");

  /** Windows writes process ids in hexadecimal digits. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}|0[xX][0-9a-fA-F]{1,15}");

  /** A place in an event where a field may be. Windows events have theirs in one of three forms. */
  private static final List<String> WINDOWS_FORMS =
      List.of("", "Event.EventData.", "winlog.event_data.");

  private static final Condition SYSMON =
      new Condition(
          List.of("Channel", "Event.System.Channel", "winlog.channel"),
          Set.of("Microsoft-Windows-Sysmon/Operational", "Linux-Sysmon/Operational"));
  private static final Condition SECURITY =
      new Condition(
          List.of("Channel", "Event.System.Channel", "winlog.channel"), Set.of("Security"));

  private static final List<Source> SOURCES =
      List.of(
          // Requests in the names of the W3C Extended Log File Format and of Sigma.
          Source.when(Condition.has("cs-method"))
              .field("source.ip", "c-ip", "src_ip")
              .field("destination.ip", "s-ip", "r-ip", "dst_ip")
              .field("http.request.method", "cs-method")
              .field("http.request.bytes", "cs-bytes")
              .field("http.request.referrer", "cs-referer", "cs-referrer", "cs(Referer)")
              .field("http.response.status_code", "sc-status")
              .field("http.response.bytes", "sc-bytes")
              .field("http.version", "cs-version")
              .field("url.original", "c-uri", "cs-uri")
              .field("url.domain", "cs-host", "cs(Host)", "r-dns")
              .field("url.path", "c-uri-stem", "cs-uri-stem", "cs-uri-path")
              .field("url.query", "c-uri-query", "cs-uri-query")
              .field("user.name", "cs-username")
              .field("user_agent.original", "c-useragent", "cs-user-agent", "cs(User-Agent)"),
          // Records of AWS CloudTrail.
          Source.when(Condition.has("eventSource"), Condition.has("eventName"))
              .field("cloud.account.id", "recipientAccountId", "userIdentity.accountId")
              .field("cloud.region", "awsRegion")
              .field("error.code", "errorCode")
              .field("error.message", "errorMessage")
              .field("event.action", "eventName")
              .field("event.provider", "eventSource")
              .field("source.ip", "sourceIPAddress")
              .field("user.name", "userIdentity.userName")
              .field("user_agent.original", "userAgent"),
          Source.when(SYSMON)
              .windows("process.executable", "Image", "SourceImage")
              .windows("process.command_line", "CommandLine")
              .windows("process.entity_id", "ProcessGuid", "SourceProcessGuid")
              .windows("process.pid", "ProcessId", "SourceProcessId")
              .windows("process.working_directory", "CurrentDirectory")
              .windows("process.parent.executable", "ParentImage")
              .windows("process.parent.command_line", "ParentCommandLine")
              .windows("process.parent.entity_id", "ParentProcessGuid")
              .windows("process.parent.pid", "ParentProcessId")
              .windows("user.name", "User", "SourceUser")
              .windows("file.path", "TargetFilename", "ImageLoaded")
              .windows("registry.path", "TargetObject")
              .windows("dns.question.name", "QueryName")
              .windows("network.transport", "Protocol")
              .windows("source.ip", "SourceIp")
              .windows("source.port", "SourcePort")
              .windows("destination.ip", "DestinationIp")
              .windows("destination.port", "DestinationPort")
              .windows("destination.domain", "DestinationHostname"),
          // Auditing of process creation: ProcessId is there the one of the parent.
          Source.when(SECURITY, Condition.is("4688", windowsEventId()))
              .windows("process.executable", "NewProcessName")
              .windows("process.command_line", "CommandLine")
              .windows("process.pid", "NewProcessId")
              .windows("process.parent.executable", "ParentProcessName")
              .windows("process.parent.pid", "ProcessId")
              .windows("user.name", "SubjectUserName"),
          // Logons, and what was tried in vain: the user is whom they are for.
          Source.when(SECURITY, Condition.is(Set.of("4624", "4625"), windowsEventId()))
              .windows("user.name", "TargetUserName")
              .windows("source.ip", "IpAddress")
              .windows("source.port", "IpPort"),
          Source.when(Condition.is("process_creation", "category"))
              .field("process.executable", "Image")
              .field("process.command_line", "CommandLine")
              .field("process.pid", "ProcessId")
              .field("process.parent.executable", "ParentImage")
              .field("process.parent.command_line", "ParentCommandLine")
              .field("process.parent.pid", "ParentProcessId")
              .field("user.name", "User"),
          Source.when(Condition.is(Set.of(), windowsEventId()))
              .field("event.code", windowsEventId())
              .field("event.provider", windowsProvider())
              .field("host.name", "Computer", "Event.System.Computer", "winlog.computer_name"));

  /** Those of the schema that are taken over from events that are in its names already. */
  private static final List<String> OWN_NAMES =
      Stream.concat(
              Stream.of("event.action", "event.category", "event.dataset", "event.outcome"),
              SOURCES.stream().flatMap(source -> source.fields.stream()).map(Field::name))
          .distinct()
          .sorted()
          .toList();

  private static final EventProjection PROJECTION = projection();

  private EcsFields() {}

  /** Every name that a document may have by this table. */
  static List<String> names() {
    return OWN_NAMES;
  }

  /** Returns the fields whose meaning is known, by the names of the schema. */
  static SortedMap<String, EcsValue> of(byte[] json) {
    Event event;
    try {
      event = PROJECTION.read(json);
    } catch (MalformedEventException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    SortedMap<String, EcsValue> fields = new TreeMap<>();
    for (String name : OWN_NAMES) {
      put(name, event, List.of(name), fields);
    }
    for (Source source : SOURCES) {
      if (source.isOf(event)) {
        for (Field field : source.fields) {
          put(field.name, event, field.places, fields);
        }
      }
    }
    return fields;
  }

  private static void put(
      String name, Event event, List<String> places, SortedMap<String, EcsValue> fields) {
    if (fields.containsKey(name)) {
      return;
    }
    for (String place : places) {
      boolean number = NUMBERS.contains(name);
      List<String> texts = texts(event, place);
      if (number) {
        texts = texts.stream().filter(NUMBER.asMatchPredicate()).map(EcsFields::digits).toList();
      }
      if (!texts.isEmpty()) {
        fields.put(name, new EcsValue(texts, /* raw= */ number));
        return;
      }
    }
  }

  private static String digits(String number) {
    boolean hexadecimal = number.length() > 2 && Character.toLowerCase(number.charAt(1)) == 'x';
    return Long.toString(
        hexadecimal ? Long.parseLong(number.substring(2), 16) : Long.parseLong(number));
  }

  /** What says nothing is left out: null, nothing, and the dash of log formats. */
  private static List<String> texts(Event event, String place) {
    return event.valuesOf(place).stream()
        .map(FieldValue::asText)
        .filter(Objects::nonNull)
        .filter(text -> !text.isEmpty() && !text.equals("-"))
        .limit(MAX_VALUES)
        .toList();
  }

  private static String[] windowsEventId() {
    return new String[] {
      "EventID", "Event.System.EventID", "Event.System.EventID.#text", "winlog.event_id"
    };
  }

  private static String[] windowsProvider() {
    return new String[] {
      "Provider_Name", "Event.System.Provider.#attributes.Name", "winlog.provider_name"
    };
  }

  private static EventProjection projection() {
    Set<String> places = new HashSet<>(OWN_NAMES);
    for (Source source : SOURCES) {
      source.conditions.forEach(condition -> places.addAll(condition.places));
      source.fields.forEach(field -> places.addAll(field.places));
    }
    return EventProjection.of(places, /* wholeEvent= */ false);
  }

  /** A field of the schema, and the places of an event where it may be, the first first. */
  private record Field(String name, List<String> places) {}

  /** One of the places has one of the values; of no values any will do. */
  private record Condition(List<String> places, Set<String> values) {

    static Condition has(String place) {
      return new Condition(List.of(place), Set.of());
    }

    static Condition is(String value, String... places) {
      return is(Set.of(value), places);
    }

    static Condition is(Set<String> values, String... places) {
      return new Condition(List.of(places), values);
    }

    boolean isMetBy(Event event) {
      return places.stream()
          .flatMap(place -> texts(event, place).stream())
          .anyMatch(text -> values.isEmpty() || values.contains(text));
    }
  }

  /** Events of a log source, known by what they all have. */
  private static final class Source {

    private final List<Condition> conditions;
    private final List<Field> fields = new ArrayList<>();

    private Source(List<Condition> conditions) {
      this.conditions = conditions;
    }

    static Source when(Condition... conditions) {
      return new Source(List.of(conditions));
    }

    Source field(String name, String... places) {
      fields.add(new Field(name, List.of(places)));
      return this;
    }

    Source windows(String name, String... names) {
      Set<String> places = new LinkedHashSet<>();
      for (String each : names) {
        WINDOWS_FORMS.forEach(form -> places.add(form + each));
      }
      fields.add(new Field(name, List.copyOf(places)));
      return this;
    }

    boolean isOf(Event event) {
      return conditions.stream().allMatch(condition -> condition.isMetBy(event));
    }
  }
}
