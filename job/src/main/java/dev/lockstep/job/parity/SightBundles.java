package dev.lockstep.job.parity;

import dev.lockstep.connector.wire.ComparedAlert;
import dev.lockstep.job.state.BundleSighting;
import dev.lockstep.parity.ComparedEngines;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Tells once, in each subtask, which engine held which bundle in a span of event time. What it
 * remembers only keeps it from repeating itself.
 */
final class SightBundles extends RichFlatMapFunction<ComparedAlert, BundleSighting> {

  private static final long serialVersionUID = 1L;
  private static final int MAX_REMEMBERED = 10_000;

  private final ComparedEngines engines;
  private final Duration span;
  private transient @Nullable Set<String> told;

  SightBundles(ComparedEngines engines, Duration span) {
    this.engines = engines;
    this.span = span;
  }

  @Override
  public void open(OpenContext context) {
    told = new LinkedHashSet<>();
  }

  @Override
  public void flatMap(ComparedAlert alert, Collector<BundleSighting> out) {
    if (alert.rescued || !engines.contains(alert.engine) || told == null) {
      return;
    }
    BundleSighting sighting =
        new BundleSighting(
            alert.engine, alert.bundle, Math.floorDiv(alert.occurredAtMillis, span.toMillis()));
    if (told.add(sighting.key())) {
      if (told.size() > MAX_REMEMBERED) {
        told.clear();
      }
      out.collect(sighting);
    }
  }
}
