package dev.lockstep.job.detect;

import static dev.lockstep.job.state.Deliveries.bundle;
import static dev.lockstep.job.state.Deliveries.rule;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.RecordedMetrics;
import dev.lockstep.program.RuleMeter;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleWatchTest {

  private static final List<SigmaRule> RULES =
      new MappedRules(List.of())
          .start()
          .next("v1", bundle(rule("cheap", "a", "1"), rule("dear", "a", "2")))
          .program()
          .rules();
  private static final SigmaRule CHEAP = RULES.get(0);
  private static final SigmaRule DEAR = RULES.get(1);
  private static final long MILLI = 1_000_000;

  private final RecordedMetrics metrics = new RecordedMetrics();
  private final List<String> culprits = new ArrayList<>();
  private long now;
  private final RuleWatch watch =
      new RuleWatch(
          /* maxTimeShare= */ 0.25,
          /* maxFaults= */ 2,
          () -> now,
          (rule, reason) -> culprits.add(rule.id() + ": " + reason),
          new EngineMetrics(metrics, "blue"));

  @Test
  void measuresOneEventOfMany() {
    for (int i = 1; i < RuleWatch.SAMPLED; i++) {
      assertThat(watch.next()).isNull();
    }
    requireNonNull(watch.next()).spent(CHEAP, 100);
    assertThat(metrics.count("rule=cheap/ruleCostNanos")).isEqualTo(100L * RuleWatch.SAMPLED);
    assertThat(watch.next()).isNull();
  }

  @Test
  void tellsOfARuleThatTakesTooMuchOfTheTimeInThreeSpansInARow() {
    // Of 10 s, 64 times 60 samples of 1 ms are 3.84 s.
    span(60, 1 * MILLI);
    span(60, 1 * MILLI);
    span(60, 1 * MILLI);
    assertThat(culprits).isEmpty();
    span(0, 0);
    assertThat(culprits)
        .containsExactly(
            "dear: it took 38 % of the time of a subtask for 30 s, its budget is 25 %"
                + " (rules.max-time-share)");
  }

  @Test
  void takesNoPauseOfTheMachineForACost() {
    for (int i = 0; i < 3; i++) {
      span(60, 1 * MILLI);
      span(60, 1 * MILLI);
      span(60, 1_000);
    }
    span(0, 0);
    assertThat(culprits).isEmpty();
  }

  @Test
  void judgesNothingByFewSamples() {
    for (int i = 0; i < 6; i++) {
      span(RuleWatch.LEAST_SAMPLES - 1, 100 * MILLI);
    }
    assertThat(culprits).isEmpty();
  }

  @Test
  void tellsOnceOfARuleThatFailsTooOftenInAMinute() {
    IllegalStateException cause = new IllegalStateException("out of order");
    watch.failed(DEAR, cause);
    watch.failed(DEAR, cause);
    watch.failed(CHEAP, cause);
    now += 60_000 * MILLI;
    watch.failed(DEAR, cause);
    watch.failed(DEAR, cause);
    assertThat(culprits).isEmpty();
    watch.failed(DEAR, cause);
    watch.failed(DEAR, cause);
    assertThat(culprits)
        .containsExactly(
            "dear: it failed on more than 2 events in a minute (rules.max-faults-per-minute):"
                + " java.lang.IllegalStateException: out of order");
  }

  /** Ten seconds in which one rule is asked so often, in measured events, and takes so long. */
  private void span(int samples, long nanos) {
    meter().spent(CHEAP, 1_000);
    for (int i = 0; i < samples; i++) {
      watch.spent(DEAR, nanos);
    }
    now += RuleWatch.SPAN.toNanos();
  }

  private RuleMeter meter() {
    RuleMeter meter = null;
    while (meter == null) {
      meter = watch.next();
    }
    return meter;
  }
}
