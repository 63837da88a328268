package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flags that mean something else than they seem to. */
class FlagPitfallsTest {

  private static final String SHARES =
      "\"variations\":[{\"variation\":0,\"weight\":0},{\"variation\":1,\"weight\":100000}]";
  private static final String TO_SHADOW = ",\"fallthrough\":{\"variation\":1}";

  @Test
  void refusesAPercentageOfAKindThatNoDecisionHas() {
    assertRefused(
        fallthrough("\"contextKind\":\"user\"," + SHARES),
        "flag lockstep-egress has a percentage of kind 'user', which no decision has, so that"
            + " everybody would fall into its first part; use customer, engine, event or rule");
    assertRefused(fallthrough(SHARES), "of kind 'user'");
    assertRefused(fallthrough("\"contextKind\":\"device\"," + SHARES), "of kind 'device'");
    assertRefused(
        "\"rules\":[{\"id\":\"r\",\"clauses\":[],\"rollout\":{%s}}]".formatted(SHARES) + TO_SHADOW,
        "of kind 'user'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer", "engine", "event", "rule"})
  void takesAPercentageOfEachKindThatThereIs(String kind) throws Exception {
    assertThat(
            FlagPitfalls.check(
                flags(fallthrough("\"contextKind\":\"%s\",%s".formatted(kind, SHARES)))))
        .isEmpty();
  }

  @Test
  void refusesAPercentageByAnAttributeThatIsNeverThere() throws Exception {
    assertRefused(
        fallthrough("\"contextKind\":\"event\",\"bucketBy\":\"host\"," + SHARES),
        "flag lockstep-egress has a percentage by event 'host', which would put everybody into its"
            + " first part; leave out bucketBy");
    assertThat(
            FlagPitfalls.check(
                flags(fallthrough("\"contextKind\":\"event\",\"bucketBy\":\"key\"," + SHARES))))
        .isEmpty();
    assertThat(
            FlagPitfalls.check(
                flags(
                    fallthrough("\"contextKind\":\"customer\",\"bucketBy\":\"region\"," + SHARES))))
        .containsExactly(
            "flag lockstep-egress has a percentage by customer 'region': customers without it all"
                + " fall into its first part");
  }

  @Test
  void refusesABigSegmentAndAWeightedOneOfAnotherKind() {
    assertRefusedSegment(
        "\"unbounded\":true",
        "segment s is a big segment, whose members only LaunchDarkly knows; make it a usual one");
    assertRefusedSegment(
        "\"rules\":[{\"clauses\":[],\"weight\":0}]", "segment s has a percentage of kind 'user'");
    assertRefusedSegment(
        "\"rules\":[{\"clauses\":[],\"weight\":0,\"rolloutContextKind\":\"event\",\"bucketBy\":\"x\"}]",
        "segment s has a percentage by event 'x'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a|b)*c",
        "(a?){50}",
        ".*a.*b.*",
        "a?a?a?a?a?",
        "(a)\\\\1",
        "x(?=y)",
        "\\\\Q[\\\\E.*.*.*.*",
        "["
      })
  void refusesARegularExpressionThatMayTakeVeryLong(String regex) {
    assertRefused(clause("customer", "matches", regex), "has a regular expression that may take");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"^acme-.*", "^(acme|globex)-[a-z*+]+$", "(?i)^eu-\\\\d{4}$", "a\\\\*\\\\)*b?.*"})
  void takesARegularExpressionThatIsSoonDone(String regex) throws Exception {
    assertThat(FlagPitfalls.check(flags(clause("customer", "matches", regex)))).isEmpty();
  }

  @Test
  void tellsOfPartsThatNeverMatch() throws Exception {
    String doubtful = " of kind 'user', which no decision has; use customer, engine, event or rule";
    assertThat(FlagPitfalls.check(flags(clause("user", "in", "x"))))
        .containsExactly("flag lockstep-egress has a clause" + doubtful);
    assertThat(
            FlagPitfalls.check(
                flags("\"targets\":[{\"variation\":0,\"values\":[\"ann\"]}]" + TO_SHADOW)))
        .containsExactly("flag lockstep-egress targets keys" + doubtful);
    assertThat(
            FlagPitfalls.check(flags("\"targets\":[{\"variation\":0,\"values\":[]}]" + TO_SHADOW)))
        .isEmpty();
    assertThat(
            FlagPitfalls.check(
                flags(
                    "\"contextTargets\":[{\"contextKind\":\"device\",\"variation\":0,\"values\":[]}]"
                        + TO_SHADOW)))
        .hasSize(1);
    assertThat(FlagPitfalls.check(segment("\"included\":[\"ann\"]")))
        .containsExactly("segment s names keys" + doubtful);
    assertThat(
            FlagPitfalls.check(
                segment("\"excludedContexts\":[{\"contextKind\":\"device\",\"values\":[]}]")))
        .hasSize(1);
  }

  @Test
  void takesAClauseAboutTheKindsThemselves() throws Exception {
    String clause =
        clause("user", "in", "event").replace("\"attribute\":\"key\"", "\"attribute\":\"kind\"");
    assertThat(FlagPitfalls.check(flags(clause))).isEmpty();
  }

  private static String fallthrough(String rollout) {
    return "\"fallthrough\":{\"rollout\":{" + rollout + "}}";
  }

  private static String clause(String kind, String op, String value) {
    return "\"rules\":[{\"id\":\"r\",\"variation\":0,\"clauses\":[{\"contextKind\":\"%s\",\"attribute\":\"key\",\"op\":\"%s\",\"values\":[\"%s\"]}]}]"
            .formatted(kind, op, value)
        + TO_SHADOW;
  }

  private static FlagSet flags(String egress) {
    return FlagSet.parse(set(ingress(1, true), egress(1, egress)));
  }

  private static FlagSet segment(String rest) {
    return FlagSet.parse(
        set(ingress(1, true), egress(1, 0))
            .replace(
                "\"segments\":{}",
                "\"segments\":{\"s\":{\"key\":\"s\",\"version\":1,%s}}".formatted(rest)));
  }

  private static void assertRefused(String egress, String why) {
    assertThatThrownBy(() -> FlagPitfalls.check(flags(egress)))
        .isInstanceOf(FlagSetRefusedException.class)
        .hasMessageContaining(why);
  }

  private static void assertRefusedSegment(String rest, String why) {
    assertThatThrownBy(() -> FlagPitfalls.check(segment(rest)))
        .isInstanceOf(FlagSetRefusedException.class)
        .hasMessageContaining(why);
  }
}
