package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.member;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.launchdarkly.sdk.LDValue;
import dev.lockstep.connector.launchdarkly.FlagRoutes.Bystanders;
import dev.lockstep.connector.launchdarkly.FlagRoutes.Rerouting;
import dev.lockstep.connector.secret.SecretReference;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.flag.FlagSubject.RuleAttributes;
import dev.lockstep.migration.EngineRoute;
import dev.lockstep.migration.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlagRoutesTest {

  private static final int TENTH = 10_000;
  private static final int EVENTS = 2_000;
  private static final List<String> CUSTOMERS = List.of("acme", "globex", "initech");
  private static final Bystanders ALL =
      new Bystanders(CUSTOMERS, List.of("blue", "green", "control"), List.of("rule-1"));

  /** Flags that customers of one engine may have before a second one comes. */
  enum Before {
    /** As {@code flags init} writes them, with two customers in the list of those who are live. */
    LISTS(
        ingress(1, true).replace("\"fallthrough\"", lists("1", "") + ",\"fallthrough\""),
        egress(
            1,
            lists("0", "\"acme\",\"globex\",\"initech\"") + ",\"fallthrough\":{\"variation\":1}")),
    /** Everybody is live, and green is kept out by a rule. */
    RULES(
        member(
            "lockstep-ingress",
            3,
            "true,false",
            "\"rules\":["
                + rule("no-green", 1, clause("engine", "\"green\""))
                + "],\"fallthrough\":{\"variation\":0}"),
        egress(
            7,
            "\"rules\":["
                + rule("blue", 0, clause("engine", "\"blue\""))
                + "],\"fallthrough\":{\"variation\":1}")),
    /** A boolean flag in place of one with three answers; only the share of a rule is let in. */
    BOOLEAN(
        member(
            "lockstep-ingress",
            1,
            "false,true",
            "\"rules\":["
                + rule("blue", 1, clause("engine", "\"blue\""))
                + "],\"fallthrough\":{\"variation\":0}"),
        member(
            "lockstep-egress",
            1,
            "true,false",
            "\"contextTargets\":[],\"fallthrough\":{\"variation\":0}"));

    private final String set;

    Before(String ingress, String egress) {
      this.set = set(ingress, egress);
    }
  }

  private final Path folder;

  FlagRoutesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource(Before.class)
  void eachPatchGivesTheStageThatItIsFor(Before before) throws Exception {
    try (FakeFlagApi api = new FakeFlagApi(before.set)) {
      step(api, "acme", Stage.OFF);
      step(api, "acme", Stage.SHADOW_TRICKLE);
      step(api, "globex", Stage.OFF);
      step(api, "acme", Stage.SHADOW_FULL);
      step(api, "globex", Stage.SHADOW_FULL);
      step(api, "acme", Stage.LIVE);
      step(api, "globex", Stage.LIVE);
      step(api, "acme", Stage.RETIRED);
      step(api, "acme", Stage.LIVE);
      step(api, "acme", Stage.SHADOW_FULL);
      step(api, "acme", Stage.OFF);
      step(api, "globex", Stage.RETIRED);

      assertStage(api, "acme", Stage.OFF);
      assertStage(api, "globex", Stage.RETIRED);
    }
  }

  @Test
  void aCutOverIsOnePatchOfOneFlag() throws Exception {
    try (FakeFlagApi api = new FakeFlagApi(Before.LISTS.set)) {
      step(api, "acme", Stage.SHADOW_FULL);
      int patches = api.patches().size();

      step(api, "acme", Stage.LIVE);

      assertThat(api.patches()).hasSize(patches + 1);
    }
  }

  @Test
  void customersOfTheSameStageShareARule() throws Exception {
    try (FakeFlagApi api = new FakeFlagApi(Before.RULES.set)) {
      for (String customer : CUSTOMERS) {
        step(api, customer, Stage.SHADOW_FULL);
        step(api, customer, Stage.LIVE);
      }
      assertThat(LDValue.parse(api.engineForm()).get("flags").get("lockstep-egress").get("rules"))
          .satisfies(rules -> assertThat(rules.size()).isEqualTo(3));
    }
  }

  @Test
  void changesNothingWhereNothingHasToChange() throws Exception {
    try (FakeFlagApi api = new FakeFlagApi(Before.RULES.set);
        FlagRoutes routes = open(api)) {
      Rerouting same = routes.reroute("acme", wanted(Stage.OFF), ALL);

      assertThat(same.changes()).isEmpty();
    }
  }

  @Test
  void writesThePatchAsTheDocumentationHasIt() throws Exception {
    try (FakeFlagApi api = new FakeFlagApi(Before.LISTS.set);
        FlagRoutes routes = open(api)) {
      FlagChange egress =
          routes.reroute("acme", wanted(Stage.SHADOW_TRICKLE), ALL).changes().get(0);

      assertThat(egress.flag()).isEqualTo("lockstep-egress");
      assertThat(LDValue.parse(egress.body("production", "why")))
          .isEqualTo(
              LDValue.parse(
                  """
                  {"environmentKey": "production",
                   "comment": "why",
                   "instructions": [
                     {"kind": "removeTargets", "contextKind": "customer", "values": ["acme"],
                      "variationId": "variation-00000003"},
                     {"kind": "addRule", "variationId": "variation-00000003", "clauses": [
                       {"contextKind": "engine", "attribute": "key", "op": "in", "negate": false,
                        "values": ["blue"]},
                       {"contextKind": "customer", "attribute": "key", "op": "in", "negate": false,
                        "values": ["acme"]}]},
                     {"kind": "addRule", "variationId": "variation-00000003", "clauses": [
                       {"contextKind": "engine", "attribute": "key", "op": "in", "negate": false,
                        "values": ["control"]},
                       {"contextKind": "customer", "attribute": "key", "op": "in", "negate": false,
                        "values": ["acme"]}]}
                   ]}
                  """));
    }
  }

  @Test
  void saysInWordsWhichIdsItDoesNotKnow() throws Exception {
    try (FakeFlagApi api = new FakeFlagApi(Before.LISTS.set);
        FlagRoutes routes =
            FlagRoutes.open(file(api), CustomerDirectory.EMPTY, Duration.ZERO, null)) {
      FlagChange egress =
          routes.reroute("acme", wanted(Stage.SHADOW_TRICKLE), ALL).changes().get(0);

      assertThat(egress.body("production", "why"))
          .contains("\"variationId\": \"(id of the variation live)\"");
    }
  }

  @Test
  void refusesWhatAListOfEnginesDecides() throws Exception {
    String egress =
        egress(
            1,
            "\"contextTargets\":[{\"contextKind\":\"engine\",\"values\":[\"green\"],\"variation\":1}],"
                + "\"fallthrough\":{\"variation\":0}");
    try (FakeFlagApi api = new FakeFlagApi(set(ingress(1, true), egress));
        FlagRoutes routes = open(api)) {
      assertThatThrownBy(() -> routes.reroute("acme", wanted(Stage.LIVE), ALL))
          .isInstanceOf(FlagChangeRefusedException.class)
          .hasMessage(
              "acme in green is decided by the list of the engine 'green' of lockstep-egress, which"
                  + " is not for this customer alone; change that by hand");
    }
  }

  @Test
  void refusesAFlagThatIsOff() throws Exception {
    String off = egress(1, 0).replace("\"on\":true", "\"on\":false");
    try (FakeFlagApi api = new FakeFlagApi(set(ingress(1, true), off));
        FlagRoutes routes = open(api)) {
      assertThatThrownBy(() -> routes.reroute("acme", wanted(Stage.LIVE), ALL))
          .isInstanceOf(FlagChangeRefusedException.class)
          .hasMessageContaining("the switch (it is off) of lockstep-egress");
    }
  }

  @Test
  void refusesAFlagWithoutTheAnswer() throws Exception {
    String two = egress(1, 0).replace("\"live\",\"shadow\",\"off\"", "\"live\",\"off\"");
    try (FakeFlagApi api = new FakeFlagApi(set(ingress(1, true), two));
        FlagRoutes routes = open(api)) {
      assertThatThrownBy(() -> routes.reroute("acme", wanted(Stage.SHADOW_FULL), ALL))
          .isInstanceOf(FlagChangeRefusedException.class)
          .hasMessage("lockstep-egress has no variation \"shadow\"");
    }
  }

  @Test
  void noticesThatTheApiHasOtherFlagsThanTheEngines() throws Exception {
    try (FakeFlagApi api = new FakeFlagApi(Before.RULES.set)) {
      Path stale = folder.resolve("stale.json");
      Files.writeString(stale, Before.LISTS.set);
      LaunchDarklySettings settings =
          LaunchDarklySettings.file(List.of(stale.toString()), FlagKeys.DEFAULT);

      assertThatThrownBy(
              () -> FlagRoutes.open(settings, CustomerDirectory.EMPTY, Duration.ZERO, client(api)))
          .hasMessageContaining("lockstep-ingress is not the same in LaunchDarkly's API");
    }
  }

  @Test
  void writesAFileThatRoutesTheSame() throws Exception {
    Path file = folder.resolve("flags.json");
    Files.writeString(
        file,
        Before.LISTS.set.replace("\"segments\":{}", "\"segments\":{},\"mine\":{\"keep\":true}"));
    LaunchDarklySettings settings =
        LaunchDarklySettings.file(List.of(file.toString()), FlagKeys.DEFAULT);
    String text;
    try (FlagRoutes routes =
        FlagRoutes.open(settings, CustomerDirectory.EMPTY, Duration.ZERO, null)) {
      text = FlagFileEdit.edited(file, routes.reroute("acme", wanted(Stage.LIVE), ALL).after());
    }
    Files.writeString(file, text);

    assertThat(LDValue.parse(text).get("mine").get("keep").booleanValue()).isTrue();
    assertThat(LDValue.parse(text).get("flags").get("lockstep-egress").get("salt").stringValue())
        .isEqualTo("s4lt");
    try (FlagRoutes routes =
        FlagRoutes.open(settings, CustomerDirectory.EMPTY, Duration.ZERO, null)) {
      assertThat(stage(routes, "acme")).isEqualTo(Stage.LIVE);
    }
  }

  /** Makes the step by the API, and judges what the flags decide then by the engines' evaluator. */
  private void step(FakeFlagApi api, String customer, Stage stage) throws Exception {
    List<String> otherwise = new ArrayList<>();
    for (String other : CUSTOMERS) {
      if (!other.equals(customer)) {
        otherwise.add(decisions(api, other).toString());
      }
    }
    try (FlagRoutes routes = open(api)) {
      for (FlagChange change : routes.reroute(customer, wanted(stage), ALL).changes()) {
        applied(api, change);
      }
    }
    assertStage(api, customer, stage);
    for (String other : CUSTOMERS) {
      if (!other.equals(customer)) {
        assertThat(decisions(api, other).toString()).isIn(otherwise);
      }
    }
  }

  private static void applied(FakeFlagApi api, FlagChange change) throws Exception {
    client(api).apply(change, "a step");
  }

  private void assertStage(FakeFlagApi api, String customer, Stage stage) throws Exception {
    Decided blue = decided(api, customer, "blue");
    Decided green = decided(api, customer, "green");
    Decided expectedBlue = expected(stage.routes(TENTH).from());
    Decided expectedGreen = expected(stage.routes(TENTH).to());
    assertThat(blue.letIn).isBetween(expectedBlue.letIn - 60, expectedBlue.letIn + 60);
    assertThat(green.letIn).isBetween(expectedGreen.letIn - 60, expectedGreen.letIn + 60);
    if (blue.letIn > 0) {
      assertThat(blue.egress).isEqualTo(expectedBlue.egress);
    }
    if (green.letIn > 0) {
      assertThat(green.egress).isEqualTo(expectedGreen.egress);
    }
    try (FlagRoutes routes = open(api)) {
      assertThat(stage(routes, customer)).isEqualTo(stage);
    }
  }

  private static Stage stage(FlagRoutes routes, String customer) {
    return Stage.of(
        routes.route(customer, "blue", List.of("rule-1")),
        routes.route(customer, "green", List.of("rule-1")));
  }

  /** What the evaluator lets in of some events, and where it sends all alerts. */
  private record Decided(long letIn, List<Disposition> egress) {}

  private static Decided expected(EngineRoute route) {
    return new Decided(
        (long) EVENTS * requireNonNull(route.intake()) / EngineRoute.ALL,
        List.of(requireNonNull(route.egress())));
  }

  private static List<Decided> decisions(FakeFlagApi api, String customer) throws Exception {
    return List.of(
        decided(api, customer, "blue"),
        decided(api, customer, "green"),
        decided(api, customer, "control"));
  }

  private static Decided decided(FakeFlagApi api, String customer, String engine) throws Exception {
    String travelling =
        FlagSelection.select(FlagSet.parse(api.engineForm()).items(), FlagKeys.DEFAULT).text();
    try (FlagDecisions flags =
        new LaunchDarklyFlagSetReader(FlagKeys.DEFAULT).read(travelling, CustomerDirectory.EMPTY)) {
      long letIn =
          IntStream.range(0, EVENTS)
              .filter(i -> flags.ingress(new FlagSubject(customer, engine, "e" + i, null)).value())
              .count();
      List<Disposition> egress =
          IntStream.range(0, EVENTS)
              .mapToObj(
                  i ->
                      flags
                          .egress(
                              new FlagSubject(
                                  customer,
                                  engine,
                                  "e" + i,
                                  new RuleAttributes("rule-" + i % 3, "high", "stable")))
                          .value())
              .distinct()
              .toList();
      return new Decided(letIn, egress);
    }
  }

  private static Map<String, EngineRoute> wanted(Stage stage) {
    return Map.of("blue", stage.routes(TENTH).from(), "green", stage.routes(TENTH).to());
  }

  private FlagRoutes open(FakeFlagApi api) throws Exception {
    return FlagRoutes.open(file(api), CustomerDirectory.EMPTY, Duration.ZERO, client(api));
  }

  private LaunchDarklySettings file(FakeFlagApi api) throws Exception {
    Path file = folder.resolve("served.json");
    Files.writeString(file, api.engineForm());
    return LaunchDarklySettings.file(List.of(file.toString()), FlagKeys.DEFAULT);
  }

  static FlagApi client(FakeFlagApi api) throws Exception {
    Path token = Files.createTempFile("token", "");
    token.toFile().deleteOnExit();
    Files.writeString(token, FakeFlagApi.TOKEN + "\n");
    return new FlagApi(
        new FlagApiSettings(
            api.uri(),
            SecretReference.parse("file:" + token),
            FakeFlagApi.PROJECT,
            FakeFlagApi.ENVIRONMENT),
        Clock.systemUTC());
  }

  private static String lists(String variation, String customers) {
    return "\"contextTargets\":[{\"contextKind\":\"customer\",\"values\":[%s],\"variation\":%s}]"
        .formatted(customers, variation);
  }

  private static String rule(String id, int variation, String clause) {
    return "{\"id\":\"%s\",\"variation\":%d,\"clauses\":[%s]}".formatted(id, variation, clause);
  }

  private static String clause(String kind, String values) {
    return "{\"contextKind\":\"%s\",\"attribute\":\"key\",\"op\":\"in\",\"values\":[%s],\"negate\":false}"
        .formatted(kind, values);
  }
}
