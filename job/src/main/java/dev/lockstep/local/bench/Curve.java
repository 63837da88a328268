package dev.lockstep.local.bench;

import java.util.List;

/** What a plot shows of one load. */
public record Curve(String of, Kind kind, List<Point> points) {

  /** What its points are. */
  public enum Kind {
    /** Milliseconds since its begin, events a second. */
    EVENTS_PER_SECOND,
    /** Parts of a million of all alerts, and within how many microseconds they were seen. */
    LATENCY,
    /** Number of a checkpoint, and how many milliseconds it took. */
    CHECKPOINTS
  }

  /** One point of it. */
  public record Point(long x, long y) {}

  public Curve {
    points = List.copyOf(points);
  }
}
