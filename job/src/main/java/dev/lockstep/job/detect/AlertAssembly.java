package dev.lockstep.job.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.AlertWriter;
import dev.lockstep.alert.AlertWriter.OpenAlert;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.program.RuleMatch;
import dev.lockstep.sigma.RuleStage;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.sigma.Suppression;
import java.io.Serializable;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes alerts of matches, no larger than a Kafka record may be: a record that the broker refuses
 * for its size would stop the engine for ever. Belongs to one thread once it makes them.
 */
final class AlertAssembly implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int MAX_FILTERS = 50;

  /** More than that are of rules that came and went. */
  private static final int MAX_RULES = 20_000;

  /** What an alert may be larger than the largest event; the usual ones need a few hundred. */
  private static final int ROOM_BESIDE_EVENT = 192 * 1024;

  private final String engine;
  private final int maxEventBytes;

  private transient @Nullable IdentityHashMap<SigmaRule, RuleReference> references;
  private transient @Nullable AlertWriter writer;

  /**
   * @param engine name of this engine
   * @param maxEventBytes an alert carries no larger event; it names it instead
   */
  AlertAssembly(String engine, int maxEventBytes) {
    this.engine = engine;
    this.maxEventBytes = maxEventBytes;
  }

  /** The name of this engine. */
  String engine() {
    return engine;
  }

  /**
   * Returns the alert of {@code match} on {@code event}, its lane still open, or nothing if it is
   * too large even without the event.
   */
  Optional<AlertRecord> of(EventRecord event, RuleMatch match, String bundleVersion) {
    Alert alert = alert(event, match, bundleVersion, carried(event));
    AlertWriter writer = writer();
    OpenAlert open = writer.write(alert);
    // Only writing it tells the size: what is escaped, or not UTF-8, grows.
    if (isTooLarge(open.json())) {
      open = writer.write(alert(event, match, bundleVersion, named(event)));
    }
    if (isTooLarge(open.json())) {
      return Optional.empty();
    }
    AlertRecord record =
        new AlertRecord(
            alert.id(), alert.customer(), alert.rule().id(), /* lane= */ "", open.json());
    record.head = open.head();
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

  /** The same object for the same rule, so that it is written once. */
  private RuleReference reference(SigmaRule rule) {
    if (references == null || references.size() >= MAX_RULES) {
      references = new IdentityHashMap<>();
    }
    return references.computeIfAbsent(rule, AlertAssembly::referenceOf);
  }

  private AlertWriter writer() {
    if (writer == null) {
      writer = new AlertWriter();
    }
    return writer;
  }

  private static RuleReference referenceOf(SigmaRule rule) {
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
