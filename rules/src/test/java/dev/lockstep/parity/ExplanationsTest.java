package dev.lockstep.parity;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplanationsTest {

  private static final ComparedEngines PAIR = new ComparedEngines("blue", "green", null);
  private static final Explanations EXPLANATIONS = new Explanations(PAIR, Duration.ofMinutes(5));
  private static final Instant TIME = Copies.TIME;

  @Test
  void pairsCorrelationsOfTheSameEventsUnderTwoIds() {
    OpenVerdict blue =
        open(correlated("blue", "a", 3, TIME, TIME.plusSeconds(10), "e1", "e2", "e3"));
    OpenVerdict green =
        open(correlated("green", "b", 4, TIME, TIME.plusSeconds(30), "e1", "e2", "e3", "e4"));

    assertThat(EXPLANATIONS.partner(blue, List.of(green))).contains(green);
    VerdictRecord verdict = EXPLANATIONS.near(green, blue);
    assertThat(verdict.verdict()).isEqualTo(Verdict.NEAR_MATCH);
    assertThat(verdict.alertId()).isEqualTo("a");
    VerdictRecord.Pair pair = requireNonNull(verdict.pair());
    assertThat(pair.alertId()).isEqualTo("b");
    assertThat(pair.why()).isEqualTo("3 of 3 and 4 events are the same; green found it 20 s later");
    assertThat(verdict.copies())
        .extracting(VerdictRecord.Copy::engine)
        .containsExactly("blue", "green");
    assertThat(verdict.differences())
        .extracting(VerdictRecord.FieldDifference::field)
        .contains("correlation.count", "occurred_at");
  }

  @Test
  void pairsTheSameGroupWhereWindowsOverlap() {
    OpenVerdict blue = open(correlated("blue", "a", 3, TIME, TIME.plusSeconds(10), "e1"));
    OpenVerdict overlapping =
        open(correlated("green", "b", 3, TIME.plusSeconds(9), TIME.plusSeconds(30), "e9"));
    OpenVerdict apart =
        open(correlated("green", "c", 3, TIME.plusSeconds(11), TIME.plusSeconds(30), "e9"));

    assertThat(EXPLANATIONS.partner(blue, List.of(apart))).isEmpty();
    assertThat(EXPLANATIONS.partner(blue, List.of(apart, overlapping))).contains(overlapping);
  }

  @Test
  void takesThePartnerWithTheMostEventsWhateverTheOrder() {
    OpenVerdict blue =
        open(correlated("blue", "a", 3, TIME, TIME.plusSeconds(10), "e1", "e2", "e3"));
    OpenVerdict better = open(correlated("green", "z", 3, TIME, TIME.plusSeconds(60), "e1", "e2"));
    OpenVerdict worse = open(correlated("green", "b", 3, TIME, TIME.plusSeconds(10), "e1"));

    assertThat(EXPLANATIONS.partner(blue, List.of(worse, better))).contains(better);
    assertThat(EXPLANATIONS.partner(blue, List.of(better, worse))).contains(better);
  }

  @Test
  void alertsOfOtherRulesEnginesAndEvidenceAreNoPartners() {
    Copies blue = Copies.of("blue", Lane.LIVE);
    Copies otherEvent = Copies.of("green", Lane.SHADOW);
    otherEvent.events = List.of("e2");
    Copies otherRule = Copies.of("green", Lane.SHADOW);
    otherRule.rule = "rule-2";
    Copies sameEngine = Copies.of("blue", Lane.LIVE);

    assertThat(
            EXPLANATIONS.partner(
                open(blue), List.of(open(otherEvent), open(otherRule), open(sameEngine))))
        .isEmpty();
  }

  @Test
  void whatIsMissingWhileBundlesAreExchangedIsContentSkew() {
    OpenVerdict blue = open(Copies.of("blue", Lane.LIVE));

    VerdictRecord verdict =
        EXPLANATIONS.alone(blue, Set.of(), held(Set.of("b0", "b1"), Set.of("b0")));

    assertThat(verdict.verdict()).isEqualTo(Verdict.CONTENT_SKEW);
    assertThat(verdict.reason()).isEqualTo("the engines were exchanging bundles at that moment");
  }

  @Test
  void aLastingDifferenceOfBundlesIsNoExcuse() {
    OpenVerdict blue = open(Copies.of("blue", Lane.LIVE));

    assertThat(EXPLANATIONS.alone(blue, Set.of(), held(Set.of("b1"), Set.of("b9"))).verdict())
        .isEqualTo(Verdict.ONLY_LIVE);
    assertThat(EXPLANATIONS.alone(blue, Set.of(), held(Set.of("b1"), Set.of("b1"))).verdict())
        .isEqualTo(Verdict.ONLY_LIVE);
  }

  @Test
  void fieldsThatDifferWhileBundlesAreExchangedAreContentSkew() {
    Copies green = Copies.of("green", Lane.SHADOW);
    green.bundle = "b2";
    green.level = "low";
    OpenVerdict open = open(Copies.of("blue", Lane.LIVE), green);

    assertThat(OpenVerdict.mayBe(open.verdict())).isTrue();
    assertThat(EXPLANATIONS.alone(open, Set.of(), held(Set.of("b1", "b2"), Set.of("b2"))).verdict())
        .isEqualTo(Verdict.CONTENT_SKEW);
    assertThat(EXPLANATIONS.alone(open, Set.of(), held(Set.of("b1"), Set.of("b2"))).verdict())
        .isEqualTo(Verdict.DIFFERS);
  }

  @Test
  void anEngineThatOtherFlagsKeptOffAMomentAgoIsNotCompared() {
    OpenVerdict blue = open(Copies.of("blue", Lane.LIVE).under("f2", Map.of("green", "shadow")));
    Sightings same = held(Set.of("b1"), Set.of("b1"));

    assertThat(EXPLANATIONS.alone(blue, Set.of("f1"), same).verdict())
        .isEqualTo(Verdict.NOT_COMPARED);
    assertThat(EXPLANATIONS.alone(blue, Set.of("f2"), same).verdict()).isEqualTo(Verdict.ONLY_LIVE);
  }

  @Test
  void saysWhenTheMissingEngineWasSilent() {
    OpenVerdict blue = open(Copies.of("blue", Lane.LIVE));

    assertThat(EXPLANATIONS.alone(blue, Set.of(), held(Set.of("b1"), Set.of())).reason())
        .isEqualTo("green has sent no alert of anyone around that time");
  }

  @Test
  void aControlEngineThatIsAwayShowsNoNoise() {
    ComparedEngines engines = new ComparedEngines("blue", "green", "blue2");
    AlertCopy copy = Copies.of("blue", Lane.LIVE).copy();
    VerdictRecord verdict =
        new Comparison(engines, Declarations.NONE)
            .judge(List.of(copy), false, false, null)
            .orElseThrow();
    assertThat(verdict.noise()).isTrue();
    OpenVerdict open = new OpenVerdict(verdict, copy);
    Explanations explanations = new Explanations(engines, Duration.ofMinutes(5));

    assertThat(explanations.alone(open, Set.of(), (engine, from, to) -> Set.of("b1")).noise())
        .isTrue();
    assertThat(
            explanations
                .alone(
                    open,
                    Set.of(),
                    (engine, from, to) -> engine.equals("blue2") ? Set.of() : Set.of("b1"))
                .noise())
        .isFalse();
  }

  private static Copies correlated(
      String engine, String id, int count, Instant from, Instant to, String... events) {
    Copies copies = Copies.of(engine, engine.equals("blue") ? Lane.LIVE : Lane.SHADOW);
    copies.id = id;
    return copies.correlated(count, from, to, events);
  }

  private static Sightings held(Set<String> blue, Set<String> green) {
    return (engine, from, to) -> engine.equals("blue") ? blue : green;
  }

  private static OpenVerdict open(Copies... copies) {
    List<AlertCopy> all = List.of(copies).stream().map(Copies::copy).toList();
    Optional<VerdictRecord> verdict =
        new Comparison(PAIR, Declarations.NONE).judge(all, false, false, null);
    return new OpenVerdict(verdict.orElseThrow(), all.get(0));
  }
}
