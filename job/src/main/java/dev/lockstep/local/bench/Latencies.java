package dev.lockstep.local.bench;

import dev.lockstep.local.bench.Curve.Kind;
import dev.lockstep.local.bench.Curve.Point;
import dev.lockstep.local.bench.Figure.Better;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long after the moment for which each probe was planned its alert was seen. A sender that is
 * held up, or a job that stands still, makes all probes late that were planned meanwhile: what was
 * not sent in time counts from when it should have been. Safe for use by several threads.
 */
final class Latencies {

  private static final int DIGITS = 3;
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};
  private static final double MILLION = 1e6;

  private final String reader;
  private final long firstCounted;
  private final long endCounted;

  private final Histogram micros = new Histogram(Duration.ofHours(1).toNanos() / 1000, DIGITS);
  private final BitSet seen = new BitSet();
  private long again;

  /**
   * @param reader who sees the alerts
   * @param firstCounted number of the first probe that counts; those before warm up
   * @param endCounted number after the last one
   */
  Latencies(String reader, long firstCounted, long endCounted) {
    this.reader = reader;
    this.firstCounted = firstCounted;
    this.endCounted = endCounted;
  }

  /** Returns whether this is the first time that the probe is seen. */
  synchronized boolean seen(long probe, long plannedNanos, long seenNanos) {
    int index = Math.toIntExact(probe);
    if (seen.get(index)) {
      again++;
      return false;
    }
    seen.set(index);
    if (probe >= firstCounted && probe < endCounted) {
      micros.recordValue(Math.max(0, (seenNanos - plannedNanos) / 1000));
    }
    return true;
  }

  /** How many probes that count have not been seen. */
  synchronized long missing() {
    return endCounted - firstCounted - micros.getTotalCount();
  }

  /** How many were seen that had been seen before. */
  synchronized long again() {
    return again;
  }

  synchronized List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure(reader, "alerts seen", "", micros.getTotalCount(), Better.TOLD));
    for (double percentile : PERCENTILES) {
      figures.add(
          new Figure(
              reader,
              "p" + (percentile == Math.rint(percentile) ? "" + (int) percentile : percentile),
              "µs",
              micros.getValueAtPercentile(percentile),
              // One in a thousand is of a moment that the next run does not have.
              percentile > 99 ? Better.TOLD : Better.LESS));
    }
    figures.add(new Figure(reader, "longest", "µs", micros.getMaxValue(), Better.TOLD));
    return figures;
  }

  synchronized Curve curve() {
    List<Point> points = new ArrayList<>();
    micros
        .percentiles(5)
        .forEach(
            value ->
                points.add(
                    new Point(
                        Math.round(value.getPercentileLevelIteratedTo() / 100 * MILLION),
                        value.getValueIteratedTo())));
    return new Curve(reader, Kind.LATENCY, points);
  }
}
