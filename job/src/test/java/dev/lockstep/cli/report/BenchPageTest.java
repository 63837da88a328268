package dev.lockstep.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.local.bench.BenchComparison;
import dev.lockstep.local.bench.BenchResult;
import dev.lockstep.local.bench.Curve;
import dev.lockstep.local.bench.Curve.Kind;
import dev.lockstep.local.bench.Curve.Point;
import dev.lockstep.local.bench.Figure;
import dev.lockstep.local.bench.Figure.Better;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchPageTest {

  private static final BenchResult RESULT =
      new BenchResult(
          Instant.parse("2026-01-01T00:00:00Z"),
          Map.of("machine", "2 cores <of some kind>"),
          List.of(
              new Figure("pass-through", "events", "/s", 100_000, Better.MORE),
              new Figure("detection, 10 rules", "events", "/s", 55_000, Better.MORE),
              new Figure("detection, 10 rules", "of pass-through", "‰", 550, Better.MORE)),
          List.of(
              new Curve(
                  "pass-through",
                  Kind.EVENTS_PER_SECOND,
                  List.of(new Point(500, 90_000), new Point(1000, 110_000))),
              new Curve(
                  "latency, read_committed",
                  Kind.LATENCY,
                  List.of(
                      new Point(0, 1000),
                      new Point(900_000, 50_000),
                      new Point(1_000_000, 90_000)))));

  @Test
  void showsEachLoadBesideTheLimit() {
    assertThat(BenchPage.of(RESULT, null))
        .contains("detection, 10 rules", "55,000", "55 %", "width:55.0%")
        .contains("2 cores &lt;of some kind&gt;")
        .doesNotContain("Beside an earlier result");
  }

  @Test
  void drawsLinesFromTheFirstPointToTheLast() {
    String page = BenchPage.of(RESULT, null);
    // From half a second to a second, over half of the width; the axis goes to 200,000.
    assertThat(page).contains("points=\"391.0,%s 708.0,%s\"".formatted(y(90_000), y(110_000)));
    // All of them have no place on an axis of nines.
    assertThat(page).contains("Share of the alerts");
    assertThat(page.split("<polyline", -1)).hasSize(3);
  }

  private static String y(double value) {
    return String.format(Locale.ROOT, "%.1f", 14 + 208 * (1 - value / 200_000));
  }

  @Test
  void hasWhatBecameWorse() {
    BenchResult earlier =
        new BenchResult(
            RESULT.at(),
            Map.of("machine", "another one"),
            List.of(new Figure("pass-through", "events", "/s", 200_000, Better.MORE)),
            List.of());
    assertThat(BenchPage.of(RESULT, BenchComparison.of(RESULT, earlier, 0.1)))
        .contains("Beside an earlier result", "200,000", "0.50", ">worse<")
        .contains("machine: 2 cores &lt;of some kind&gt;, was another one");
  }

  @Test
  void leavesOutPlotsOfNothing() {
    BenchResult bare = new BenchResult(RESULT.at(), Map.of(), RESULT.figures(), List.of());
    assertThat(BenchPage.of(bare, null)).doesNotContain("<polyline", "Share of the alerts");
  }
}
