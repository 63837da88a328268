package dev.lockstep.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.parity.Noise;
import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.parity.SummaryRecord.RuleCounts;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import dev.lockstep.parity.VerdictRecord.Copy;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import dev.lockstep.parity.VerdictRecord.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParityEvidenceTest {

  private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
  private static final Instant ELEVEN = Instant.parse("2026-01-01T11:00:00Z");
  private static final Rule RULE = new Rule("r1", "A rule", "high");

  private final ParityEvidence evidence = new ParityEvidence();

  @Test
  void theGreatestSequenceOfAPartCountsAndPartsAreAdded() {
    evidence.take(summary("acme", TEN, 1, 7, Map.of(Verdict.MATCHED, 70L)));
    evidence.take(summary("acme", TEN, 1, 3, Map.of(Verdict.MATCHED, 30L)));
    evidence.take(summary("acme", TEN, 2, 1, Map.of(Verdict.DIFFERS, 2L)));

    Tally acme = evidence.sums(null, List.of()).of("acme");

    assertThat(acme.good()).isEqualTo(70);
    assertThat(acme.differences()).isEqualTo(2);
    assertThat(acme.compared()).isEqualTo(72);
  }

  @Test
  void aRecordThatComesAgainChangesNothing() {
    SummaryRecord summary = summary("acme", TEN, 1, 7, Map.of(Verdict.MATCHED, 70L));
    VerdictRecord verdict = verdict("acme", "a1", TEN.plusSeconds(1), Verdict.DIFFERS);
    for (int i = 0; i < 2; i++) {
      evidence.take(summary);
      evidence.take(verdict);
    }

    assertThat(evidence.sums(null, List.of()).total().compared()).isEqualTo(70);
    assertThat(evidence.differences(null, List.of())).containsExactly(verdict);
  }

  @Test
  void ofAnHourThatIsBrokenOnlyVerdictsAfterTheMomentCount() {
    evidence.take(summary("acme", TEN, 1, 1, Map.of(Verdict.MATCHED, 70L)));
    evidence.take(summary("acme", ELEVEN, 1, 1, Map.of(Verdict.MATCHED, 5L)));
    evidence.take(verdict("acme", "a1", TEN.plusSeconds(1), Verdict.DIFFERS));
    evidence.take(verdict("acme", "a2", TEN.plusSeconds(100), Verdict.MATCHED));
    evidence.take(verdict("acme", "a3", ELEVEN.plusSeconds(1), Verdict.DIFFERS));

    Tally since = evidence.sums(TEN.plusSeconds(60), List.of()).total();

    assertThat(since.good()).isEqualTo(6);
    assertThat(since.differences()).as("whole hours are those of summaries").isZero();
  }

  @Test
  void aVerdictThatWasReplacedDoesNotCount() {
    evidence.take(verdict("acme", "a1", TEN, Verdict.ONLY_LIVE));
    evidence.take(verdict("acme", "a1", TEN, Verdict.MATCHED));

    assertThat(evidence.differences(null, List.of())).isEmpty();
  }

  @Test
  void tellsApartWhatWasComparedWhileAnEngineWasLive() {
    evidence.take(summary("acme", TEN, 1, 1, Map.of(Verdict.MATCHED, 6L)));
    evidence.take(verdict("acme", "a1", TEN.plusSeconds(90), Verdict.ONLY_LIVE));

    Tally all = evidence.sums(null, List.of()).of("acme");
    assertThat(all.whileLive("green").compared()).isEqualTo(6);
    assertThat(all.whileLive("blue").compared()).isZero();
    Tally since = evidence.sums(TEN.plusSeconds(60), List.of()).of("acme");
    assertThat(since.whileLive("blue").differences()).isEqualTo(1);
    assertThat(since.whileLive("green").compared()).isZero();
  }

  @Test
  void noiseIsNoDifference() {
    evidence.take(
        new SummaryRecord(
            "acme",
            TEN,
            1,
            1,
            List.of("blue", "green", "blue2"),
            Map.of(Verdict.MATCHED, 7L, Verdict.DIFFERS, 3L, Verdict.CONTENT_SKEW, 2L),
            Map.of(Verdict.DIFFERS, 2L),
            Map.of(),
            Map.of(),
            Map.of(),
            0,
            Map.of(Noise.MATCHED, 8L, Noise.DIFFERS, 2L),
            Map.of("f", 2L)));

    ParitySums sums = evidence.sums(null, List.of());

    assertThat(sums.total().differences()).isEqualTo(1);
    assertThat(sums.total().noise()).isEqualTo(2);
    assertThat(sums.total().compared()).isEqualTo(10);
    assertThat(sums.total().judged()).isEqualTo(12);
    assertThat(sums.noisy()).isEqualTo(2);
    assertThat(evidence.engines()).containsExactly("blue", "green", "blue2");
  }

  @Test
  void countsOnlyTheCustomersThatAreAskedAbout() {
    evidence.take(summary("acme", TEN, 1, 1, Map.of(Verdict.MATCHED, 70L)));
    evidence.take(summary("globex", TEN, 1, 1, Map.of(Verdict.MATCHED, 5L)));

    assertThat(evidence.sums(null, List.of("globex")).total().good()).isEqualTo(5);
    assertThat(evidence.sums(null, List.of()).rulesOf(List.of("acme"))).containsExactly("r1");
  }

  @Test
  void examplesAreOfDifferentRulesAndCustomersFirst() {
    evidence.take(summary("acme", TEN, 1, 1, Map.of(Verdict.DIFFERS, 3L)));
    evidence.take(verdict("acme", "a1", TEN.plusSeconds(3), Verdict.DIFFERS));
    evidence.take(verdict("acme", "a2", TEN.plusSeconds(2), Verdict.DIFFERS));
    evidence.take(verdict("globex", "a3", TEN.plusSeconds(1), Verdict.DIFFERS));

    List<FieldExamples> fields =
        FieldExamples.of(
            evidence.sums(null, List.of()), evidence.differences(null, List.of()), 5, 2);

    assertThat(fields).hasSize(1);
    assertThat(fields.get(0).field()).isEqualTo("rule.level");
    assertThat(fields.get(0).examples())
        .extracting(example -> example.verdict().alertId())
        .containsExactly("a1", "a3");
  }

  private static SummaryRecord summary(
      String customer, Instant hour, long part, long sequence, Map<Verdict, Long> verdicts) {
    return new SummaryRecord(
        customer,
        hour,
        part,
        sequence,
        List.of("blue", "green"),
        verdicts,
        Map.of(),
        Map.of("green", verdicts),
        Map.of("r1", new RuleCounts("A rule", "high", verdicts)),
        Map.of("rule.level", 3L),
        0,
        Map.of(),
        Map.of());
  }

  private static VerdictRecord verdict(
      String customer, String alertId, Instant at, Verdict verdict) {
    return new VerdictRecord(
        verdict,
        customer,
        alertId,
        RULE,
        at,
        List.of(new Copy("blue", "live", "b1", "f1", Map.of())),
        List.of(new FieldDifference("rule.level", Map.of("blue", "high", "green", "low"), null)),
        null,
        null,
        false,
        null,
        null);
  }
}
