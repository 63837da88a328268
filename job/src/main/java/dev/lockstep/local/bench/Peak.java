package dev.lockstep.local.bench;

import dev.lockstep.local.bench.Curve.Kind;
import dev.lockstep.local.bench.Curve.Point;
import dev.lockstep.local.bench.Figure.Better;
import java.util.ArrayList;
import java.util.List;

/** A load as fast as it goes. */
record Peak(
    String name,
    Pace read,
    Pace written,
    long bytesPerEvent,
    Usage begin,
    Usage end,
    Snapshots snapshots) {

  /** Of checkpoints that were begun in the time: how long they took, and how large they were. */
  record Snapshots(List<Long> millis, long largestBytes, long stateBytes) {
    Snapshots {
      millis = List.copyOf(millis);
    }

    long longest() {
      return millis.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    long median() {
      return millis.isEmpty() ? 0 : millis.stream().sorted().toList().get(millis.size() / 2);
    }
  }

  double perSecond() {
    return read.perSecond();
  }

  Peak better(Peak other) {
    return other.perSecond() > perSecond() ? other : this;
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    add(figures, "events", "/s", Math.round(perSecond()), Better.MORE);
    add(figures, "read", "kB/s", Math.round(perSecond() * bytesPerEvent / 1000), Better.TOLD);
    add(figures, "records written", "/s", Math.round(written.perSecond()), Better.TOLD);
    add(figures, "measured for", "ms", Math.round(read.seconds() * 1000), Better.TOLD);
    long flink = end.flinkNanos() - begin.flinkNanos();
    long kafka = end.kafkaNanos() - begin.kafkaNanos();
    add(figures, "CPU of Flink per million events", "ms", perMillion(flink), Better.LESS);
    add(figures, "CPU of Kafka per million events", "ms", perMillion(kafka), Better.TOLD);
    add(
        figures,
        "garbage collection",
        "ms",
        end.collectionMillis() - begin.collectionMillis(),
        Better.TOLD);
    add(figures, "checkpoints", "", snapshots.millis().size(), Better.TOLD);
    add(figures, "checkpoint, median", "ms", snapshots.median(), Better.TOLD);
    add(figures, "checkpoint, longest", "ms", snapshots.longest(), Better.TOLD);
    add(figures, "checkpoint, largest", "bytes", snapshots.largestBytes(), Better.TOLD);
    add(figures, "state", "bytes", snapshots.stateBytes(), Better.TOLD);
    return figures;
  }

  private void add(List<Figure> figures, String what, String unit, long value, Better better) {
    figures.add(new Figure(name, what, unit, value, better));
  }

  private long perMillion(long nanos) {
    return read.count() == 0 ? 0 : Math.round((double) nanos / read.count());
  }

  List<Curve> curves() {
    List<Point> taken = new ArrayList<>();
    for (int i = 0; i < snapshots.millis().size(); i++) {
      taken.add(new Point(i + 1L, snapshots.millis().get(i)));
    }
    return List.of(
        new Curve(name, Kind.EVENTS_PER_SECOND, read.points()),
        new Curve(name, Kind.CHECKPOINTS, taken));
  }
}
