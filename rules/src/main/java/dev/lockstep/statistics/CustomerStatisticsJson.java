package dev.lockstep.statistics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statistics as the topic {@code engine-status} carries them. */
public final class CustomerStatisticsJson {

  private static final JsonFactory JSON = new JsonFactory();

  /** What is told of each rule, by its name there. */
  private static final Map<String, Counted> OF_RULE =
      Map.of(
          "matches", Counted.MATCHES,
          "live", Counted.LIVE,
          "shadow", Counted.SHADOW,
          "off", Counted.OFF,
          "cost_nanos", Counted.COST_NANOS);

  private static final Map<String, Counted> BY_LABEL =
      Map.of(
          "events", Counted.EVENTS,
          "dead_letters", Counted.DEAD_LETTERS,
          "bundles", Counted.BUNDLES,
          "flags", Counted.FLAGS,
          "latency_millis", Counted.LATENCY);

  private CustomerStatisticsJson() {}

  /** Returns them as one JSON object in UTF-8. */
  public static byte[] write(CustomerStatistics statistics) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("engine", statistics.engine());
      json.writeStringField("customer", statistics.customer());
      json.writeStringField("from", statistics.from().toString());
      json.writeStringField("to", statistics.to().toString());
      json.writeBooleanField("complete", statistics.complete());
      json.writeStringField("updated_at", statistics.updatedAt().toString());
      writeCounts(statistics.counts(), json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void writeCounts(Counts counts, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("events");
    for (EventFate fate : EventFate.values()) {
      json.writeNumberField(fate.label(), counts.of(fate));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("alerts");
    json.writeNumberField("live", counts.sum(Counted.LIVE));
    json.writeNumberField("shadow", counts.sum(Counted.SHADOW));
    json.writeNumberField("off", counts.sum(Counted.OFF));
    json.writeEndObject();
    json.writeArrayFieldStart("rules");
    for (String rule : counts.rules()) {
      json.writeStartObject();
      json.writeStringField("rule", rule);
      writeRule(counts, rule, json);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (counts.hasOtherRules()) {
      json.writeObjectFieldStart("others");
      writeRule(counts, Counts.OTHERS, json);
      json.writeEndObject();
    }
    writeLabels("dead_letters", Counted.DEAD_LETTERS, counts, json);
    writeLabels("bundles", Counted.BUNDLES, counts, json);
    writeLabels("flags", Counted.FLAGS, counts, json);
    writeLabels("latency_millis", Counted.LATENCY, counts, json);
  }

  private static void writeRule(Counts counts, String rule, JsonGenerator json) throws IOException {
    json.writeNumberField("matches", counts.of(Counted.MATCHES, rule));
    json.writeNumberField("live", counts.of(Counted.LIVE, rule));
    json.writeNumberField("shadow", counts.of(Counted.SHADOW, rule));
    json.writeNumberField("off", counts.of(Counted.OFF, rule));
    json.writeNumberField("cost_nanos", counts.of(Counted.COST_NANOS, rule));
  }

  private static void writeLabels(String name, Counted counted, Counts counts, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (String label : counts.labels(counted)) {
      json.writeNumberField(label, counts.of(counted, label));
    }
    json.writeEndObject();
  }

  /**
   * Reads what {@link #write} wrote, in this version or another one: members that are not known are
   * passed over, and what is counted there.
   *
   * @return empty if the bytes are no statistics
   */
  public static Optional<CustomerStatistics> read(byte[] bytes) {
    Reading reading = new Reading();
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        reading.take(name, json);
      }
      return reading.statistics();
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static final class Reading {
    private final Counts counts = new Counts();
    private @Nullable String engine;
    private @Nullable String customer;
    private @Nullable Instant from;
    private @Nullable Instant to;
    private @Nullable Instant updatedAt;
    private boolean complete;

    private void take(String name, JsonParser json) throws IOException {
      switch (name) {
        case "engine" -> engine = json.getText();
        case "customer" -> customer = json.getText();
        case "from" -> from = Instant.parse(json.getText());
        case "to" -> to = Instant.parse(json.getText());
        case "updated_at" -> updatedAt = Instant.parse(json.getText());
        case "complete" -> complete = json.getBooleanValue();
        case "rules" -> rules(json);
        case "others" -> rule(json);
        default -> {
          Counted counted = BY_LABEL.get(name);
          if (counted == null) {
            json.skipChildren();
          } else {
            labels(counted, json);
          }
        }
      }
    }

    private void rules(JsonParser json) throws IOException {
      expect(JsonToken.START_ARRAY, json);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        rule(json);
      }
    }

    /** The numbers of a rule may come before its name. */
    private void rule(JsonParser json) throws IOException {
      expect(JsonToken.START_OBJECT, json);
      Counts unnamed = new Counts();
      String rule = Counts.OTHERS;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        Counted counted = OF_RULE.get(name);
        if (name.equals("rule")) {
          rule = json.getText();
        } else if (counted != null) {
          unnamed.add(counted, Counts.OTHERS, json.getLongValue());
        } else {
          json.skipChildren();
        }
      }
      for (Counted counted : Counted.BY_RULE) {
        long number = unnamed.of(counted, Counts.OTHERS);
        if (number != 0) {
          counts.add(counted, rule, number);
        }
      }
    }

    private void labels(Counted counted, JsonParser json) throws IOException {
      expect(JsonToken.START_OBJECT, json);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String label = json.currentName();
        json.nextToken();
        long number = json.getLongValue();
        if (number != 0) {
          counts.add(counted, label, number);
        }
      }
    }

    private static void expect(JsonToken token, JsonParser json) throws IOException {
      if (json.currentToken() != token) {
        throw new JsonParseException(json, "expected " + token);
      }
    }

    private Optional<CustomerStatistics> statistics() {
      if (engine == null || customer == null || from == null || to == null || updatedAt == null) {
        return Optional.empty();
      }
      return Optional.of(
          new CustomerStatistics(engine, customer, from, to, complete, updatedAt, counts));
    }
  }
}
