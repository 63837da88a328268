package dev.lockstep.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.RuleSize.Measure;
import org.junit.jupiter.api.Test;

class RuleSizeTest {
  private static final Position HERE = new Position(3, 5);

  private final Issues issues = new Issues("f");
  private final RuleSize size = new RuleSize(issues);

  @Test
  void countsWhatComesTogetherAndReportsOnceThatItIsTooMuch() {
    assertThat(size.add(Measure.TESTS, HERE, 49_999)).isTrue();
    assertThat(size.admits(Measure.TESTS, HERE, 1)).isTrue();
    assertThat(size.add(Measure.TESTS, HERE, 1)).isTrue();
    assertThat(size.add(Measure.CHARACTERS, HERE, 2_000_000)).isTrue();
    assertThat(issues.reported()).isEmpty();
    assertThat(size.add(Measure.TESTS, HERE, 1)).isFalse();
    assertThat(size.add(Measure.CHARACTERS, HERE, 1)).isFalse();
    assertThat(size.add(Measure.TESTS, HERE, 0)).isTrue();
    assertThat(issues.reported())
        .extracting(Issue::toString)
        .containsExactly(
            "f:3:5: the document comes to 50001 tests, with all that placeholders and encodings"
                + " make of a value; at most 50000 are allowed, so split it");
  }

  @Test
  void refusesWhatIsMoreThanANumberCanHold() {
    assertThat(size.add(Measure.TESTS, HERE, 1)).isTrue();
    assertThat(size.admits(Measure.TESTS, HERE, Long.MAX_VALUE)).isFalse();
    assertThat(issues.count()).isEqualTo(1);
  }
}
