package dev.lockstep.local.bench;

import dev.lockstep.local.bench.Curve.Point;
import java.util.ArrayList;
import java.util.List;

/** How a count has grown, by looks at it, each with its own time. */
final class Pace {

  private static final long MILLIS = 1_000_000;
  private static final long BUCKET_NANOS = 500 * MILLIS;

  private record Look(long nanos, long count) {}

  private final List<Look> looks = new ArrayList<>();

  void look(long nanos, long count) {
    looks.add(new Look(nanos, count));
  }

  long count() {
    return looks.isEmpty() ? 0 : last().count - looks.get(0).count;
  }

  double seconds() {
    return looks.isEmpty() ? 0 : (last().nanos - looks.get(0).nanos) / 1e9;
  }

  /** The mean over all of the time; 0 of no time. */
  double perSecond() {
    return seconds() == 0 ? 0 : count() / seconds();
  }

  /** The mean of each half second, or of longer where nobody could look. */
  List<Point> points() {
    List<Point> points = new ArrayList<>();
    if (looks.isEmpty()) {
      return points;
    }
    Look begin = looks.get(0);
    Look from = begin;
    for (Look look : looks) {
      long nanos = look.nanos - from.nanos;
      if (nanos >= BUCKET_NANOS) {
        long perSecond = Math.round((look.count - from.count) * 1e9 / nanos);
        points.add(new Point((look.nanos - begin.nanos) / MILLIS, perSecond));
        from = look;
      }
    }
    return points;
  }

  private Look last() {
    return looks.get(looks.size() - 1);
  }
}
