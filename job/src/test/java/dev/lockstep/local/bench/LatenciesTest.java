package dev.lockstep.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  private static final long MILLI = 1_000_000;

  @Test
  void countsFromTheMomentForWhichAProbeWasPlanned() {
    Latencies latencies = new Latencies("reader", 0, 1000);
    // A standstill of a second: a hundred probes planned in it are all seen at its end.
    for (int i = 0; i < 1000; i++) {
      long planned = i * (10 * MILLI);
      boolean held = i >= 500 && i < 600;
      latencies.seen(i, planned, held ? 6000 * MILLI : planned + MILLI);
    }
    assertThat(latencies.missing()).isZero();
    assertThat(value(latencies, "p50")).isBetween(990L, 1010L);
    assertThat(value(latencies, "p99")).isBetween(890_000L, 920_000L);
    assertThat(value(latencies, "longest")).isBetween(999_000L, 1_010_000L);
  }

  @Test
  void leavesOutWhatWarmsUpAndWhatComesAfter() {
    Latencies latencies = new Latencies("reader", 10, 20);
    assertThat(latencies.missing()).isEqualTo(10);
    latencies.seen(9, 0, 5000 * MILLI);
    latencies.seen(20, 0, 5000 * MILLI);
    assertThat(latencies.missing()).isEqualTo(10);
    latencies.seen(10, 0, MILLI);
    assertThat(latencies.missing()).isEqualTo(9);
    assertThat(value(latencies, "longest")).isBetween(990L, 1010L);
  }

  @Test
  void knowsWhatItHasSeenBefore() {
    Latencies latencies = new Latencies("reader", 0, 10);
    assertThat(latencies.seen(3, 0, MILLI)).isTrue();
    assertThat(latencies.seen(3, 0, 900 * MILLI)).isFalse();
    assertThat(latencies.again()).isEqualTo(1);
    assertThat(value(latencies, "alerts seen")).isEqualTo(1);
    assertThat(value(latencies, "longest")).isBetween(990L, 1010L);
  }

  @Test
  void drawsSharesAgainstTime() {
    Latencies latencies = new Latencies("reader", 0, 4);
    for (int i = 0; i < 4; i++) {
      latencies.seen(i, 0, (i + 1L) * 10 * MILLI);
    }
    List<Curve.Point> points = latencies.curve().points();
    assertThat(points).isSortedAccordingTo(Comparator.comparingLong(Curve.Point::x));
    assertThat(points.get(points.size() - 1).x()).isEqualTo(1_000_000);
    assertThat(points.get(points.size() - 1).y()).isBetween(39_900L, 40_100L);
  }

  private static long value(Latencies latencies, String name) {
    return latencies.figures().stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
