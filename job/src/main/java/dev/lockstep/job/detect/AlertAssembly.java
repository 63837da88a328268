package dev.lockstep.job.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.program.RuleMatch;
import dev.lockstep.sigma.RuleStage;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.sigma.Suppression;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes alerts of matches, no larger than a Kafka record may be: a record that the broker refuses
 * for its size would stop the engine for ever.
 *
 * @param engine name of this engine
 * @param maxEventBytes an alert carries no larger event; it names it instead
 */
record AlertAssembly(String engine, int maxEventBytes) implements Serializable {

  private static final int MAX_FILTERS = 50;

  /** What an alert may be larger than the largest event; the usual ones need a few hundred. */
  private static final int ROOM_BESIDE_EVENT = 192 * 1024;

  /**
   * Returns the alert of {@code match} on {@code event}, its lane still open, or nothing if it is
   * too large even without the event.
   */
  Optional<AlertRecord> of(EventRecord event, RuleMatch match, String bundleVersion) {
    Alert alert = alert(event, match, bundleVersion, carried(event));
    byte[] json = AlertJson.write(alert);
    // Only writing it tells the size: what is escaped, or not UTF-8, grows.
    if (isTooLarge(json)) {
      json = AlertJson.write(alert(event, match, bundleVersion, named(event)));
    }
    if (isTooLarge(json)) {
      return Optional.empty();
    }
    AlertRecord record =
        new AlertRecord(alert.id(), alert.customer(), alert.rule().id(), /* lane= */ "", json);
    record.limit =
        Suppression.of(match.rule().attributes())
            .map(
                suppression ->
                    AlertLimits.of(
                        suppression,
                        event.customer,
                        match.rule().id(),
                        match.captured(),
                        event.occurredAtMillis))
            .orElse(null);
    return Optional.of(record);
  }

  private boolean isTooLarge(byte[] json) {
    return json.length > maxEventBytes + ROOM_BESIDE_EVENT;
  }

  private Alert alert(EventRecord event, RuleMatch match, String bundleVersion, String eventJson) {
    SigmaRule rule = match.rule();
    Instant occurredAt = Instant.ofEpochMilli(event.occurredAtMillis);
    return new Alert(
        AlertId.ofEvent(event.customer, rule.id(), event.id),
        event.customer,
        engine,
        occurredAt,
        reference(rule),
        bundleVersion,
        MatchedFields.bounded(match.matchedFields()),
        List.of(new EventReference(event.id, occurredAt, eventJson)),
        /* routing= */ null);
  }

  private static RuleReference reference(SigmaRule rule) {
    return new RuleReference(
        rule.id(),
        rule.title(),
        rule.level() == null ? null : rule.level().term(),
        rule.status() == null ? null : rule.status().term(),
        rule.tags(),
        rule.contentHash(),
        rule.stage() == RuleStage.SHADOW,
        rule.filters().stream().limit(MAX_FILTERS).toList());
  }

  private String carried(EventRecord event) {
    return event.json.length <= maxEventBytes ? new String(event.json, UTF_8) : named(event);
  }

  private static String named(EventRecord event) {
    return "{\"lockstep.omitted\":\"%d bytes; the event is at its origin\",\"lockstep.origin\":\"%s\"}"
        .formatted(
            event.json.length,
            new String(JsonStringEncoder.getInstance().quoteAsString(event.origin)));
  }
}
