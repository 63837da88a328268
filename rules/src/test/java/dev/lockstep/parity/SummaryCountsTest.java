package dev.lockstep.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Lane;
import dev.lockstep.parity.SummaryCounts.Replaced;
import dev.lockstep.parity.SummaryRecord.RuleCounts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SummaryCountsTest {

  private static final ComparedEngines ENGINES = new ComparedEngines("blue", "green", "blue2");
  private static final Instant HOUR = Instant.parse("2026-01-01T10:00:00Z");

  private final Map<String, Long> counts = new HashMap<>();

  @Test
  void aVerdictThatIsReplacedIsTakenOut() {
    Copies low = Copies.of("green", Lane.SHADOW);
    low.level = "low";
    VerdictRecord alone = judge(null, Copies.of("blue", Lane.LIVE));
    VerdictRecord both = judge(Verdict.ONLY_LIVE, Copies.of("blue", Lane.LIVE), low);
    assertThat(alone.noise()).isTrue();

    count(alone, Replaced.NOTHING);
    assertThat(summary().verdicts()).isEqualTo(Map.of(Verdict.ONLY_LIVE, 1L));
    assertThat(summary().noisy()).isEqualTo(Map.of(Verdict.ONLY_LIVE, 1L));
    count(both, Replaced.of(alone));

    assertThat(summary().verdicts()).isEqualTo(Map.of(Verdict.DIFFERS, 1L));
    assertThat(summary().noisy()).isEmpty();
    assertThat(summary().rules())
        .isEqualTo(Map.of("rule-1", new RuleCounts("Title", "high", Map.of(Verdict.DIFFERS, 1L))));
    assertThat(summary().fields()).isEqualTo(Map.of("rule.level", 1L));
    assertThat(summary().noise()).isEqualTo(Map.of(Noise.MISSING, 1L));
  }

  @Test
  void countsByTheEngineThatIsLive() {
    VerdictRecord before =
        judge(null, Copies.of("blue", Lane.LIVE), Copies.of("green", Lane.SHADOW));
    VerdictRecord after =
        judge(null, Copies.of("blue", Lane.SHADOW), Copies.of("green", Lane.LIVE));
    VerdictRecord twice = judge(null, Copies.of("blue", Lane.LIVE), Copies.of("green", Lane.LIVE));
    count(before.withoutNoise(), Replaced.NOTHING);
    count(after.withoutNoise(), Replaced.NOTHING);
    count(twice.withoutNoise(), Replaced.NOTHING);

    assertThat(summary().live())
        .isEqualTo(
            Map.of(
                "blue", Map.of(Verdict.MATCHED, 1L, Verdict.DUPLICATE_LIVE, 1L),
                "green", Map.of(Verdict.MATCHED, 1L, Verdict.DUPLICATE_LIVE, 1L)));
  }

  @Test
  void whoWasLiveIsTakenOutWithTheVerdict() {
    VerdictRecord alone = judge(null, Copies.of("green", Lane.LIVE));
    VerdictRecord both =
        judge(Verdict.ONLY_LIVE, Copies.of("blue", Lane.LIVE), Copies.of("green", Lane.LIVE));
    count(alone, Replaced.NOTHING);
    assertThat(summary().live()).isEqualTo(Map.of("green", Map.of(Verdict.ONLY_LIVE, 1L)));

    count(both, Replaced.of(alone));

    assertThat(summary().live())
        .isEqualTo(
            Map.of(
                "blue", Map.of(Verdict.DUPLICATE_LIVE, 1L),
                "green", Map.of(Verdict.DUPLICATE_LIVE, 1L)));
  }

  @Test
  void whereNoCopyIsLiveTheFlagsSayWhoShouldBe() {
    Map<String, String> lanes = Map.of("blue", "live", "green", "shadow");
    count(judge(null, Copies.of("green", Lane.SHADOW).under("f1", lanes)), Replaced.NOTHING);

    assertThat(summary().live()).isEqualTo(Map.of("blue", Map.of(Verdict.ONLY_SHADOW, 1L)));
  }

  /** Flags reach the engines one after the other: an alert of that moment may be live twice. */
  @Test
  void nobodyIsLiveWhileFlagsChange() {
    Copies early = Copies.of("blue", Lane.LIVE).under("f1", Map.of());
    Copies late = Copies.of("green", Lane.LIVE).under("f2", Map.of());
    count(judge(null, early, late), Replaced.NOTHING);

    assertThat(summary().verdicts()).isEqualTo(Map.of(Verdict.DUPLICATE_LIVE, 1L));
    assertThat(summary().live()).isEmpty();
  }

  @Test
  void elementsOfAListAreOneField() {
    Copies green = Copies.of("green", Lane.SHADOW);
    green.events = List.of("e2", "e3");
    count(judge(null, Copies.of("blue", Lane.LIVE), green), Replaced.NOTHING);

    assertThat(summary().fields())
        .isEqualTo(Map.of("events[].id", 1L, "events[].occurred_at", 1L, "events[].event.a", 1L));
  }

  @Test
  void statesTheNoiseBesideTheDifferences() {
    Copies low = Copies.of("blue2", Lane.SHADOW);
    low.level = "low";
    count(
        judge(null, Copies.of("blue", Lane.LIVE), Copies.of("green", Lane.SHADOW), low),
        Replaced.NOTHING);

    assertThat(summary().verdicts()).isEqualTo(Map.of(Verdict.MATCHED, 1L));
    assertThat(summary().noise()).isEqualTo(Map.of(Noise.DIFFERS, 1L));
    assertThat(summary().noiseFields()).isEqualTo(Map.of("rule.level", 1L));
  }

  private void count(VerdictRecord record, Replaced replaced) {
    SummaryCounts.changes(record, replaced)
        .forEach((key, change) -> counts.merge(key, change, Long::sum));
    counts.values().removeIf(count -> count == 0);
  }

  private SummaryRecord summary() {
    return SummaryCounts.record(
        "acme",
        HOUR,
        1,
        1,
        ENGINES.names(),
        counts,
        Map.of("rule-1", SummaryCounts.title(Copies.of("blue", Lane.LIVE).copy().rule())));
  }

  private static VerdictRecord judge(@Nullable Verdict before, Copies... copies) {
    return new Comparison(ENGINES, Declarations.NONE)
        .judge(List.of(copies).stream().map(Copies::copy).toList(), false, false, before)
        .orElseThrow();
  }
}
