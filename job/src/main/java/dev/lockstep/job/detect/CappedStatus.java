package dev.lockstep.job.detect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.sigma.SigmaRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells that a rule is over its budget of matches: at the first time, and again when it has been so
 * for long. What is told is for people, who know a rule by its newest status.
 */
final class CappedStatus {

  private static final long AGAIN_MILLIS = Duration.ofMinutes(10).toMillis();

  /** Beyond so many rules something else is wrong. */
  private static final int MAX_RULES = 10_000;

  private static final JsonFactory JSON = new JsonFactory();

  private final String engine;
  private final Map<String, Told> told = new HashMap<>();

  CappedStatus(String engine) {
    this.engine = engine;
  }

  /** Returns what is to be told of a rule that is over its budget now, if anything is. */
  Optional<StatusRecord> of(SigmaRule rule, String customer, String bundle, long nowMillis) {
    Told before = told.get(rule.id());
    if (before != null && !before.version.equals(rule.contentHash())) {
      before = null;
    }
    boolean justTold = before != null && nowMillis - before.atMillis < AGAIN_MILLIS;
    if (justTold || told.size() >= MAX_RULES) {
      return Optional.empty();
    }
    long since = before == null ? nowMillis : before.sinceMillis;
    told.put(rule.id(), new Told(rule.contentHash(), since, nowMillis));
    return Optional.of(
        new StatusRecord(engine + "/" + rule.id(), json(rule, customer, bundle, since)));
  }

  private byte[] json(SigmaRule rule, String customer, String bundle, long sinceMillis) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("engine", engine);
      json.writeStringField("rule_id", rule.id());
      json.writeStringField("status", "capped");
      json.writeStringField("bundle", bundle);
      json.writeStringField("rule_version", rule.contentHash());
      json.writeStringField("since", Instant.ofEpochMilli(sinceMillis).toString());
      json.writeStringField(
          "reason",
          "more matches in a minute than its budget, of customer "
              + customer
              + " and perhaps of others; those beyond are counted on the last alert of the minute");
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * What was told last.
   *
   * @param version of the rule
   */
  private record Told(String version, long sinceMillis, long atMillis) {}
}
