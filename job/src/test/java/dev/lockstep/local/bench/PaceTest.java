package dev.lockstep.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.local.bench.Curve.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long MILLI = 1_000_000;

  @Test
  void isTheCountOverTheTimeBetweenTheFirstAndTheLastLook() {
    Pace pace = new Pace();
    pace.look(5_000 * MILLI, 100);
    pace.look(6_000 * MILLI, 500);
    pace.look(9_000 * MILLI, 900);
    assertThat(pace.count()).isEqualTo(800);
    assertThat(pace.seconds()).isEqualTo(4);
    assertThat(pace.perSecond()).isEqualTo(200);
  }

  @Test
  void isNothingOfNoTime() {
    Pace pace = new Pace();
    assertThat(pace.perSecond()).isZero();
    assertThat(pace.points()).isEmpty();
    pace.look(1, 1);
    assertThat(pace.perSecond()).isZero();
  }

  @Test
  void drawsHalfSecondsAndWhatTookLonger() {
    Pace pace = new Pace();
    for (int i = 0; i <= 10; i++) {
      pace.look(i * (100 * MILLI), i * 10L);
    }
    pace.look(3_000 * MILLI, 500);
    assertThat(pace.points())
        .isEqualTo(List.of(new Point(500, 100), new Point(1_000, 100), new Point(3_000, 200)));
  }

  @Test
  void choosesRulesEvenly() {
    assertThat(EvenChoice.of(List.of(0, 1, 2, 3, 4, 5), 3)).containsExactly(0, 2, 4);
    assertThat(EvenChoice.of(List.of(0, 1), 5)).containsExactly(0, 1);
  }
}
