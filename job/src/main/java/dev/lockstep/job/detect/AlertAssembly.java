package dev.lockstep.job.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.AlertId;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.program.RuleMatch;
import dev.lockstep.sigma.RuleStage;
import dev.lockstep.sigma.SigmaRule;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes alerts of matches, no larger than a Kafka record may be.
 *
 * @param engine name of this engine
 * @param maxEventBytes an alert carries no larger event; it names it instead
 */
record AlertAssembly(String engine, int maxEventBytes) implements Serializable {

  private static final int MAX_MATCHED_FIELDS = 50;
  private static final int MAX_MATCHED_VALUE_LENGTH = 1024;

  /** Returns the alert of {@code match} on {@code event}, its lane still open. */
  Alert of(EventRecord event, RuleMatch match, String bundleVersion) {
    SigmaRule rule = match.rule();
    Instant occurredAt = Instant.ofEpochMilli(event.occurredAtMillis);
    return new Alert(
        AlertId.ofEvent(event.customer, rule.id(), event.id),
        event.customer,
        engine,
        occurredAt,
        reference(rule),
        bundleVersion,
        bounded(match.matchedFields()),
        List.of(new EventReference(event.id, occurredAt, json(event))),
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
        rule.stage() == RuleStage.SHADOW);
  }

  private String json(EventRecord event) {
    if (event.json.length <= maxEventBytes) {
      return new String(event.json, UTF_8);
    }
    return "{\"lockstep.omitted\":\"%d bytes; the event is at its origin\",\"lockstep.origin\":\"%s\"}"
        .formatted(event.json.length, event.origin);
  }

  private static Map<String, String> bounded(Map<String, String> matchedFields) {
    Map<String, String> bounded = new LinkedHashMap<>();
    matchedFields.entrySet().stream()
        .limit(MAX_MATCHED_FIELDS)
        .forEach(field -> bounded.put(field.getKey(), cut(field.getValue())));
    return bounded;
  }

  private static String cut(String value) {
    return value.length() <= MAX_MATCHED_VALUE_LENGTH
        ? value
        : value.substring(0, MAX_MATCHED_VALUE_LENGTH) + "…";
  }
}
