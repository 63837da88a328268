package dev.lockstep.job.parity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import dev.lockstep.parity.Declarations;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParityStageTest {

  private static final Instant START = SentAlert.START;
  private static final Duration WINDOW = ParityHarness.WINDOW;
  private static final Instant CLOSED = START.plus(Duration.ofMinutes(30));
  private static final Instant FORGOTTEN = START.plus(Duration.ofHours(5));

  private ParityHarness harness;

  @BeforeEach
  void start() throws Exception {
    harness = ParityHarness.start(Map.of(), null);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void alertsOnWhichTheEnginesAgreeAreOnlyCounted() throws Exception {
    for (int i = 0; i < 10; i++) {
      SentAlert.of("blue", "live/shadow", i).to(harness);
      SentAlert.of("green", "live/shadow", i).to(harness);
    }
    close();

    assertThat(harness.verdicts()).isEmpty();
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.MATCHED, 10L));
    assertThat(harness.counter("customer=acme/parityMatched")).isEqualTo(10);
  }

  @Test
  void anOptionHasThemWritten() throws Exception {
    harness.close();
    harness = ParityHarness.start(Map.of("parity.write-matched", "true"), null);
    SentAlert.of("blue", "live/shadow", 1).to(harness);
    SentAlert.of("green", "live/shadow", 1).to(harness);
    close();

    assertThat(harness.verdicts().values())
        .extracting(VerdictRecord::verdict)
        .containsExactly(Verdict.MATCHED);
  }

  /** One of each kind that a migration must find, among many that agree. */
  @Test
  void plantedDifferencesAreEachFoundAndNamed() throws Exception {
    for (int i = 100; i < 200; i++) {
      SentAlert.of("blue", "live/shadow", i).to(harness);
      green("live/shadow", i).to(harness);
    }
    SentAlert missingRule = SentAlert.of("blue", "live/shadow", 1).ofRule("only-blue-has-it");
    SentAlert newRule = green("live/shadow", 2).ofRule("only-green-has-it");
    SentAlert threshold = SentAlert.of("blue", "live/shadow", 0).ofRule("count").counting(5, 10);
    SentAlert higher = green("live/shadow", 0).ofRule("count").counting(7, 12);
    SentAlert later = SentAlert.of("blue", "live/shadow", 0).ofRule("count").counting(3, 40);
    SentAlert latest = green("live/shadow", 0).ofRule("count").counting(3, 41);
    SentAlert field = SentAlert.of("blue", "live/shadow", 3);
    SentAlert duplicate = SentAlert.of("blue", "live/live", 4);
    SentAlert rewound = SentAlert.of("blue", "live/shadow", 5);
    SentAlert wrong = SentAlert.of("blue", "live/shadow", 6);
    missingRule.to(harness);
    newRule.to(harness);
    higher.to(harness);
    threshold.to(harness);
    later.to(harness);
    latest.to(harness);
    field.to(harness);
    green("live/shadow", 3).level("low").to(harness);
    duplicate.to(harness);
    green("live/live", 4).to(harness);
    rewound.to(harness);
    rewound.to(harness);
    green("live/shadow", 5).to(harness);
    wrong.to(harness);
    harness.send(Lane.LIVE, green("shadow/live", 7).json());
    harness.send(Lane.SHADOW, SentAlert.of("blue", "live/shadow", 7).json());
    green("live/shadow", 6).to(harness);
    close();

    assertThat(verdict(missingRule)).isEqualTo(Verdict.ONLY_LIVE);
    assertThat(verdict(newRule)).isEqualTo(Verdict.ONLY_SHADOW);
    assertThat(verdict(threshold)).isEqualTo(Verdict.NEAR_MATCH);
    assertThat(pair(threshold).alertId()).isEqualTo(higher.id());
    assertThat(pair(threshold).why())
        .isEqualTo("5 of 5 and 7 events are the same; green found it 2 s later");
    assertThat(verdict(later)).isEqualTo(Verdict.NEAR_MATCH);
    assertThat(pair(later).why())
        .isEqualTo("2 of 3 and 3 events are the same; green found it 1 s later");
    assertThat(verdict(field)).isEqualTo(Verdict.DIFFERS);
    assertThat(record(field).differences())
        .extracting(VerdictRecord.FieldDifference::field)
        .containsExactly("rule.level");
    assertThat(verdict(duplicate)).isEqualTo(Verdict.DUPLICATE_LIVE);
    assertThat(verdict(rewound)).isEqualTo(Verdict.DUPLICATE_LIVE);
    assertThat(verdict(SentAlert.of("blue", "live/shadow", 7))).isEqualTo(Verdict.WRONG_LANE);
    assertThat(harness.counted())
        .isEqualTo(
            Map.of(
                Verdict.MATCHED, 101L,
                Verdict.ONLY_LIVE, 1L,
                Verdict.ONLY_SHADOW, 1L,
                Verdict.NEAR_MATCH, 2L,
                Verdict.DIFFERS, 1L,
                Verdict.DUPLICATE_LIVE, 2L,
                Verdict.WRONG_LANE, 1L));
  }

  @Test
  void whatFlagsLostIsRescuedAtOnceAndOnce() throws Exception {
    SentAlert blue = SentAlert.of("blue", "shadow/live", 1).flags("f2");
    SentAlert green = SentAlert.of("green", "live/shadow", 1).flags("f1");
    green.to(harness);
    assertThat(harness.rescued()).isEmpty();
    blue.to(harness);

    assertThat(harness.rescued()).hasSize(1);
    byte[] json = harness.rescued().get(0).getBytes(UTF_8);
    assertThat(AlertJson.read(json).id()).isEqualTo(blue.id());
    assertThat(requireNonNull(AlertJson.read(json).routing()).lane()).isEqualTo(Lane.LIVE);
    assertThat(harness.counter("customer=acme/parityRescued")).isEqualTo(1);
    harness.send(Lane.LIVE, json);
    blue.to(harness);
    close();
    assertThat(harness.rescued()).hasSize(1);
    assertThat(verdict(blue)).isEqualTo(Verdict.RESCUED);
  }

  @Test
  void aRescueIsNotRepeatedAfterARestart() throws Exception {
    SentAlert.of("blue", "shadow/live", 1).flags("f2").to(harness);
    restart();
    SentAlert.of("green", "live/shadow", 1).flags("f1").to(harness);
    assertThat(harness.rescued()).hasSize(1);
    restart();
    SentAlert.of("green", "live/shadow", 1).flags("f0").to(harness);
    close();

    assertThat(harness.rescued()).isEmpty();
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.RESCUED, 1L));
  }

  @Test
  void anAlertThatAnEngineSendsAfterItsRescueIsADuplicate() throws Exception {
    SentAlert.of("blue", "shadow/live", 1).flags("f2").to(harness);
    SentAlert.of("green", "live/shadow", 1).flags("f1").to(harness);
    harness.watermark(CLOSED);
    SentAlert late = SentAlert.of("green", "shadow/live", 1).flags("f2");
    late.to(harness);
    close();

    assertThat(verdict(late)).isEqualTo(Verdict.DUPLICATE_LIVE);
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.DUPLICATE_LIVE, 1L));
  }

  @Test
  void whatIsInShadowEverywhereIsNotRescued() throws Exception {
    SentAlert.of("blue", "shadow/shadow", 1).flags("f2").to(harness);
    SentAlert.of("green", "shadow/shadow", 1).flags("f1").to(harness);
    SentAlert.of("blue", "shadow/shadow", 2).flags("f2").to(harness);
    SentAlert.of("green", "live/shadow", 2).flags("f1").to(harness);
    close();

    assertThat(harness.rescued()).isEmpty();
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.MATCHED, 2L));
  }

  @Test
  void aCopyThatComesAfterTheVerdictReplacesIt() throws Exception {
    SentAlert blue = SentAlert.of("blue", "live/shadow", 1);
    blue.to(harness);
    close();
    assertThat(verdict(blue)).isEqualTo(Verdict.ONLY_LIVE);
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.ONLY_LIVE, 1L));

    SentAlert.of("green", "live/shadow", 1).to(harness);
    harness.clock(Duration.ofMinutes(2));

    assertThat(verdict(blue)).isEqualTo(Verdict.MATCHED);
    assertThat(record(blue).replaces()).isEqualTo(Verdict.ONLY_LIVE);
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.MATCHED, 1L));
  }

  @Test
  void aCopyThatComesBeforeTheVerdictIsToldLeavesNoTraceOfIt() throws Exception {
    SentAlert.of("blue", "live/shadow", 1).to(harness);
    harness.watermark(START.plus(WINDOW).plusSeconds(2));
    SentAlert.of("green", "live/shadow", 1).to(harness);
    close();

    assertThat(harness.verdicts()).isEmpty();
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.MATCHED, 1L));
  }

  @Test
  void aLateAlertWaitsForItsOtherCopyLikeAnyOther() throws Exception {
    harness.watermark(START.plus(Duration.ofMinutes(20)));
    SentAlert.of("blue", "live/shadow", 1).to(harness);
    harness.watermark(START.plus(Duration.ofMinutes(22)));
    SentAlert.of("green", "live/shadow", 1).to(harness);
    close();

    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.MATCHED, 1L));
  }

  @Test
  void whatComesWhenTheOtherCopyMayBeForgottenIsLate() throws Exception {
    harness.watermark(START.plus(Duration.ofHours(3)));
    SentAlert.of("green", "live/shadow", 1).to(harness);
    harness.watermark(START.plus(Duration.ofHours(4)));
    harness.clock(Duration.ofMinutes(1));

    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.LATE, 1L));
  }

  @Test
  void whatIsMissingWhileRulesAreExchangedIsContentSkew() throws Exception {
    SentAlert.of("blue", "live/shadow", 0).bundle("b0").to(harness);
    SentAlert.of("green", "live/shadow", 0).bundle("b0").to(harness);
    SentAlert fresh = SentAlert.of("blue", "live/shadow", 10).ofRule("new").bundle("b1");
    fresh.to(harness);
    SentAlert.of("blue", "live/shadow", 20).bundle("b1").to(harness);
    SentAlert.of("green", "live/shadow", 20).bundle("b1").to(harness);
    SentAlert lasting = SentAlert.of("blue", "live/shadow", 1200).ofRule("new").bundle("b1");
    lasting.to(harness);
    SentAlert.of("green", "live/shadow", 1200).bundle("b1").to(harness);
    close();

    assertThat(verdict(fresh)).isEqualTo(Verdict.CONTENT_SKEW);
    assertThat(verdict(lasting)).isEqualTo(Verdict.ONLY_LIVE);
  }

  @Test
  void aCopyThatComesLateIsExplainedLikeAnyOther() throws Exception {
    SentAlert.of("blue", "live/shadow", 0).bundle("b0").to(harness);
    SentAlert.of("green", "live/shadow", 0).bundle("b0").to(harness);
    SentAlert blue = SentAlert.of("blue", "live/shadow", 10).bundle("b1");
    blue.to(harness);
    harness.watermark(START.plus(WINDOW).plusSeconds(20));
    SentAlert.of("green", "live/shadow", 10).bundle("b0").level("low").to(harness);
    close();

    assertThat(verdict(blue)).isEqualTo(Verdict.CONTENT_SKEW);
    assertThat(record(blue).replaces()).isNull();
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.CONTENT_SKEW, 1L, Verdict.MATCHED, 1L));
  }

  @Test
  void anEngineThatHasJustComeFromOffIsNotMissed() throws Exception {
    SentAlert.of("blue", "live/off", 1).flags("f1").to(harness);
    SentAlert first = SentAlert.of("blue", "live/shadow", 2).flags("f2");
    first.to(harness);
    SentAlert.of("blue", "live/shadow", 3).flags("f2").to(harness);
    SentAlert.of("green", "live/shadow", 3).flags("f2").to(harness);
    close();

    assertThat(verdict(first)).isEqualTo(Verdict.NOT_COMPARED);
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.NOT_COMPARED, 2L, Verdict.MATCHED, 1L));
  }

  @Test
  void statesDifferencesAndTheNoiseFloor() throws Exception {
    harness.close();
    harness = ParityHarness.start(Map.of("parity.control", "blue2"), null);
    for (int i = 0; i < 10; i++) {
      SentAlert.of("blue", "live/shadow", i).to(harness);
      SentAlert.of("green", "live/shadow", i).level(i < 4 ? "low" : "high").to(harness);
      SentAlert control = SentAlert.of("blue2", "shadow/shadow", i).flags("f2");
      control.level(i < 1 ? "medium" : "high").to(harness);
    }
    close();

    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.MATCHED, 6L, Verdict.DIFFERS, 4L));
    assertThat(harness.verdicts().values()).filteredOn(VerdictRecord::noise).hasSize(1);
  }

  @Test
  void whenNoAlertsComeTheClockEndsTheWaiting() throws Exception {
    SentAlert blue = SentAlert.of("blue", "live/shadow", 1);
    blue.to(harness);
    harness.clock(ParityHarness.MAX_WAIT.minusSeconds(1));
    assertThat(harness.verdicts()).isEmpty();
    harness.clock(ParityHarness.MAX_WAIT.multipliedBy(2).plusMinutes(2));

    assertThat(verdict(blue)).isEqualTo(Verdict.ONLY_LIVE);
    harness.clock(Duration.ofHours(10));
    assertThat(harness.keyedStateEntries()).isZero();
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.ONLY_LIVE, 1L));
  }

  @Test
  void nothingIsLeftWhenAllIsForgotten() throws Exception {
    for (int i = 0; i < 50; i++) {
      SentAlert.of("blue", "live/shadow", i).to(harness);
      if (i % 3 != 0) {
        SentAlert.of("green", "live/shadow", i).level(i % 3 == 1 ? "low" : "high").to(harness);
      }
    }
    SentAlert.of("blue", "live/off", 51).to(harness);
    SentAlert.of("red", "live/shadow", 52).to(harness);
    assertThat(harness.keyedStateEntries()).isPositive();
    close();
    harness.watermark(FORGOTTEN);
    harness.watermark(FORGOTTEN.plus(Duration.ofHours(5)));

    assertThat(harness.keyedStateEntries()).isZero();
    harness.clock(Duration.ofDays(1));
    harness.watermark(FORGOTTEN.plus(Duration.ofDays(1)));
    assertThat(harness.timers()).isZero();
    assertThat(harness.counter("parityOtherEngines")).isEqualTo(1);
  }

  /** Restarts, the order of copies and their delays change no verdict. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void verdictsDependOnCopiesAlone(long seed) throws Exception {
    Random random = new Random(seed);
    List<SentAlert> alerts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String lanes = i % 7 == 0 ? "shadow/live" : "live/shadow";
      alerts.add(SentAlert.of("blue", lanes, i));
      if (i % 10 != 0) {
        alerts.add(SentAlert.of("green", lanes, i).level(i % 9 == 0 ? "low" : "high"));
      }
    }
    Collections.shuffle(alerts, random);
    for (SentAlert alert : alerts) {
      alert.to(harness);
      if (random.nextInt(40) == 0) {
        restart();
      }
      if (random.nextInt(10) == 0) {
        harness.watermark(START.plusSeconds(random.nextInt(600)));
      }
    }
    close();

    assertThat(harness.counted())
        .isEqualTo(
            Map.of(
                Verdict.MATCHED,
                160L,
                Verdict.DIFFERS,
                20L,
                Verdict.ONLY_LIVE,
                17L,
                Verdict.ONLY_SHADOW,
                3L));
  }

  /** The copies come out of order, under changing flags and bundles, and lag behind one another. */
  @Test
  void whereNothingDiffersNothingIsSaidToDiffer() throws Exception {
    int count = Integer.getInteger("parity.alerts", 20_000);
    Random random = new Random(Long.getLong("parity.seed", 1));
    ArrayDeque<SentAlert> lagging = new ArrayDeque<>();
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int at = i / 20 + random.nextInt(30);
      String lanes = random.nextBoolean() ? "live/shadow" : "shadow/live";
      String id = "c" + i % 20;
      SentAlert blue =
          new SentAlert(
              "blue",
              lanes,
              "f" + i / 500,
              id,
              "rule-" + i % 50,
              "high",
              "b" + i / 5000,
              START.plusSeconds(at),
              List.of("e" + i),
              null);
      SentAlert green =
          new SentAlert(
              "green",
              lanes,
              "f" + (i + 100) / 500,
              id,
              "rule-" + i % 50,
              "high",
              "b" + (i + 1000) / 5000,
              START.plusSeconds(at),
              List.of("e" + i),
              null);
      boolean swap = random.nextBoolean();
      (swap ? green : blue).to(harness);
      lagging.add(swap ? blue : green);
      while (lagging.size() > random.nextInt(2000)) {
        lagging.remove().to(harness);
      }
      if (i % 1000 == 999) {
        // As far as the copy that lags most has come.
        SentAlert oldest = lagging.isEmpty() ? blue : lagging.peek();
        harness.watermark(oldest.time().minusSeconds(30));
        harness.clock(Duration.ofMillis(i));
      }
    }
    for (SentAlert alert : lagging) {
      alert.to(harness);
    }
    harness.watermark(START.plusSeconds(count / 20 + 3600));
    harness.clock(Duration.ofMillis(count).plusHours(30));
    System.out.printf(
        "%d alerts of two engines compared in %d s, %d verdicts written%n",
        count, Duration.ofNanos(System.nanoTime() - begin).toSeconds(), harness.verdicts().size());

    assertThat(harness.verdicts()).isEmpty();
    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.MATCHED, (long) count));
    assertThat(harness.rescued()).isEmpty();
  }

  @Test
  void aDeclaredDifferenceIsExpected() throws Exception {
    harness.close();
    Declarations declared =
        Declarations.parse(
                "expected.yml",
                """
                expected:
                  - field: rule.level
                    owner: ann
                    reason: levels were reviewed
                    until: 2026-01-01
                """)
            .declarations();
    harness = ParityHarness.start(Map.of(), declared, null);
    SentAlert.of("blue", "live/shadow", 1).to(harness);
    SentAlert.of("green", "live/shadow", 1).level("low").to(harness);
    close();

    assertThat(harness.counted()).isEqualTo(Map.of(Verdict.EXPECTED, 1L));
  }

  /** Green holds another bundle, and always has. */
  private static SentAlert green(String lanes, int number) {
    return SentAlert.of("green", lanes, number).bundle("b9");
  }

  private Verdict verdict(SentAlert alert) {
    return record(alert).verdict();
  }

  private VerdictRecord.Pair pair(SentAlert alert) {
    return requireNonNull(record(alert).pair(), "no pair");
  }

  private VerdictRecord record(SentAlert alert) {
    return requireNonNull(harness.verdicts().get(alert.id()), "no verdict on " + alert);
  }

  /** Lets all windows end and all summaries come. */
  private void close() throws Exception {
    harness.watermark(CLOSED);
    harness.watermark(CLOSED.plus(WINDOW.multipliedBy(2)));
    harness.clock(Duration.ofMinutes(1));
  }

  private void restart() throws Exception {
    ParityHarness before = harness;
    ParityHarness.Snapshot snapshot = before.snapshot();
    harness = ParityHarness.start(Map.of(), snapshot);
    harness.records().addAll(before.records());
    before.close();
  }
}
