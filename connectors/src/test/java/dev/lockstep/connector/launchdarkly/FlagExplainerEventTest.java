package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.FlagSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an explanation says of the event and the rule where they are not known. */
class FlagExplainerEventTest {

  private static final String TO_SHADOW = "\"fallthrough\":{\"variation\":1}";
  private static final String BY_EVENT =
      "\"rollout\":{\"contextKind\":\"event\",\"variations\":["
          + "{\"variation\":0,\"weight\":25000},{\"variation\":1,\"weight\":75000}]}";

  private final Path folder;

  FlagExplainerEventTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aPercentageOfEventsIsAPartOnlyOnTheWayToTheAnswer() throws Exception {
    String flag =
        egress(
            1,
            "\"contextTargets\":[{\"contextKind\":\"customer\",\"variation\":0,\"values\":[\"acme\"]}],"
                + "\"fallthrough\":{"
                + BY_EVENT
                + "}");

    assertThat(eventParts(flag, "acme")).isEmpty();
    assertThat(eventParts(flag, "initech")).containsExactly("the default percentages");
  }

  @Test
  void aRuleThatIsPassedIsAPartAndALaterOneIsNot() throws Exception {
    String rules =
        "\"rules\":["
            + rule("event", "startsWith", "x", "\"variation\":2")
            + ","
            + rule("customer", "in", "acme", BY_EVENT)
            + ","
            + rule("event", "startsWith", "y", "\"variation\":2")
            + "],";

    assertThat(eventParts(egress(1, rules + TO_SHADOW), "acme"))
        .containsExactly("rule 1", "the percentages of rule 2");
    assertThat(eventParts(egress(1, rules + TO_SHADOW), "globex"))
        .containsExactly("rule 1", "rule 3");
  }

  @Test
  void listsOfEventsAndPrerequisitesAreParts() throws Exception {
    String lists =
        "\"contextTargets\":[{\"contextKind\":\"event\",\"variation\":0,\"values\":[\"e1\"]}],";
    String prerequisite = "\"prerequisites\":[{\"key\":\"canary\",\"variation\":0}],";
    String canary = member("canary", 1, "true,false", "\"fallthrough\":{" + BY_EVENT + "}");

    assertThat(eventParts(egress(1, lists + TO_SHADOW), "acme")).containsExactly("a target list");
    assertThat(eventParts(egress(1, prerequisite + TO_SHADOW) + "," + canary, "acme"))
        .containsExactly("the prerequisite 'canary'");
  }

  @Test
  void whereOneVariationHasAllOrTheFlagIsOffTheEventIsNotAskedFor() throws Exception {
    String all =
        "\"fallthrough\":{" + BY_EVENT.replace("25000", "0").replace("75000", "100000") + "}";
    String off =
        egress(1, "\"fallthrough\":{" + BY_EVENT + "}").replace("\"on\":true", "\"on\":false");

    assertThat(eventParts(egress(1, all), "acme")).isEmpty();
    assertThat(eventParts(off, "acme")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rule,true", "customer,false"})
  void theRuleIsAskedForByAFlagASegmentOrAPrerequisite(String kind, boolean asked)
      throws Exception {
    String rules = "\"rules\":[" + rule(kind, "in", "x", "\"variation\":0") + "],";
    String inSegment =
        "\"rules\":[{\"variation\":0,\"clauses\":[{\"contextKind\":\"customer\",\"attribute\":\"\","
            + "\"op\":\"segmentMatch\",\"values\":[\"outer\"]}]}],";
    String prerequisite = "\"prerequisites\":[{\"key\":\"other\",\"variation\":0}],";
    String other = member("other", 1, "true,false", rules + "\"fallthrough\":{\"variation\":0}");

    assertThat(asksForRule(egress(1, rules + TO_SHADOW), kind)).isEqualTo(asked);
    assertThat(asksForRule(egress(1, inSegment + TO_SHADOW), kind)).isEqualTo(asked);
    assertThat(asksForRule(egress(1, prerequisite + TO_SHADOW) + "," + other, kind))
        .isEqualTo(asked);
  }

  private boolean asksForRule(String flags, String segmentsAskFor) throws Exception {
    try (FlagExplainer explainer = open(flags, segmentsAskFor)) {
      return explainer.egressAsksForRule();
    }
  }

  private List<String> eventParts(String flags, String customer) throws Exception {
    try (FlagExplainer explainer = open(flags, "customer")) {
      return explainer.egress(new FlagSubject(customer, "blue", "<any event>", null)).eventParts();
    }
  }

  /** A set with a segment that another one leads to, which asks for a kind. */
  private FlagExplainer open(String flags, String segmentsAskFor) throws Exception {
    String set =
        "{\"flags\":{"
            + ingress(1, true)
            + ","
            + flags
            + "},\"segments\":{"
            + segment("outer", "segmentMatch", "inner", "customer")
            + ","
            + segment("inner", "in", "x", segmentsAskFor)
            + "}}";
    return FlagExplainer.open(settings(set), CustomerDirectory.EMPTY, Duration.ZERO);
  }

  private LaunchDarklySettings settings(String set) throws IOException {
    Path file = Files.writeString(folder.resolve("flags.json"), set);
    return LaunchDarklySettings.file(List.of(file.toString()), FlagKeys.DEFAULT);
  }

  private static String segment(String key, String op, String value, String kind) {
    return "\"%1$s\":{\"key\":\"%1$s\",\"version\":1,\"salt\":\"x\",\"rules\":[{\"clauses\":[%2$s]}]}"
        .formatted(key, clause(kind, op, value));
  }

  private static String rule(String kind, String op, String value, String served) {
    return "{\"id\":\"r\",%s,\"clauses\":[%s]}".formatted(served, clause(kind, op, value));
  }

  private static String clause(String kind, String op, String value) {
    return "{\"contextKind\":\"%s\",\"attribute\":\"key\",\"op\":\"%s\",\"values\":[\"%s\"]}"
        .formatted(kind, op, value);
  }
}
