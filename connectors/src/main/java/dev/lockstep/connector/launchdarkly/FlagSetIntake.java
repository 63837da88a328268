package dev.lockstep.connector.launchdarkly;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets good flag sets pass when they change something; the last good one stays in force else. Safe
 * for use by several threads.
 */
final class FlagSetIntake {

  private static final Logger LOG = LoggerFactory.getLogger(FlagSetIntake.class);

  private final FlagKeys keys;
  private final FlagSetMetrics metrics;

  private Consumer<String> offer = set -> {};
  private @Nullable String content;
  private @Nullable String refusal;

  FlagSetIntake(FlagKeys keys, FlagSetMetrics metrics) {
    this.keys = keys;
    this.metrics = metrics;
  }

  /** Continues from the set that is in force already; null when there is none. */
  synchronized void start(@Nullable String restored, Consumer<String> offer) {
    this.offer = offer;
    this.content = restored == null ? null : FlagSet.parse(restored).content();
  }

  /** Takes a whole set; {@code origin} is for the log. */
  synchronized void take(FlagItems items, String origin) {
    FlagSet set;
    List<String> doubtful;
    try {
      set = FlagSelection.select(items, keys);
      doubtful = FlagPitfalls.check(set);
    } catch (FlagSetRefusedException e) {
      refuse(e.reason(), origin);
      return;
    }
    refusal = null;
    metrics.received();
    if (!set.content().equals(content)) {
      content = set.content();
      LOG.info("New flags from {}: {}", origin, set.flags().keySet());
      doubtful.forEach(what -> LOG.warn("In the flags from {}, {}", origin, what));
      offer.accept(set.text());
    }
  }

  /** Counts a set that is not even one; warns when the reason is not the one before. */
  synchronized void refuse(String reason, String origin) {
    metrics.refused();
    if (!reason.equals(refusal)) {
      LOG.warn("Refused the flags from {}: {}. The last good ones stay in force", origin, reason);
    }
    refusal = reason;
  }

  /** Whether what came last was refused, so that what is in force may be stale. */
  synchronized boolean refusing() {
    return refusal != null;
  }
}
