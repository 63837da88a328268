package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.StatusRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells that a rule is over its budget: at the first time, and again when it has been so for long.
 * What is told is for people, who know a rule by its newest status.
 */
final class CappedStatus {

  private static final long AGAIN_MILLIS = Duration.ofMinutes(10).toMillis();

  /** Beyond so many rules something else is wrong. */
  private static final int MAX_RULES = 10_000;

  private final String engine;
  private final Map<String, Told> told = new HashMap<>();

  CappedStatus(String engine) {
    this.engine = engine;
  }

  /**
   * Returns what is to be told of a rule that is over its budget now, if anything is.
   *
   * @param version of the rule
   * @param bundle version of the bundle in force
   */
  Optional<StatusRecord> of(
      String ruleId, String version, String bundle, long nowMillis, String reason) {
    Told before = told.get(ruleId);
    if (before != null && !before.version.equals(version)) {
      before = null;
    }
    boolean justTold = before != null && nowMillis - before.atMillis < AGAIN_MILLIS;
    if (justTold || told.size() >= MAX_RULES) {
      return Optional.empty();
    }
    long since = before == null ? nowMillis : before.sinceMillis;
    told.put(ruleId, new Told(version, since, nowMillis));
    return Optional.of(
        RuleTrouble.record(
            engine, "capped", ruleId, version, bundle, Instant.ofEpochMilli(since), reason));
  }

  /**
   * What was told last.
   *
   * @param version of the rule
   */
  private record Told(String version, long sinceMillis, long atMillis) {}
}
