package dev.lockstep.job.parity;

import dev.lockstep.job.config.LockstepConfig.ParityTimes;
import dev.lockstep.job.state.BundleSighting;
import dev.lockstep.parity.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

/** Which bundles engines held, by spans of a tenth of the window. */
final class SightingSpans implements Sightings {

  private static final int SPANS_OF_WINDOW = 10;

  private final ReadOnlyBroadcastState<String, BundleSighting> state;
  private final Duration span;

  SightingSpans(ReadOnlyBroadcastState<String, BundleSighting> state, ParityTimes times) {
    this.state = state;
    this.span = span(times);
  }

  static Duration span(ParityTimes times) {
    return Duration.ofMillis(Math.max(1, times.window().toMillis() / SPANS_OF_WINDOW));
  }

  /** Forgets what no alert that is still remembered can ask for. */
  static void forgetOld(BroadcastState<String, BundleSighting> state, ParityTimes times)
      throws Exception {
    long kept = (times.keep().toMillis() + 4 * times.window().toMillis()) / span(times).toMillis();
    long newest = Long.MIN_VALUE;
    for (Map.Entry<String, BundleSighting> each : state.entries()) {
      newest = Math.max(newest, each.getValue().span);
    }
    List<String> old = new ArrayList<>();
    for (Map.Entry<String, BundleSighting> each : state.entries()) {
      if (each.getValue().span < newest - kept) {
        old.add(each.getKey());
      }
    }
    for (String key : old) {
      state.remove(key);
    }
  }

  @Override
  public Set<String> bundlesOf(String engine, Instant from, Instant to) {
    long first = Math.floorDiv(from.toEpochMilli(), span.toMillis());
    long last = Math.floorDiv(to.toEpochMilli(), span.toMillis());
    Set<String> bundles = new HashSet<>();
    try {
      for (Map.Entry<String, BundleSighting> each : state.immutableEntries()) {
        BundleSighting sighting = each.getValue();
        if (sighting.engine.equals(engine) && sighting.span >= first && sighting.span <= last) {
          bundles.add(sighting.bundle);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("Reading the bundles that engines held failed", e);
    }
    return bundles;
  }
}
