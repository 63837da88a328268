package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.member;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagExplanation;
import dev.lockstep.flag.FlagReason;
import dev.lockstep.flag.FlagReason.Rollout;
import dev.lockstep.flag.FlagReason.Share;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.flag.FlagSubject.RuleAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagExplainerTest {

  private static final String TO_SHADOW = "\"fallthrough\":{\"variation\":1}";
  private static final RuleAttributes RULE = new RuleAttributes("rule-1", "high", "stable");

  private final Path folder;

  FlagExplainerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void namesTheTargetListThatHasTheCustomer() throws Exception {
    String flag =
        egress(
            1,
            "\"contextTargets\":["
                + targets("engine", 2, "\"green\"")
                + ","
                + targets("customer", 0, "\"globex\",\"acme\"")
                + "],"
                + TO_SHADOW);

    FlagExplanation<Disposition> egress = explain(flag, "acme", "e1", RULE);

    assertThat(egress)
        .isEqualTo(
            new FlagExplanation<>(
                "lockstep-egress",
                null,
                new FlagDecision<>(Disposition.LIVE, "TARGET_MATCH"),
                "\"live\"",
                new FlagReason.TargetMatch("customer", "acme", 2),
                List.of()));
  }

  @Test
  void tellsARuleByItsNumberIdAndClauses() throws Exception {
    String flag =
        egress(
            1,
            "\"rules\":["
                + rule("first", "\"variation\":2", clause("engine", "key", "in", "\"green\""))
                + ","
                + rule(
                    "second",
                    "\"variation\":0",
                    clause("rule", "status", "in", "\"stable\""),
                    clause("customer", "", "segmentMatch", "\"beta\""))
                + "],"
                + TO_SHADOW);
    String beta =
        "\"beta\":{\"key\":\"beta\",\"version\":1,\"salt\":\"x\","
            + "\"includedContexts\":[{\"contextKind\":\"customer\",\"values\":[\"acme\"]}]}";
    String set = "{\"flags\":{" + ingress(1, true) + "," + flag + "},\"segments\":{" + beta + "}}";

    assertThat(explain(set).reason())
        .isEqualTo(
            new FlagReason.RuleMatch(
                1,
                2,
                "second",
                List.of("rule status 'stable' is 'stable'", "the subject is in segment 'beta'"),
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rule|level|in|'\"high\",\"low\"'|false|rule level 'high' is any of 'high', 'low'",
        "customer|key|in|'\"x\"'|true|customer 'acme' is not 'x'",
        "customer|key|startsWith|'\"a\"'|false|customer 'acme' starts with 'a'",
        "customer|key|matches|'\"^a\"'|false|customer 'acme' matches '^a'",
        "engine|/key|in|'\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"blue\"'|false"
            + "|engine 'blue' is any of '1', '2', '3', '4', '5' and 2 more",
        "user|kind|in|'\"event\"'|false|a kind of context is 'event'"
      })
  void putsAClauseIntoWords(
      String kind, String attribute, String op, String values, boolean negate, String words)
      throws Exception {
    String clause = clause(kind, attribute, op, values).replace("false", String.valueOf(negate));
    String flag =
        egress(1, "\"rules\":[" + rule("r", "\"variation\":0", clause) + "]," + TO_SHADOW);

    assertThat(explain(flag, "acme", "e1", RULE).reason())
        .isEqualTo(new FlagReason.RuleMatch(0, 1, "r", List.of(words), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "customer", "engine", "rule"})
  void findsThePlaceInARolloutThatTheEvaluatorHasFound(String kind) throws Exception {
    String flag =
        egress(1, "\"fallthrough\":" + rollout("\"contextKind\":\"" + kind + "\"", 30_000, 20_000));
    try (FlagExplainer explainer = ofFile(set(ingress(1, true), flag))) {
      for (int i = 0; i < 500; i++) {
        FlagSubject subject =
            new FlagSubject("c" + i, "n" + i, "e" + i, new RuleAttributes("r" + i, null, null));
        FlagExplanation<Disposition> egress = explainer.egress(subject);
        Rollout rollout = rolloutOf(egress.reason());
        Share chosen = rollout.shares().get(rollout.chosen());

        assertThat(rollout.position()).isBetween(chosen.from(), chosen.to());
        assertThat(chosen.given()).isEqualTo(egress.given());
      }
    }
  }

  @Test
  void givesTheSharesAndTheBucketAsLaunchDarklyDocumentsThem() throws Exception {
    String flag =
        egress(1, "\"fallthrough\":" + rollout("\"contextKind\":\"customer\"", 25_000, 0));
    String seeded =
        egress(
            1,
            "\"fallthrough\":"
                + rollout(
                    "\"contextKind\":\"customer\",\"kind\":\"experiment\",\"seed\":61", 25_000, 0));

    Rollout plain = rolloutOf(explain(flag, "acme", "e1", RULE).reason());
    Rollout experiment = rolloutOf(explain(seeded, "acme", "e1", RULE).reason());

    // printf 'lockstep-egress.s4lt.acme' | sha1sum, and '61.acme': first 15 digits of fifteen Fs
    assertThat(plain.position()).isCloseTo(75.642, offset(0.0005));
    assertThat(experiment.position()).isCloseTo(44.958, offset(0.0005));
    assertThat(plain.value()).isEqualTo("acme");
    assertThat(plain.shares())
        .containsExactly(
            new Share("\"live\"", 0, 25),
            new Share("\"shadow\"", 25, 25),
            new Share("\"off\"", 25, 100));
  }

  @Test
  void saysWhereNobodyIsDividedBecauseTheAttributeIsNotThere() throws Exception {
    String flag =
        egress(
            1,
            "\"fallthrough\":"
                + rollout("\"contextKind\":\"customer\",\"bucketBy\":\"tier\"", 0, 0));

    FlagExplanation<Disposition> egress = explain(flag, "acme", "e1", RULE);

    Rollout rollout = rolloutOf(egress.reason());
    assertThat(egress.decision().value()).isEqualTo(Disposition.OFF);
    assertThat(rollout.value()).isNull();
    assertThat(rollout.position()).isNull();
    assertThat(rollout.chosen()).isEqualTo(2);
  }

  @Test
  void followsPrerequisitesToTheOneThatFails() throws Exception {
    String flag =
        egress(
            1,
            "\"prerequisites\":[{\"key\":\"good\",\"variation\":0},{\"key\":\"bad\",\"variation\":0}],"
                + TO_SHADOW);
    String good = member("good", 1, "true,false", "\"fallthrough\":{\"variation\":0}");
    String bad = member("bad", 1, "true,false", "\"fallthrough\":{\"variation\":1}");

    assertThat(explain(set(ingress(1, true), flag, good, bad)).reason())
        .isEqualTo(
            new FlagReason.PrerequisiteFailed(
                "bad", "true", "false", new FlagReason.Fallthrough(null)));
    assertThat(explain(set(ingress(1, true), flag, good)).reason())
        .isEqualTo(
            new FlagReason.PrerequisiteFailed(
                "bad", "null", null, new FlagReason.Failed("there is no such flag")));
  }

  @Test
  void tellsAFlagThatIsOffFromOneThatIsBroken() throws Exception {
    String off = egress(1, 0).replace("\"on\":true", "\"on\":false");
    String nothing = off.replace("\"offVariation\":1,", "");
    String broken = egress(1, 7);
    String strange = egress(1, 0).replace("\"live\"", "\"liev\"");

    assertThat(explain(off, "acme", "e1", RULE).reason()).isEqualTo(new FlagReason.Off());
    assertThat(explain(off, "acme", "e1", RULE).given()).isEqualTo("\"shadow\"");
    assertThat(explain(nothing, "acme", "e1", RULE).given()).isNull();
    assertThat(explain(broken, "acme", "e1", RULE).decision())
        .isEqualTo(new FlagDecision<>(Disposition.SHADOW, "ERROR(MALFORMED_FLAG)"));
    assertThat(explain(broken, "acme", "e1", RULE).reason()).isInstanceOf(FlagReason.Failed.class);
    assertThat(explain(strange, "acme", "e1", RULE))
        .isEqualTo(
            new FlagExplanation<>(
                "lockstep-egress",
                null,
                new FlagDecision<>(Disposition.SHADOW, "ERROR(UNKNOWN_VALUE)"),
                "\"liev\"",
                new FlagReason.Fallthrough(null),
                List.of()));
  }

  @Test
  void refusesWhatAJobWouldRefuseWithTheSameWords() {
    assertThatThrownBy(() -> ofFile(set(ingress(1, true))))
        .isInstanceOf(FlagSetRefusedException.class)
        .hasMessage("it lacks the flag lockstep-egress");
    assertThatThrownBy(() -> ofFile("{"))
        .isInstanceOf(FlagSetRefusedException.class)
        .hasMessageContaining("INVALID_DATA");
  }

  @Test
  void hasTheVersionThatTheDecisionsHave() throws Exception {
    String set = set(ingress(1, true), egress(1, 0));
    try (FlagExplainer explainer = ofFile(set);
        var decisions =
            new LaunchDarklyFlagSetReader(FlagKeys.DEFAULT)
                .read(travelling(set), CustomerDirectory.EMPTY)) {
      assertThat(explainer.version()).isEqualTo(decisions.version());
    }
  }

  private String travelling(String set) throws Exception {
    return new FlagSetFetch(settings(set)).first(Duration.ZERO).text();
  }

  private FlagExplanation<Disposition> explain(
      String egressFlag, String customer, String event, @Nullable RuleAttributes rule)
      throws Exception {
    try (FlagExplainer explainer = ofFile(set(ingress(1, true), egressFlag))) {
      return explainer.egress(subject(customer, event, rule));
    }
  }

  private FlagExplanation<Disposition> explain(String set) throws Exception {
    try (FlagExplainer explainer = ofFile(set)) {
      return explainer.egress(subject("acme", "e1", RULE));
    }
  }

  private FlagExplainer ofFile(String set) throws Exception {
    return FlagExplainer.open(settings(set), CustomerDirectory.EMPTY, Duration.ZERO);
  }

  private LaunchDarklySettings settings(String set) throws IOException {
    Path file = Files.writeString(folder.resolve("flags.json"), set);
    return LaunchDarklySettings.file(List.of(file.toString()), FlagKeys.DEFAULT);
  }

  private static FlagSubject subject(String customer, String event, @Nullable RuleAttributes rule) {
    return new FlagSubject(customer, "blue", event, rule);
  }

  private static Rollout rolloutOf(FlagReason reason) {
    Rollout rollout = ((FlagReason.Fallthrough) reason).rollout();
    if (rollout == null) {
      throw new AssertionError("there is no rollout");
    }
    return rollout;
  }

  private static String targets(String kind, int variation, String values) {
    return "{\"contextKind\":\"%s\",\"variation\":%d,\"values\":[%s]}"
        .formatted(kind, variation, values);
  }

  private static String rule(String id, String served, String... clauses) {
    return "{\"id\":\"%s\",%s,\"clauses\":[%s]}".formatted(id, served, String.join(",", clauses));
  }

  private static String clause(String kind, String attribute, String op, String values) {
    return ("{\"contextKind\":\"%s\",\"attribute\":\"%s\",\"op\":\"%s\",\"values\":[%s],"
            + "\"negate\":false}")
        .formatted(kind, attribute, op, values);
  }

  private static String rollout(String about, int live, int shadow) {
    return ("{\"rollout\":{%s,\"variations\":[{\"variation\":0,\"weight\":%d},"
            + "{\"variation\":1,\"weight\":%d},{\"variation\":2,\"weight\":%d}]}}")
        .formatted(about, live, shadow, 100_000 - live - shadow);
  }
}
