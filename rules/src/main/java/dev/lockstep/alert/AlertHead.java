package dev.lockstep.alert;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.alert.Alert.RuleReference;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the egress gate asks of an alert whose way out is open, read from its JSON up to its first
 * event; what comes after is neither read nor written anew, and that is most of an alert.
 *
 * @param ruleLevel Sigma level, or null when the rule has none
 * @param ruleStatus Sigma status, or null when the rule has none
 * @param eventId id of the first event
 * @param routingAt where in the JSON the way out is written
 */
public record AlertHead(
    String customer,
    Instant occurredAt,
    String ruleId,
    @Nullable String ruleLevel,
    @Nullable String ruleStatus,
    boolean shadowOnly,
    String eventId,
    int routingAt) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads the head of an alert that {@link AlertJson#write} wrote.
   *
   * @throws IllegalArgumentException if the bytes are no such alert, or its way out is decided
   */
  public static AlertHead read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      return new Reading(parser).head();
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not an alert whose lane is open: " + e.getMessage(), e);
    }
  }

  static AlertHead of(Alert alert, int routingAt) {
    RuleReference rule = alert.rule();
    return new AlertHead(
        alert.customer(),
        alert.occurredAt(),
        rule.id(),
        rule.level(),
        rule.status(),
        rule.shadowOnly(),
        alert.events().get(0).id(),
        routingAt);
  }

  /**
   * Returns the alert of that JSON with its way out, as {@link Alert#routed} would have it.
   *
   * @param decided the way out, as {@link WrittenRoutings} has it
   */
  public byte[] routed(byte[] json, byte[] decided) {
    byte[] all = new byte[json.length + decided.length];
    System.arraycopy(json, 0, all, 0, routingAt);
    System.arraycopy(decided, 0, all, routingAt, decided.length);
    System.arraycopy(json, routingAt, all, routingAt + decided.length, json.length - routingAt);
    return all;
  }

  /** One pass. */
  private static final class Reading {
    private final JsonParser parser;
    private @Nullable String customer;
    private @Nullable String occurredAt;
    private @Nullable String ruleId;
    private @Nullable String ruleLevel;
    private @Nullable String ruleStatus;
    private boolean shadowOnly;
    private @Nullable String eventId;
    private int routingAt;

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    AlertHead head() throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it must be a JSON object");
      }
      while (eventId == null && parser.nextToken() == JsonToken.FIELD_NAME) {
        member(parser.currentName(), parser.nextToken());
      }
      if (routingAt == 0) {
        throw new IllegalArgumentException("engine is missing");
      }
      return new AlertHead(
          requireNonNull(customer, "customer is missing"),
          AlertJson.parseTime(requireNonNull(occurredAt, "occurred_at is missing")),
          requireNonNull(ruleId, "rule.id is missing"),
          ruleLevel,
          ruleStatus,
          shadowOnly,
          requireNonNull(eventId, "events has none with an id"),
          routingAt);
    }

    private void member(String name, JsonToken value) throws IOException {
      switch (name) {
        case "customer" -> customer = parser.getText();
        case "engine" -> {
          // A text is read to its end when it is asked for.
          parser.finishToken();
          routingAt = Math.toIntExact(parser.currentLocation().getByteOffset());
        }
        case "lane" -> throw new IllegalArgumentException("lane is there");
        case "occurred_at" -> occurredAt = parser.getText();
        case "rule" -> rule();
        case "events" -> firstEvent(value);
        default -> parser.skipChildren();
      }
    }

    private void rule() throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "id" -> ruleId = parser.getText();
          case "level" -> ruleLevel = parser.getText();
          case "status" -> ruleStatus = parser.getText();
          case "stage" -> shadowOnly = Lane.SHADOW.wireName().equals(parser.getText());
          default -> parser.skipChildren();
        }
      }
    }

    private void firstEvent(JsonToken value) throws IOException {
      if (value != JsonToken.START_ARRAY || parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("events must be a list of events");
      }
      while (eventId == null && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("id")) {
          eventId = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
    }
  }
}
