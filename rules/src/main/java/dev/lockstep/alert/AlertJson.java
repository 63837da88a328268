package dev.lockstep.alert;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.lockstep.alert.Alert.Correlated;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RescuedCopy;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.Alert.Suppressed;
import dev.lockstep.event.UtcTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An alert as JSON, as the alert topics carry it. */
public final class AlertJson {

  /** ISO-8601 in UTC, always with milliseconds. */
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final long FIRST_OF_FOUR_DIGITS =
      Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_OF_FOUR_DIGITS =
      Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private static final JsonFactory JSON = new JsonFactory();

  private AlertJson() {}

  /** Returns the alert as one JSON object in UTF-8. */
  public static byte[] write(Alert alert) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    write(alert, new RawJson(rule(alert.rule())), bytes);
    return bytes.toByteArray();
  }

  /**
   * Writes the alert, and returns where in it the way out stands or would stand.
   *
   * @param rule what {@link #rule} returns for its rule
   */
  static int write(Alert alert, SerializableString rule, ByteArrayOutputStream bytes) {
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      writeIdentity(alert, json);
      int routingAt = bytes.size() + json.getOutputBuffered();
      writeRest(alert, rule, json);
      return routingAt;
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed for alert " + alert.id(), e);
    }
  }

  /** Returns what an alert says of its rule, as JSON. */
  static String rule(RuleReference rule) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writeRule(rule, json);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed for rule " + rule.id(), e);
    }
    return text.toString();
  }

  /**
   * Reads an alert that {@link #write} wrote, in this version or an earlier one.
   *
   * @throws IllegalArgumentException if the bytes are not an alert; the message says what is wrong
   */
  public static Alert read(byte[] json) {
    return AlertJsonReader.read(json);
  }

  /** Returns the members that {@link #write} writes after {@code engine}, with a comma before. */
  static byte[] routing(Routing routing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      writeRouting(routing, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed for a routing", e);
    }
    byte[] object = bytes.toByteArray();
    object[0] = ',';
    return Arrays.copyOf(object, object.length - 1);
  }

  private static void writeIdentity(Alert alert, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("alert_id", alert.id());
    json.writeStringField("customer", alert.customer());
    json.writeStringField("engine", alert.engine());
  }

  private static void writeRest(Alert alert, SerializableString rule, JsonGenerator json)
      throws IOException {
    writeRouting(alert.routing(), json);
    json.writeStringField("occurred_at", time(alert.occurredAt()));
    json.writeFieldName("rule");
    json.writeRawValue(rule);
    json.writeStringField("bundle", alert.bundle());
    json.writeObjectFieldStart("matched_fields");
    for (Map.Entry<String, String> field : alert.matchedFields().entrySet()) {
      json.writeStringField(field.getKey(), field.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("events");
    for (EventReference event : alert.events()) {
      writeEvent(event, json);
    }
    json.writeEndArray();
    writeCorrelation(alert.correlation(), json);
    writeSuppressed(alert.suppressed(), json);
    json.writeEndObject();
  }

  private static void writeRouting(@Nullable Routing routing, JsonGenerator json)
      throws IOException {
    if (routing == null) {
      return;
    }
    json.writeStringField("lane", routing.lane().wireName());
    json.writeObjectFieldStart("routing");
    json.writeStringField("flags", routing.flags());
    json.writeStringField("reason", routing.reason());
    json.writeEndObject();
    writeComparison(routing, json);
  }

  /** In members of their own: earlier versions pass over these, and not over what is in routing. */
  private static void writeComparison(Routing routing, JsonGenerator json) throws IOException {
    if (!routing.lanes().isEmpty()) {
      json.writeObjectFieldStart("lanes");
      for (Map.Entry<String, String> lane : routing.lanes().entrySet()) {
        json.writeStringField(lane.getKey(), lane.getValue());
      }
      json.writeEndObject();
    }
    if (!routing.rescuedFrom().isEmpty()) {
      json.writeObjectFieldStart("rescued");
      json.writeStringField("by", "parity");
      json.writeArrayFieldStart("from");
      for (RescuedCopy copy : routing.rescuedFrom()) {
        json.writeStartObject();
        json.writeStringField("engine", copy.engine());
        json.writeStringField("flags", copy.flags());
        json.writeStringField("reason", copy.reason());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeRule(RuleReference rule, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", rule.id());
    json.writeStringField("title", rule.title());
    if (rule.level() != null) {
      json.writeStringField("level", rule.level());
    }
    if (rule.status() != null) {
      json.writeStringField("status", rule.status());
    }
    json.writeArrayFieldStart("tags");
    for (String tag : rule.tags()) {
      json.writeString(tag);
    }
    json.writeEndArray();
    json.writeStringField("version", rule.version());
    if (rule.shadowOnly()) {
      json.writeStringField("stage", Lane.SHADOW.wireName());
    }
    if (!rule.filters().isEmpty()) {
      json.writeArrayFieldStart("filters");
      for (String filter : rule.filters()) {
        json.writeString(filter);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeEvent(EventReference event, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", event.id());
    json.writeStringField("occurred_at", time(event.occurredAt()));
    json.writeFieldName("event");
    json.writeRawValue(new RawJson(event.json()));
    json.writeEndObject();
  }

  private static void writeCorrelation(@Nullable Correlated correlation, JsonGenerator json)
      throws IOException {
    if (correlation == null) {
      return;
    }
    json.writeObjectFieldStart("correlation");
    json.writeStringField("type", correlation.type());
    json.writeObjectFieldStart("group");
    for (Map.Entry<String, String> value : correlation.group().entrySet()) {
      json.writeStringField(value.getKey(), value.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("count", correlation.count());
    if (correlation.value() != null) {
      // As text a reader keeps all of its digits.
      json.writeStringField("value", correlation.value().toPlainString());
    }
    json.writeStringField("from", time(correlation.from()));
    json.writeStringField("to", time(correlation.to()));
    if (correlation.approximate()) {
      json.writeBooleanField("approximate", true);
    }
    if (correlation.estimatedBy() != null) {
      json.writeStringField("estimated_by", correlation.estimatedBy());
    }
    json.writeEndObject();
  }

  private static void writeSuppressed(Suppressed suppressed, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart("suppressed");
    json.writeNumberField("count", suppressed.count());
    if (suppressed.until() == null) {
      json.writeNullField("until");
    } else {
      json.writeStringField("until", time(suppressed.until()));
    }
    json.writeEndObject();
  }

  /** By hand where it can be: a formatter takes longer for two times than the rest of an alert. */
  static String time(Instant instant) {
    long second = instant.getEpochSecond();
    if (second < FIRST_OF_FOUR_DIGITS || second > LAST_OF_FOUR_DIGITS) {
      return TIME.format(instant);
    }
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    byte[] text = new byte[24];
    digits(text, 0, 4, time.getYear());
    text[4] = '-';
    digits(text, 5, 2, time.getMonthValue());
    text[7] = '-';
    digits(text, 8, 2, time.getDayOfMonth());
    text[10] = 'T';
    digits(text, 11, 2, time.getHour());
    text[13] = ':';
    digits(text, 14, 2, time.getMinute());
    text[16] = ':';
    digits(text, 17, 2, time.getSecond());
    text[19] = '.';
    digits(text, 20, 3, instant.getNano() / 1_000_000);
    text[23] = 'Z';
    return new String(text, ISO_8859_1);
  }

  /**
   * Reads what {@link #time} wrote.
   *
   * @throws java.time.DateTimeException if it is no time
   */
  static Instant parseTime(String text) {
    Instant usual = UtcTime.parse(text);
    return usual == null ? Instant.parse(text) : usual;
  }

  private static void digits(byte[] text, int at, int length, int number) {
    int rest = number;
    for (int i = at + length - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
