package dev.lockstep.job.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.CustomerCounts;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.CustomerStatisticsJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatisticsFunctionTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final Duration LATENESS = Duration.ofMinutes(15);
  private static final int KEPT = 3;
  private static final int MAX_RULES = 5;
  private static final int MAX_CUSTOMERS = 4;
  private static final long TEN_SECONDS = 10_000;

  @Test
  void addsUpWhatSubtasksHaveCountedAndTellsItOnceInTenSeconds() throws Exception {
    try (var harness = start(null)) {
      harness.processElement(live("acme", HOUR, 1), 0);
      harness.processElement(live("acme", HOUR, 2), 0);
      harness.processElement(live("globex", HOUR, 4), 0);
      harness.processElement(live("acme", 2 * HOUR, 8), 0);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.setProcessingTime(TEN_SECONDS);

      assertThat(told(harness))
          .containsExactlyInAnyOrder("acme 01:00 3", "globex 01:00 4", "acme 02:00 8");
      harness.setProcessingTime(3 * TEN_SECONDS);
      assertThat(told(harness)).hasSize(3);
    }
  }

  @Test
  void saysThatAPeriodIsCompleteWhenWhatMayComeLateHasCome() throws Exception {
    try (var harness = start(null)) {
      harness.processElement(live("acme", HOUR, 1), 0);
      harness.processWatermark(2 * HOUR + LATENESS.toMillis() - 1);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(2 * HOUR + LATENESS.toMillis());
      assertThat(told(harness)).containsExactly("acme 01:00 1 complete");

      harness.processElement(live("acme", HOUR, 1), 0);
      harness.setProcessingTime(TEN_SECONDS);
      assertThat(told(harness)).contains("acme 01:00 2 complete");
    }
  }

  @Test
  void takesAPeriodAwayThatIsKeptNoLongerAndKeepsNothingOfIt() throws Exception {
    try (var harness = start(null)) {
      harness.processElement(live("acme", HOUR, 1), 0);
      harness.setProcessingTime(TEN_SECONDS);
      harness.processWatermark((2 + KEPT) * HOUR + LATENESS.toMillis());

      List<StatusRecord> all = harness.extractOutputValues();
      StatusRecord last = all.get(all.size() - 1);
      assertThat(last.key).isEqualTo("blue/statistics/acme/1970-01-01T01:00:00Z");
      assertThat(last.json).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();

      harness.processElement(live("acme", HOUR, 1), 0);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void theEndOfAllEventsEndsNoPeriod() throws Exception {
    try (var harness = start(null)) {
      harness.processElement(live("acme", HOUR, 1), 0);
      harness.processWatermark(Long.MAX_VALUE);
      harness.setProcessingTime(TEN_SECONDS);

      assertThat(told(harness)).containsOnly("acme 01:00 1");
    }
  }

  @Test
  void customersAndPeriodsBeyondTheBoundsTakeNoRoom() throws Exception {
    try (var harness = start(null)) {
      for (int i = 0; i < 100; i++) {
        harness.processElement(live("c" + i, HOUR, 1), 0);
        harness.processElement(live("c0", i * HOUR, 1), 0);
      }
      harness.setProcessingTime(TEN_SECONDS);

      assertThat(
              told(harness).stream().map(line -> line.substring(0, line.indexOf(" "))).distinct())
          .containsExactlyInAnyOrder("c0", "c1", "c2", "c3");
      assertThat(told(harness).stream().filter(line -> line.startsWith("c0 "))).hasSize(27);

      harness.processWatermark(200 * HOUR);
      harness.processElement(live("late-comer", 200 * HOUR, 1), 0);
      harness.setProcessingTime(2 * TEN_SECONDS);
      assertThat(told(harness)).anyMatch(line -> line.startsWith("late-comer"));
    }
  }

  @Test
  void rulesBeyondTheBoundAreCountedTogether() throws Exception {
    try (var harness = start(null)) {
      for (int i = 0; i < 8; i++) {
        Counts counts = new Counts();
        counts.add(Counted.LIVE, "r" + i, 1);
        harness.processElement(new CustomerCounts("acme", 0, counts), 0);
      }
      harness.setProcessingTime(TEN_SECONDS);

      Counts counts = statistics(harness).get(0).counts();
      assertThat(counts.rules()).hasSize(MAX_RULES);
      assertThat(counts.of(Counted.LIVE, Counts.OTHERS)).isEqualTo(3);
    }
  }

  /** What a subtask told before a checkpoint is in it, what it told after comes again. */
  @Test
  void countsExactlyOverRestarts() throws Exception {
    Random random = new Random(1);
    List<CustomerCounts> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(live("c" + random.nextInt(3), random.nextInt(3) * HOUR, 1 + random.nextInt(9)));
    }
    List<String> expected;
    try (var harness = start(null)) {
      for (CustomerCounts each : all) {
        harness.processElement(each, 0);
      }
      harness.setProcessingTime(TEN_SECONDS);
      expected = told(harness);
    }

    OperatorSubtaskState snapshot = null;
    int done = 0;
    long clock = 0;
    while (true) {
      try (var harness = start(snapshot)) {
        harness.setProcessingTime(clock);
        int until = Math.min(all.size(), done + 40);
        for (CustomerCounts each : all.subList(done, until)) {
          harness.processElement(each, 0);
        }
        done = until;
        if (done == all.size()) {
          harness.setProcessingTime(clock + TEN_SECONDS);
          assertThat(told(harness)).containsExactlyInAnyOrderElementsOf(expected);
          return;
        }
        snapshot = harness.snapshot(done, 0);
        // Told, and lost with the failure.
        for (CustomerCounts each : all.subList(done, Math.min(all.size(), done + 15))) {
          harness.processElement(each, 0);
        }
      }
    }
  }

  private static CustomerCounts live(String customer, long from, long number) {
    Counts counts = new Counts();
    counts.add(Counted.LIVE, "r", number);
    return new CustomerCounts(customer, from, counts);
  }

  private static List<CustomerStatistics> statistics(
      KeyedOneInputStreamOperatorTestHarness<String, CustomerCounts, StatusRecord> harness) {
    return harness.extractOutputValues().stream()
        .filter(record -> record.json.length > 0)
        .map(record -> CustomerStatisticsJson.read(record.json).orElseThrow())
        .toList();
  }

  private static List<String> told(
      KeyedOneInputStreamOperatorTestHarness<String, CustomerCounts, StatusRecord> harness) {
    return statistics(harness).stream()
        .map(
            each ->
                "%s %s %d%s"
                    .formatted(
                        each.customer(),
                        each.from().toString().substring(11, 16),
                        each.counts().of(Counted.LIVE, "r"),
                        each.complete() ? " complete" : ""))
        .toList();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, CustomerCounts, StatusRecord> start(
      @Nullable OperatorSubtaskState state) throws Exception {
    LockstepConfig.Statistics settings =
        new LockstepConfig.Statistics(HOUR, KEPT, MAX_RULES, MAX_CUSTOMERS);
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new StatisticsFunction("blue", settings, LATENESS)),
            counts -> counts.customer,
            Types.STRING);
    Configuration options = new Configuration();
    options.set(PipelineOptions.GENERIC_TYPES, false);
    harness.getExecutionConfig().configure(options, StatisticsFunctionTest.class.getClassLoader());
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
