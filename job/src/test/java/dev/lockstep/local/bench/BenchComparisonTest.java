package dev.lockstep.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.local.bench.Figure.Better;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchComparisonTest {

  @Test
  void toleratesWhatIsALittleWorse() {
    assertThat(compared(of("events", 91, Better.MORE), of("events", 100, Better.MORE)).isGood())
        .isTrue();
    assertThat(compared(of("p99", 109, Better.LESS), of("p99", 100, Better.LESS)).isGood())
        .isTrue();
  }

  @Test
  void findsWhatIsWorseInItsOwnDirection() {
    assertThat(compared(of("events", 89, Better.MORE), of("events", 100, Better.MORE)).isGood())
        .isFalse();
    assertThat(compared(of("p99", 111, Better.LESS), of("p99", 100, Better.LESS)).isGood())
        .isFalse();
    assertThat(compared(of("events", 300, Better.MORE), of("events", 100, Better.MORE)).isGood())
        .isTrue();
    assertThat(compared(of("p99", 3, Better.LESS), of("p99", 100, Better.LESS)).isGood()).isTrue();
  }

  @Test
  void judgesNothingThatIsOnlyTold() {
    BenchComparison comparison =
        compared(of("state", 900, Better.TOLD), of("state", 1, Better.TOLD));
    assertThat(comparison.isGood()).isTrue();
    assertThat(comparison.rows()).hasSize(1);
    assertThat(comparison.rows().get(0).ratio()).isEqualTo(900);
  }

  @Test
  void leavesOutWhatOneOfThemDoesNotHave() {
    assertThat(compared(of("new", 1, Better.MORE), of("old", 100, Better.MORE)).rows()).isEmpty();
  }

  @Test
  void hasNoRatioToNothing() {
    assertThat(compared(of("a", 1, Better.LESS), of("a", 0, Better.LESS)).rows().get(0).ratio())
        .isNaN();
  }

  @Test
  void saysWhatOfTheSetupIsNotTheSame() {
    BenchResult now =
        new BenchResult(Instant.EPOCH, Map.of("seed", "1", "rounds", "2"), List.of(), List.of());
    BenchResult then = new BenchResult(Instant.EPOCH, Map.of("seed", "7"), List.of(), List.of());
    assertThat(BenchComparison.of(now, then, 0.1).differentSetup())
        .containsExactlyInAnyOrder("seed: 1, was 7", "rounds: 2, was not told");
  }

  private static BenchComparison compared(BenchResult now, BenchResult then) {
    return BenchComparison.of(now, then, 0.1);
  }

  private static BenchResult of(String name, long value, Better better) {
    return new BenchResult(
        Instant.EPOCH, Map.of(), List.of(new Figure("load", name, "", value, better)), List.of());
  }
}
