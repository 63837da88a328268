package dev.lockstep.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineMetricsTest {

  private final RecordedMetrics recorded = new RecordedMetrics();
  private final EngineMetrics metrics = new EngineMetrics(recorded, "blue");

  @Test
  void countsEachValueOfALabelByItself() {
    LabelledCounters eventsIn = metrics.counters("eventsIn", "customer");
    eventsIn.of("acme").inc();
    eventsIn.of("acme").inc();
    eventsIn.of("globex").inc();
    assertThat(recorded.count("customer=acme/eventsIn")).isEqualTo(2);
    assertThat(recorded.count("customer=globex/eventsIn")).isEqualTo(1);
  }

  @Test
  void givesTheSameCounterForTheSameValue() {
    LabelledCounters eventsIn = metrics.counters("eventsIn", "customer");
    assertThat(eventsIn.of("acme")).isSameAs(eventsIn.of(new String("acme")));
  }

  @Test
  void countsAllValuesBeyondTheBoundAsOther() {
    LabelledCounters eventsIn = metrics.counters("eventsIn", "customer");
    for (int i = 0; i < LabelledCounters.MAX_VALUES; i++) {
      eventsIn.of("customer-" + i).inc();
    }
    assertThat(recorded.count("customer=other/eventsIn")).isZero();
    eventsIn.of("one more").inc();
    eventsIn.of("and another").inc();
    eventsIn.of("customer-0").inc();
    assertThat(recorded.count("customer=other/eventsIn")).isEqualTo(2);
    assertThat(recorded.count("customer=customer-0/eventsIn")).isEqualTo(2);
  }

  @Test
  void keepsNothingOfValuesBeyondTheBound() {
    LabelledCounters eventsIn = metrics.counters("eventsIn", "customer");
    for (int i = 0; i < 100_000; i++) {
      eventsIn.of("customer-" + i).inc();
    }
    assertThat(recorded.number("eventsIn")).isEqualTo(LabelledCounters.MAX_VALUES + 1);
    assertThat(eventsIn.knownValues()).isEqualTo(LabelledCounters.MAX_VALUES);
  }

  @Test
  void takesAValueThatIsCalledOtherForOneOfThem() {
    LabelledCounters eventsIn = metrics.counters("eventsIn", "customer");
    eventsIn.of("other").inc();
    for (int i = 0; i <= LabelledCounters.MAX_VALUES; i++) {
      eventsIn.of("customer-" + i).inc();
    }
    assertThat(recorded.count("customer=other/eventsIn")).isEqualTo(2);
  }

  @Test
  void boundsEachNameByItself() {
    LabelledCounters eventsIn = metrics.counters("eventsIn", "customer");
    LabelledCounters matches = metrics.counters("matches", "rule");
    for (int i = 0; i < LabelledCounters.MAX_VALUES; i++) {
      eventsIn.of("customer-" + i).inc();
    }
    matches.of("brute-force").inc();
    assertThat(recorded.count("rule=brute-force/matches")).isEqualTo(1);
  }
}
