package dev.lockstep.parity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.alert.Alert.Suppressed;
import dev.lockstep.alert.Lane;
import dev.lockstep.parity.Declarations.Declaration;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final ComparedEngines PAIR = new ComparedEngines("blue", "green", null);
  private static final ComparedEngines WITH_CONTROL = new ComparedEngines("blue", "green", "blue2");

  @Test
  void copiesThatDifferInEngineLaneBundleAndFlagsMatch() {
    Copies green = Copies.of("green", Lane.SHADOW).under("f2", Map.of("blue", "live"));
    green.bundle = "b2";
    green.suppressed = new Suppressed(7, Copies.TIME);

    assertThat(judge(Copies.of("blue", Lane.LIVE), green).verdict()).isEqualTo(Verdict.MATCHED);
  }

  @Test
  void namesEachFieldThatDiffersWithBothValues() {
    Copies green = Copies.of("green", Lane.SHADOW);
    green.level = "low";
    green.matched = Map.of("User", "bob");

    VerdictRecord verdict = judge(Copies.of("blue", Lane.LIVE), green);

    assertThat(verdict.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(verdict.differences())
        .containsExactly(
            new FieldDifference("rule.level", Map.of("blue", "high", "green", "low"), null),
            new FieldDifference(
                "matched_fields.User", Map.of("blue", "ann", "green", "bob"), null));
  }

  @Test
  void aMemberThatThisVersionDoesNotKnowCountsToo() {
    AlertCopy blue = Copies.of("blue", Lane.LIVE).copy();
    String json = new String(Copies.of("green", Lane.SHADOW).json(), UTF_8);
    AlertCopy green =
        AlertCopy.read(
            "shadow",
            1,
            json.replace("\"bundle\"", "\"risk\":{\"score\":5},\"bundle\"").getBytes(UTF_8));

    VerdictRecord verdict = judge(PAIR, Declarations.NONE, List.of(blue, green));

    assertThat(verdict.differences())
        .containsExactly(new FieldDifference("risk.score", Map.of("green", "5"), null));
  }

  @Test
  void aTextIsNotTheNumberThatItReadsLike() {
    AlertCopy blue = Copies.of("blue", Lane.LIVE).copy();
    String json = new String(Copies.of("green", Lane.SHADOW).json(), UTF_8);
    AlertCopy green =
        AlertCopy.read("shadow", 1, json.replace("{\"a\":1}", "{\"a\":\"1\"}").getBytes(UTF_8));

    assertThat(judge(PAIR, Declarations.NONE, List.of(blue, green)).differences())
        .containsExactly(
            new FieldDifference("events[0].event.a", Map.of("blue", "1", "green", "\"1\""), null));
  }

  @Test
  void theOrderOfMembersIsNoDifference() {
    AlertCopy blue = Copies.of("blue", Lane.LIVE).copy();
    String json = new String(Copies.of("green", Lane.SHADOW).json(), UTF_8);
    String customer = "\"customer\":\"acme\",";
    AlertCopy green =
        AlertCopy.read(
            "shadow",
            1,
            ("{" + customer + json.replace(customer, "").substring(1)).getBytes(UTF_8));

    assertThat(judge(PAIR, Declarations.NONE, List.of(blue, green)).verdict())
        .isEqualTo(Verdict.MATCHED);
  }

  @Test
  void whatOneEngineHasAloneIsToldByItsLane() {
    assertThat(judge(Copies.of("blue", Lane.LIVE)).verdict()).isEqualTo(Verdict.ONLY_LIVE);
    assertThat(judge(Copies.of("green", Lane.SHADOW)).verdict()).isEqualTo(Verdict.ONLY_SHADOW);
  }

  @Test
  void whatFlagsKeepFromTheOtherEngineIsNotCompared() {
    Copies blue = Copies.of("blue", Lane.LIVE).under("f1", Map.of("blue", "live", "green", "off"));

    VerdictRecord verdict = judge(blue);

    assertThat(verdict.verdict()).isEqualTo(Verdict.NOT_COMPARED);
    assertThat(verdict.reason()).isEqualTo("flags keep green from it");
  }

  @Test
  void twoLiveCopiesAreADuplicateWhoeverSentThem() {
    Copies twice = Copies.of("blue", Lane.LIVE);
    twice.times = 2;

    assertThat(judge(Copies.of("blue", Lane.LIVE), Copies.of("green", Lane.LIVE)).reason())
        .isEqualTo("sent live by blue and green");
    VerdictRecord verdict = judge(twice, Copies.of("green", Lane.SHADOW));
    assertThat(verdict.verdict()).isEqualTo(Verdict.DUPLICATE_LIVE);
    assertThat(verdict.reason()).isEqualTo("sent live by blue (2 times)");
  }

  @Test
  void anAlertThatWasRescuedAndThenSentLiveIsADuplicate() {
    List<AlertCopy> copies =
        List.of(Copies.of("blue", Lane.LIVE).copy(), Copies.of("green", Lane.SHADOW).copy());

    VerdictRecord verdict =
        new Comparison(PAIR, Declarations.NONE)
            .judge(copies, /* rescued= */ true, false, Verdict.RESCUED)
            .orElseThrow();

    assertThat(verdict.verdict()).isEqualTo(Verdict.DUPLICATE_LIVE);
    assertThat(verdict.reason()).isEqualTo("sent live by blue and parity");
    assertThat(verdict.replaces()).isEqualTo(Verdict.RESCUED);
  }

  @Test
  void aCopyInAnotherLaneThanItSaysIsInTheWrongLane() {
    AlertCopy green = AlertCopy.read("live", 1, Copies.of("green", Lane.SHADOW).json());

    VerdictRecord verdict =
        judge(PAIR, Declarations.NONE, List.of(green, Copies.of("blue", Lane.SHADOW).copy()));

    assertThat(verdict.verdict()).isEqualTo(Verdict.WRONG_LANE);
    assertThat(verdict.reason())
        .isEqualTo("the copy of green says that it is shadow, and lies in live");
  }

  @Test
  void aCopyInAnotherLaneThanTheOtherEnginesFlagsSayIsInTheWrongLane() {
    Map<String, String> lanes = Map.of("blue", "live", "green", "shadow");
    Copies blue = Copies.of("blue", Lane.SHADOW).under("f1", Map.of());
    Copies green = Copies.of("green", Lane.SHADOW).under("f1", lanes);

    VerdictRecord verdict = judge(blue, green);

    assertThat(verdict.verdict()).isEqualTo(Verdict.WRONG_LANE);
    assertThat(verdict.reason())
        .isEqualTo("blue sent it to shadow; flag set f1 says live, as the copy of green tells");
  }

  @Test
  void aLiveAlertOfARuleOfStageShadowIsInTheWrongLane() {
    Copies blue = Copies.of("blue", Lane.LIVE);
    blue.shadowOnly = true;
    Copies green = Copies.of("green", Lane.SHADOW);
    green.shadowOnly = true;

    assertThat(judge(blue, green).verdict()).isEqualTo(Verdict.WRONG_LANE);
  }

  @Test
  void lanesOfOtherFlagSetsAreNoWitness() {
    Copies blue =
        Copies.of("blue", Lane.LIVE).under("f1", Map.of("blue", "live", "green", "shadow"));
    Copies green =
        Copies.of("green", Lane.SHADOW).under("f2", Map.of("blue", "shadow", "green", "shadow"));

    assertThat(judge(blue, green).verdict()).isEqualTo(Verdict.MATCHED);
  }

  @Test
  void whatComesWhenTheOtherCopyMayBeForgottenIsLate() {
    List<AlertCopy> alone = List.of(Copies.of("blue", Lane.LIVE).copy());
    Comparison comparison = new Comparison(PAIR, Declarations.NONE);

    assertThat(comparison.judge(alone, false, /* tooLate= */ true, null).orElseThrow().verdict())
        .isEqualTo(Verdict.LATE);
  }

  @Test
  void nothingOfTheTwoEnginesIsNothingToJudge() {
    assertThat(
            new Comparison(WITH_CONTROL, Declarations.NONE)
                .judge(List.of(Copies.of("blue2", Lane.SHADOW).copy()), false, false, null))
        .isEmpty();
  }

  @Test
  void aDeclaredDifferenceIsExpectedUntilItsLastDay() {
    Copies green = Copies.of("green", Lane.SHADOW);
    green.level = "low";
    List<AlertCopy> copies = List.of(Copies.of("blue", Lane.LIVE).copy(), green.copy());
    LocalDate day = LocalDate.of(2026, 1, 1);

    assertThat(judge(PAIR, declared("rule.*", null, day), copies).verdict())
        .isEqualTo(Verdict.EXPECTED);
    VerdictRecord after = judge(PAIR, declared("rule.*", null, day.minusDays(1)), copies);
    assertThat(after.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(after.differences())
        .allSatisfy(each -> assertThat(requireNonNull(each.expected()).expired()).isTrue());
    assertThat(judge(PAIR, declared("rule.title", null, day), copies).verdict())
        .isEqualTo(Verdict.DIFFERS);
  }

  @Test
  void alertsThatOneEngineIsExpectedToHaveAloneAreNoDifference() {
    List<AlertCopy> alone = List.of(Copies.of("green", Lane.SHADOW).copy());
    LocalDate day = LocalDate.of(2026, 1, 1);

    assertThat(judge(PAIR, declared(null, "green", day), alone).verdict())
        .isEqualTo(Verdict.EXPECTED);
    VerdictRecord after = judge(PAIR, declared(null, "green", day.minusDays(1)), alone);
    assertThat(after.verdict()).isEqualTo(Verdict.ONLY_SHADOW);
    assertThat(after.reason()).isEqualTo("was expected by ann until 2025-12-31: known");
    assertThat(judge(PAIR, declared(null, "blue", day), alone).verdict())
        .isEqualTo(Verdict.ONLY_SHADOW);
  }

  @Test
  void whatTheControlEngineShowsTooIsNoise() {
    Copies green = Copies.of("green", Lane.SHADOW);
    green.level = "low";
    Copies same = Copies.of("blue2", Lane.SHADOW);
    Copies noisy = Copies.of("blue2", Lane.SHADOW);
    noisy.level = "medium";

    VerdictRecord regression = judge(WITH_CONTROL, Copies.of("blue", Lane.LIVE), green, same);
    assertThat(regression.noise()).isFalse();
    assertThat(requireNonNull(regression.control()).result()).isEqualTo(Noise.MATCHED);
    VerdictRecord noise = judge(WITH_CONTROL, Copies.of("blue", Lane.LIVE), green, noisy);
    assertThat(noise.verdict()).isEqualTo(Verdict.DIFFERS);
    assertThat(noise.noise()).isTrue();
    assertThat(requireNonNull(noise.control()).fields()).containsExactly("rule.level");
  }

  @Test
  void whatTheControlEngineHasNotEitherIsNoise() {
    Copies blue = Copies.of("blue", Lane.LIVE);
    Copies green = Copies.of("green", Lane.SHADOW);
    Copies control = Copies.of("blue2", Lane.SHADOW);

    assertThat(judge(WITH_CONTROL, blue).noise()).isTrue();
    assertThat(judge(WITH_CONTROL, blue, control).noise()).isFalse();
    assertThat(judge(WITH_CONTROL, green, control).noise()).isTrue();
    assertThat(judge(WITH_CONTROL, green).noise()).isFalse();
  }

  @Test
  void theVerdictDoesNotDependOnTheOrderOfCopies() {
    Copies again = Copies.of("green", Lane.SHADOW).under("f2", Map.of());
    again.level = "low";
    List<AlertCopy> copies =
        new ArrayList<>(
            List.of(
                Copies.of("blue", Lane.LIVE).copy(),
                Copies.of("green", Lane.SHADOW).copy(),
                again.copy()));
    VerdictRecord verdict = judge(PAIR, Declarations.NONE, copies);

    for (int i = 0; i < copies.size(); i++) {
      Collections.rotate(copies, 1);
      assertThat(judge(PAIR, Declarations.NONE, copies)).isEqualTo(verdict);
    }
  }

  @Test
  void anOutlineTellsAllButTheFields() {
    Copies blue =
        Copies.of("blue", Lane.LIVE).under("f1", Map.of("blue", "live", "green", "shadow"));
    AlertCopy outline = AlertCopy.read("live", 1, blue.copy().outline());
    Copies green = Copies.of("green", Lane.LIVE);
    green.level = "low";

    assertThat(outline.summary()).isEqualTo(blue.copy().summary());
    assertThat(judge(PAIR, Declarations.NONE, List.of(outline, green.copy())).verdict())
        .isEqualTo(Verdict.DUPLICATE_LIVE);
    assertThat(new String(blue.copy().outline(), UTF_8)).doesNotContain("events");
  }

  @Test
  void whatIsNoAlertIsRefusedWithTheReason() {
    assertThatThrownBy(() -> AlertCopy.read("live", 1, "{}".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an alert: rule is missing");
  }

  private static Declarations declared(
      @Nullable String field, @Nullable String onlyIn, LocalDate until) {
    return new Declarations(
        List.of(new Declaration(field, onlyIn, null, null, "ann", "known", until)));
  }

  private static VerdictRecord judge(Copies... copies) {
    return judge(PAIR, copies);
  }

  private static VerdictRecord judge(ComparedEngines engines, Copies... copies) {
    return judge(engines, Declarations.NONE, List.of(copies).stream().map(Copies::copy).toList());
  }

  private static VerdictRecord judge(
      ComparedEngines engines, Declarations declarations, List<AlertCopy> copies) {
    return new Comparison(engines, declarations)
        .judge(copies, /* rescued= */ false, /* tooLate= */ false, null)
        .orElseThrow();
  }
}
