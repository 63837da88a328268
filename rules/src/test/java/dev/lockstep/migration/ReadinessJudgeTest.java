package dev.lockstep.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.evidence.ParityEvidence;
import dev.lockstep.evidence.ParitySums;
import dev.lockstep.flag.Disposition;
import dev.lockstep.migration.Finding.Kind;
import dev.lockstep.migration.Stage.Routes;
import dev.lockstep.parity.Noise;
import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.parity.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessJudgeTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final int TENTH = 10_000;
  private static final EngineFacts BLUE = engine("blue", "b1", "f1", 0);
  private static final EngineFacts GREEN = engine("green", "b1", "f1", 0);
  private static final Map<Verdict, Long> CLEAN = Map.of(Verdict.MATCHED, 100L);

  @ParameterizedTest
  @CsvSource({
    "OFF,true,SHADOW_TRICKLE",
    "OFF,false,SHADOW_FULL",
    "SHADOW_TRICKLE,true,SHADOW_FULL",
    "SHADOW_FULL,true,LIVE",
    "LIVE,true,RETIRED"
  })
  void goesOnWhenEverythingIsGood(Stage stage, boolean trickles, Stage next) {
    ReadinessJudge judge = new ReadinessJudge(BLUE, GREEN, "f1", Thresholds.DEFAULT, trickles, NOW);

    Readiness readiness = judge.judge(standing(stage, CLEAN, 1L), sums(CLEAN, Map.of()));

    assertThat(readiness).isEqualTo(new Readiness(stage, next, List.of()));
    assertThat(readiness.isReady()).isTrue();
  }

  @Test
  void nothingIsNextAtTheEnd() {
    Readiness readiness = judge(BLUE, GREEN, Stage.RETIRED, CLEAN);

    assertThat(readiness.next()).isNull();
    assertThat(readiness.blocking()).isEmpty();
    assertThat(readiness.isReady()).isFalse();
  }

  @Test
  void doesNotGoLiveWhileAlertsDiffer() {
    assertThat(blocked(BLUE, GREEN, Map.of(Verdict.MATCHED, 999L, Verdict.ONLY_LIVE, 1L)))
        .containsExactly(new Finding(Kind.PARITY, true, "1 alert of 1000 differ (1 only live)"));
  }

  @Test
  void toleratesAsMuchAsIsSaidAndTellsIt() {
    Thresholds tolerant =
        new Thresholds(100, 0.001, 0.01, Duration.ofMinutes(5), Duration.ofMinutes(5), true);
    Map<Verdict, Long> verdicts = Map.of(Verdict.MATCHED, 999L, Verdict.DIFFERS, 1L);

    Readiness readiness =
        new ReadinessJudge(BLUE, GREEN, "f1", tolerant, true, NOW)
            .judge(standing(Stage.SHADOW_FULL, verdicts, 1L), sums(verdicts, Map.of()));

    assertThat(readiness.isReady()).isTrue();
    assertThat(readiness.findings()).extracting(Finding::kind).containsExactly(Kind.PARITY);
  }

  @Test
  void retiresByWhatWasComparedSinceTheCutOver() {
    Map<Verdict, Long> all = Map.of(Verdict.MATCHED, 1_000L, Verdict.ONLY_LIVE, 5L);

    assertThat(retiring(all, Map.of("blue", all)).blocking())
        .containsExactly(
            new Finding(Kind.TOO_FEW, true, "0 alerts compared with green live, 100 are needed"));
    assertThat(retiring(all, Map.of("blue", all, "green", CLEAN)).isReady()).isTrue();
    assertThat(
            retiring(all, Map.of("green", Map.of(Verdict.MATCHED, 199L, Verdict.ONLY_LIVE, 1L)))
                .blocking())
        .containsExactly(
            new Finding(Kind.PARITY, true, "1 alert of 200 with green live differ (1 only live)"));
  }

  private static Readiness retiring(
      Map<Verdict, Long> verdicts, Map<String, Map<Verdict, Long>> live) {
    ParitySums sums = sums(verdicts, Map.of(), live);
    return new ReadinessJudge(BLUE, GREEN, "f1", Thresholds.DEFAULT, true, NOW)
        .judge(new Standing("acme", Stage.LIVE.routes(TENTH), sums.total(), 1L), sums);
  }

  @Test
  void wantsEnoughComparisons() {
    assertThat(blocked(BLUE, GREEN, Map.of(Verdict.MATCHED, 99L, Verdict.CONTENT_SKEW, 50L)))
        .containsExactly(new Finding(Kind.TOO_FEW, true, "99 alerts compared, 100 are needed"));
  }

  @Test
  void doesNotTrustAComparisonWithMuchNoise() {
    Readiness readiness =
        new ReadinessJudge(BLUE, GREEN, "f1", Thresholds.DEFAULT, true, NOW)
            .judge(
                standing(Stage.SHADOW_FULL, CLEAN, 1L),
                sums(CLEAN, Map.of(Noise.MATCHED, 98L, Noise.MISSING, 2L)));

    assertThat(readiness.blocking()).extracting(Finding::kind).containsExactly(Kind.NOISE);
    assertThat(readiness.blocking().get(0).text()).contains("2.00 % of alerts, 1.00 % would do");
  }

  @Test
  void wantsTheSameRulesInBothUnlessTheyAreMeantToDiffer() {
    EngineFacts other = engine("green", "b2", "f1", 0);

    assertThat(blocked(BLUE, other, CLEAN)).extracting(Finding::kind).containsExactly(Kind.BUNDLE);

    Thresholds different =
        new Thresholds(100, 0, 0.01, Duration.ofMinutes(5), Duration.ofMinutes(5), false);
    Readiness meant =
        new ReadinessJudge(BLUE, other, "f1", different, true, NOW)
            .judge(standing(Stage.SHADOW_FULL, CLEAN, 1L), sums(CLEAN, Map.of()));
    assertThat(meant.isReady()).isTrue();
  }

  @Test
  void wantsEnginesThatSpeakAndKeepUp() {
    EngineFacts late = engine("green", "b1", "f1", 600);

    assertThat(blocked(BLUE, late, CLEAN)).extracting(Finding::kind).containsExactly(Kind.LAG);
    assertThat(blocked(EngineFacts.silent("blue"), GREEN, CLEAN))
        .extracting(Finding::text)
        .containsExactly("blue says nothing of itself: is it running?");
    assertThat(
            new ReadinessJudge(BLUE, GREEN, "f1", Thresholds.DEFAULT, true, NOW.plusSeconds(3600))
                .judge(standing(Stage.OFF, CLEAN, 1L), sums(CLEAN, Map.of()))
                .blocking())
        .extracting(Finding::text)
        .containsExactly("green has said nothing for 60 min");
  }

  @Test
  void wantsTheNewestFlagsInBoth() {
    assertThat(blocked(engine("blue", "b1", "f0", 0), GREEN, CLEAN))
        .containsExactly(
            new Finding(Kind.FLAGS, true, "blue decides by flags f0, the newest are f1"));
  }

  @Test
  void wantsEventsBeforeItLetsInAll() {
    Readiness readiness =
        new ReadinessJudge(BLUE, GREEN, "f1", Thresholds.DEFAULT, true, NOW)
            .judge(standing(Stage.SHADOW_TRICKLE, CLEAN, 0L), sums(CLEAN, Map.of()));

    assertThat(readiness.blocking())
        .containsExactly(
            new Finding(Kind.NO_EVENTS, true, "green has judged no event of acme yet"));
  }

  @Test
  void asksAPersonWhereBothOrNoneAreLive() {
    EngineRoute live = new EngineRoute(EngineRoute.ALL, Disposition.LIVE);
    EngineRoute shadow = new EngineRoute(EngineRoute.ALL, Disposition.SHADOW);

    assertThat(unclear(live, live)).startsWith("both engines are live, so alerts come twice;");
    assertThat(unclear(shadow, shadow)).startsWith("neither engine is live;");
    assertThat(unclear(new EngineRoute(0, null), new EngineRoute(0, null)))
        .startsWith("no engine gets its events;");
    assertThat(unclear(live, new EngineRoute(null, Disposition.SHADOW)))
        .isEqualTo(
            "this is no stage of a migration; blue gets all events, live; green gets some events,"
                + " shadow");
  }

  @Test
  void eachStageIsThatOfItsRoutes() {
    for (Stage stage : Stage.values()) {
      if (stage != Stage.UNCLEAR) {
        Routes routes = stage.routes(TENTH);
        assertThat(Stage.of(routes.from(), routes.to())).isEqualTo(stage);
      }
    }
  }

  private static String unclear(EngineRoute from, EngineRoute to) {
    Standing standing =
        new Standing("acme", new Routes(from, to), sums(CLEAN, Map.of()).total(), 1L);
    Readiness readiness =
        new ReadinessJudge(BLUE, GREEN, "f1", Thresholds.DEFAULT, true, NOW)
            .judge(standing, sums(CLEAN, Map.of()));
    assertThat(readiness.stage()).isEqualTo(Stage.UNCLEAR);
    assertThat(readiness.isReady()).isFalse();
    return readiness.blocking().get(0).text();
  }

  private static List<Finding> blocked(
      EngineFacts from, EngineFacts to, Map<Verdict, Long> verdicts) {
    return judge(from, to, Stage.SHADOW_FULL, verdicts).blocking();
  }

  private static Readiness judge(
      EngineFacts from, EngineFacts to, Stage stage, Map<Verdict, Long> verdicts) {
    return new ReadinessJudge(from, to, "f1", Thresholds.DEFAULT, true, NOW)
        .judge(standing(stage, verdicts, 1L), sums(verdicts, Map.of()));
  }

  private static Standing standing(
      Stage stage, Map<Verdict, Long> verdicts, @Nullable Long judged) {
    return new Standing("acme", stage.routes(TENTH), sums(verdicts, Map.of()).total(), judged);
  }

  private static ParitySums sums(Map<Verdict, Long> verdicts, Map<Noise, Long> noise) {
    return sums(verdicts, noise, Map.of("green", verdicts));
  }

  private static ParitySums sums(
      Map<Verdict, Long> verdicts, Map<Noise, Long> noise, Map<String, Map<Verdict, Long>> live) {
    ParityEvidence evidence = new ParityEvidence();
    evidence.take(
        new SummaryRecord(
            "acme",
            NOW,
            1,
            1,
            List.of("blue", "green"),
            verdicts,
            Map.of(),
            live,
            Map.of(),
            Map.of(),
            0,
            noise,
            Map.of()));
    return evidence.sums(null, List.of());
  }

  private static EngineFacts engine(String name, String bundle, String flags, long behindSeconds) {
    return new EngineFacts(
        name, NOW, bundle, true, NOW, flags, true, Duration.ofSeconds(behindSeconds), 0);
  }
}
