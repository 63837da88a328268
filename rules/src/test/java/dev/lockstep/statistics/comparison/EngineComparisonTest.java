package dev.lockstep.statistics.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.parity.Verdict;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.comparison.EngineComparison.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineComparisonTest {

  private static final Instant NOW = Instant.parse("2026-01-01T14:20:00Z");
  private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final List<CustomerStatistics> blue = new ArrayList<>();
  private final List<CustomerStatistics> green = new ArrayList<>();

  @Test
  void enginesThatDidTheSameAgree() {
    both("acme", 0, counts -> {});
    both("acme", 1, counts -> counts.add(Counted.DEAD_LETTERS, "RULE_ERROR", 3));
    both("globex", 1, counts -> {});

    EngineComparison comparison = compare(question());

    assertThat(outcome(comparison)).isEqualTo(Outcome.AGREE);
    assertThat(comparison.customers())
        .extracting(CustomerComparison::customer)
        .containsExactly("acme", "globex");
    assertThat(comparison.customers().get(0).periods()).isEqualTo(2);
    assertThat(comparison.from()).isEqualTo(TEN);
    assertThat(comparison.to()).isEqualTo(TEN.plus(HOUR.multipliedBy(2)));
    assertThat(comparison.leftOut()).isEmpty();
  }

  @Test
  void lanesAreMeantToDifferAndAlertsAreNot() {
    blue.add(period("blue", "acme", 0, counts -> counts.add(Counted.LIVE, "r", 5)));
    green.add(period("green", "acme", 0, counts -> counts.add(Counted.SHADOW, "r", 5)));
    assertThat(outcome(compare(question()))).isEqualTo(Outcome.AGREE);

    green.set(0, period("green", "acme", 0, counts -> counts.add(Counted.SHADOW, "r", 4)));
    EngineComparison comparison = compare(question());
    assertThat(outcome(comparison)).isEqualTo(Outcome.DIFFER);
    assertThat(comparison.customers().get(0).rows())
        .filteredOn(Row::differs)
        .extracting(row -> row.kind() + " " + row.label() + " " + row.first() + " " + row.second())
        .containsExactly("ALERTS  5 4", "RULE_ALERTS r 5 4");
  }

  @Test
  void whatIsTooManyInOnePeriodDoesNotMakeUpForWhatIsMissingInAnother() {
    blue.add(period("blue", "acme", 0, counts -> counts.add(Counted.LIVE, "r", 1)));
    blue.add(period("blue", "acme", 1, counts -> counts.add(Counted.LIVE, "r", 3)));
    green.add(period("green", "acme", 0, counts -> counts.add(Counted.LIVE, "r", 3)));
    green.add(period("green", "acme", 1, counts -> counts.add(Counted.LIVE, "r", 1)));

    EngineComparison comparison = compare(question());

    assertThat(outcome(comparison)).isEqualTo(Outcome.DIFFER);
    assertThat(row(comparison, Row.Kind.ALERTS).difference()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "1000,1000,0,AGREE",
    "1000,999,0,DIFFER",
    "1000,990,0.01,AGREE",
    "1000,989,0.01,DIFFER"
  })
  void aDifferenceUpToTheToleranceIsNone(long one, long other, double tolerance, Outcome expected) {
    blue.add(period("blue", "acme", 0, counts -> counts.add(Counted.LIVE, "r", one)));
    green.add(period("green", "acme", 0, counts -> counts.add(Counted.LIVE, "r", other)));

    Question question =
        new Question(Set.of(), null, null, tolerance, 100, Duration.ofMinutes(10), NOW);

    assertThat(compare(question).outcome(ParityCounts.NONE, tolerance)).isEqualTo(expected);
  }

  @Test
  void lateEventsAreShownAndNotJudged() {
    both("acme", 0, counts -> {});
    green.set(0, period("green", "acme", 0, counts -> counts.add(Counted.DEAD_LETTERS, "LATE", 9)));

    EngineComparison comparison = compare(question());

    assertThat(outcome(comparison)).isEqualTo(Outcome.AGREE);
    assertThat(row(comparison, Row.Kind.DEAD_LETTERS).second()).isEqualTo(9);
  }

  @Test
  void rulesWithoutCountsOfTheirOwnAreComparedByTheirSums() {
    blue.add(
        period(
            "blue",
            "acme",
            0,
            counts -> {
              counts.add(Counted.LIVE, "a", 2);
              counts.add(Counted.LIVE, Counts.OTHERS, 1);
            }));
    green.add(
        period(
            "green",
            "acme",
            0,
            counts -> {
              counts.add(Counted.LIVE, "b", 1);
              counts.add(Counted.LIVE, Counts.OTHERS, 2);
            }));

    EngineComparison comparison = compare(question());

    assertThat(outcome(comparison)).isEqualTo(Outcome.AGREE);
    assertThat(comparison.customers().get(0).unnamedRules()).isTrue();
  }

  @Nested
  class NotCompared {

    @Test
    void areWhatEventTimeHasNotPassedInBothEngines() {
      both("acme", 0, counts -> {});
      blue.add(period("blue", "acme", 1, counts -> {}));
      green.add(incomplete("green", "acme", 1));
      assertThat(whys(compare(question()))).containsExactly(LeftOut.Why.NOT_COMPLETE);
    }

    @Test
    void isACustomerOfWhomAnEngineMayStillHaveEventsToRead() {
      both("acme", 0, counts -> {});
      blue.add(period("blue", "globex", 1, counts -> {}));

      EngineComparison comparison = compare(question());

      assertThat(whys(comparison)).containsExactly(LeftOut.Why.NOT_COMPLETE);
      assertThat(outcome(comparison)).isEqualTo(Outcome.NOT_YET);

      both("acme", 1, counts -> {});
      assertThat(outcome(compare(question()))).isEqualTo(Outcome.DIFFER);
    }

    @Test
    void areWhatCameBeforeAnEngineBeganAndTheMiddleOfWhichItBegan() {
      for (int hour = 0; hour < 4; hour++) {
        blue.add(period("blue", "acme", hour, counts -> {}));
      }
      green.add(period("green", "acme", 2, counts -> counts.add(Counted.EVENTS, "in", -40)));
      green.add(period("green", "acme", 3, counts -> {}));

      EngineComparison comparison = compare(question());

      assertThat(comparison.leftOut())
          .containsExactlyInAnyOrder(
              new LeftOut("acme", LeftOut.Why.BEFORE_THE_FIRST, 2),
              new LeftOut("acme", LeftOut.Why.FIRST_OF_AN_ENGINE, 1));
      assertThat(outcome(comparison)).isEqualTo(Outcome.AGREE);
    }

    @Test
    void areWhatOtherRulesJudgedOrWhereTheyWereExchanged() {
      both("acme", 0, counts -> {});
      blue.add(period("blue", "acme", 1, counts -> counts.add(Counted.BUNDLES, "b2", 1)));
      green.add(period("green", "acme", 1, counts -> {}));
      both("acme", 2, counts -> counts.add(Counted.BUNDLES, "b2", 1));

      assertThat(whys(compare(question())))
          .containsExactly(LeftOut.Why.OTHER_BUNDLES, LeftOut.Why.BUNDLES_EXCHANGED);
    }

    @Test
    void areWhatFlagsLetInOtherwise() {
      both("acme", 0, counts -> {});
      blue.add(period("blue", "acme", 1, counts -> {}));
      green.add(period("green", "acme", 1, counts -> counts.add(Counted.EVENTS, "gated", 50)));
      assertThat(whys(compare(question()))).containsExactly(LeftOut.Why.OTHER_EVENTS_LET_IN);
    }

    @Test
    void isWhatNobodyAskedAbout() {
      both("acme", 0, counts -> {});
      both("acme", 1, counts -> {});
      both("globex", 1, counts -> {});
      Question question =
          new Question(Set.of("acme"), TEN.plus(HOUR), NOW, 0, 100, Duration.ofMinutes(10), NOW);

      EngineComparison comparison = compare(question);

      assertThat(comparison.customers()).hasSize(1);
      assertThat(comparison.customers().get(0).periods()).isEqualTo(1);
      assertThat(comparison.leftOut()).isEmpty();
    }
  }

  @Nested
  class NotYetFair {

    @Test
    void isACustomerWithNothingToCompare() {
      both("acme", 0, counts -> {});
      Question question =
          new Question(Set.of("acme", "new"), null, null, 0, 100, Duration.ofMinutes(10), NOW);
      assertThat(outcome(compare(question))).isEqualTo(Outcome.NOT_YET);
      assertThat(outcome(EngineComparison.of(report("blue"), report("green"), question())))
          .isEqualTo(Outcome.NOT_YET);
    }

    @Test
    void areEnginesThatSayNothing() {
      EngineReport silent =
          new EngineReport("green", null, null, false, null, true, null, null, List.of());
      assertThat(obstacles(silent))
          .containsExactly("green has no status: it has never run with this Kafka");
      assertThat(obstacles(report("green", NOW.minusSeconds(61), "b1", "f1", NOW, 0L)))
          .containsExactly(
              "green does not run: it gave its last status 1 min 1 s ago, at 2026-01-01T14:18:59Z");
    }

    @Test
    void areEnginesWithOtherRulesOrFlagsOrWithoutAllOfThem() {
      assertThat(obstacles(report("green", NOW, "b2", "f1", NOW, 0L)))
          .containsExactly("they judge by different bundles: blue has b1, green has b2");
      assertThat(obstacles(report("green", NOW, "b1", "f2", NOW, 0L)))
          .containsExactly("they decide by different flag sets: blue has f1, green has f2");
      assertThat(obstacles(report("green", NOW, null, "f1", NOW, 0L)))
          .contains("green has no rules");
      assertThat(
              obstacles(
                  new EngineReport("green", NOW, "b1", false, "f1", false, NOW, null, List.of())))
          .containsExactly(
              "green is taking bundle b1 into force", "green is taking flag set f1 into force");
    }

    @Test
    void areEnginesThatAreBehind() {
      assertThat(obstacles(report("green", NOW, "b1", "f1", NOW.minusSeconds(660), 0L)))
          .containsExactly(
              "event time of green is 11 min 0 s behind that of blue, more than 10 min 0 s");
      assertThat(obstacles(report("green", NOW, "b1", "f1", NOW.minusSeconds(600), 0L))).isEmpty();
      assertThat(obstacles(report("green", NOW, "b1", "f1", NOW, 101L)))
          .containsExactly("green is 101 records behind, more than 100");
      assertThat(obstacles(report("green", NOW, "b1", "f1", null, 0L)))
          .containsExactly("green has no event time: no event has passed it since it started");
    }

    @Test
    void isNotJudgedWhateverTheNumbersSay() {
      both("acme", 0, counts -> {});
      green.set(0, period("green", "acme", 0, counts -> counts.add(Counted.LIVE, "r", 1)));
      EngineComparison comparison =
          EngineComparison.of(
              report("blue", NOW, "b1", "f1", NOW, 0L),
              new EngineReport("green", NOW, "b2", true, "f1", true, NOW, 0L, green),
              question());
      assertThat(outcome(comparison)).isEqualTo(Outcome.NOT_YET);
    }

    private List<String> obstacles(EngineReport other) {
      return EngineComparison.of(report("blue"), other, question()).obstacles();
    }
  }

  @Nested
  class Parity {

    @Test
    void speaksAgainstEnginesThatCountTheSame() {
      both("acme", 0, counts -> {});
      EngineComparison comparison = compare(question());
      ParityCounts parity = new ParityCounts(Map.of(Verdict.MATCHED, 99L, Verdict.DIFFERS, 1L), 0);

      assertThat(comparison.outcome(parity, 0)).isEqualTo(Outcome.DIFFER);
      assertThat(comparison.outcome(parity, 0.01)).isEqualTo(Outcome.AGREE);
      assertThat(comparison.outcome(new ParityCounts(parity.verdicts(), 1), 0))
          .isEqualTo(Outcome.AGREE);
      assertThat(
              comparison.outcome(
                  new ParityCounts(Map.of(Verdict.RESCUED, 5L, Verdict.CONTENT_SKEW, 1L), 0), 0))
          .isEqualTo(Outcome.AGREE);
    }

    @Test
    void isCountedByTheNewestSummaryOfEachPartOfTheHoursThatAreCompared() {
      List<SummaryRecord> summaries =
          List.of(
              summary("acme", 0, 1, 7, Map.of(Verdict.MATCHED, 10L)),
              summary("acme", 0, 1, 8, Map.of(Verdict.MATCHED, 11L, Verdict.ONLY_LIVE, 1L)),
              summary("acme", 0, 1, 6, Map.of(Verdict.MATCHED, 1L)),
              summary("acme", 0, 2, 1, Map.of(Verdict.MATCHED, 100L)),
              summary("globex", 0, 1, 1, Map.of(Verdict.MATCHED, 1000L)),
              summary("acme", 1, 1, 1, Map.of(Verdict.MATCHED, 10_000L)),
              summary("acme", -1, 1, 1, Map.of(Verdict.MATCHED, 100_000L)));

      assertThat(
              ParityCounts.of(summaries, "green", "blue", Set.of("acme"), TEN, TEN.plus(HOUR))
                  .verdicts())
          .containsOnly(Map.entry(Verdict.MATCHED, 111L), Map.entry(Verdict.ONLY_LIVE, 1L));
      assertThat(ParityCounts.of(summaries, "red", "blue", Set.of(), TEN, NOW).judged()).isZero();
    }

    private SummaryRecord summary(
        String customer, int hour, long part, long sequence, Map<Verdict, Long> verdicts) {
      return new SummaryRecord(
          customer,
          TEN.plus(HOUR.multipliedBy(hour)),
          part,
          sequence,
          List.of("blue", "green"),
          verdicts,
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          0,
          Map.of(),
          Map.of());
    }
  }

  @Test
  void aToleranceIsAShare() {
    assertThatThrownBy(() -> new Question(Set.of(), null, null, 1.5, 0, Duration.ofMinutes(1), NOW))
        .hasMessage("tolerance must be between 0 and 1, was 1.5");
  }

  private void both(String customer, int hour, Consumer<Counts> more) {
    blue.add(period("blue", customer, hour, more));
    green.add(period("green", customer, hour, more));
  }

  private static CustomerStatistics period(
      String engine, String customer, int hour, Consumer<Counts> more) {
    return statistics(engine, customer, hour, more, /* complete= */ true);
  }

  private static CustomerStatistics incomplete(String engine, String customer, int hour) {
    return statistics(engine, customer, hour, counts -> {}, /* complete= */ false);
  }

  private static CustomerStatistics statistics(
      String engine, String customer, int hour, Consumer<Counts> more, boolean complete) {
    Counts counts = new Counts();
    counts.add(Counted.EVENTS, "in", 100);
    counts.add(Counted.EVENTS, "judged", 100);
    counts.add(Counted.BUNDLES, "b1", 100);
    counts.add(Counted.FLAGS, "f1", 100);
    counts.add(Counted.MATCHES, "r", 5);
    more.accept(counts);
    Instant from = TEN.plus(HOUR.multipliedBy(hour));
    return new CustomerStatistics(engine, customer, from, from.plus(HOUR), complete, NOW, counts);
  }

  private static Question question() {
    return new Question(Set.of(), null, null, 0, 100, Duration.ofMinutes(10), NOW);
  }

  private EngineComparison compare(Question question) {
    return EngineComparison.of(
        new EngineReport("blue", NOW, "b1", true, "f1", true, NOW, 0L, blue),
        new EngineReport("green", NOW, "b1", true, "f1", true, NOW, 0L, green),
        question);
  }

  private static EngineReport report(String engine) {
    return report(engine, NOW, "b1", "f1", NOW, 0L);
  }

  private static EngineReport report(
      String engine,
      Instant updatedAt,
      @Nullable String bundle,
      String flags,
      @Nullable Instant watermark,
      Long behind) {
    return new EngineReport(
        engine, updatedAt, bundle, bundle != null, flags, true, watermark, behind, List.of());
  }

  private static Outcome outcome(EngineComparison comparison) {
    return comparison.outcome(ParityCounts.NONE, 0);
  }

  private static List<LeftOut.Why> whys(EngineComparison comparison) {
    return comparison.leftOut().stream().map(LeftOut::why).sorted().toList();
  }

  private static Row row(EngineComparison comparison, Row.Kind kind) {
    return comparison.customers().get(0).rows().stream()
        .filter(row -> row.kind() == kind)
        .findFirst()
        .orElseThrow();
  }
}
