package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.member;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.flag.FlagSubject.RuleAttributes;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchDarklyFlagDecisionsTest {

  private static final String TO_LIVE = "\"fallthrough\":{\"variation\":0}";
  private static final CustomerDirectory ACME =
      directory("acme: {tier: gold, seats: 1200, managed: true, products: [edr, siem]}");
  private static final RuleAttributes RULE = new RuleAttributes("rule-1", "high", "stable");

  @ParameterizedTest
  @CsvSource({
    "acme,LIVE,TARGET_MATCH",
    "globex,SHADOW,RULE_MATCH",
    "initech,OFF,RULE_MATCH",
    "umbrella,SHADOW,FALLTHROUGH"
  })
  void decidesPerCustomer(String customer, Disposition expected, String reason) {
    String rest =
        "\"contextTargets\":[{\"contextKind\":\"customer\",\"variation\":0,\"values\":[\"acme\"]}],"
            + "\"rules\":["
            + customerRule("globex", 1)
            + ","
            + customerRule("initech", 2)
            + "],\"fallthrough\":{\"variation\":1}";
    assertThat(egressOf(egress(1, rest), subject(customer, "e1", RULE)))
        .isEqualTo(new FlagDecision<>(expected, reason));
  }

  @Test
  void decidesPerEngineAtIngress() {
    String flag =
        member(
            "lockstep-ingress",
            1,
            "true,false",
            "\"rules\":[{\"id\":\"r\",\"variation\":1,\"clauses\":["
                + clause("engine", "key", "\"green\"")
                + "]}],"
                + TO_LIVE);
    try (FlagDecisions decisions = read(set(flag, egress(1, 0)))) {
      assertThat(decisions.ingress(new FlagSubject("acme", "green", "e1", null)))
          .isEqualTo(new FlagDecision<>(false, "RULE_MATCH"));
      assertThat(decisions.ingress(new FlagSubject("acme", "blue", "e1", null)))
          .isEqualTo(new FlagDecision<>(true, "FALLTHROUGH"));
    }
  }

  @Test
  void neverSeesTheRuleAtIngress() {
    String flag =
        member(
            "lockstep-ingress",
            1,
            "true,false",
            "\"rules\":[{\"id\":\"r\",\"variation\":1,\"clauses\":["
                + clause("rule", "key", "\"-\"")
                + "]}],"
                + TO_LIVE);
    try (FlagDecisions decisions = read(set(flag, egress(1, 0)))) {
      assertThat(decisions.ingress(subject("acme", "e1", RULE)).value()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"true,LIVE", "false,SHADOW"})
  void takesABooleanForLiveOrShadow(boolean value, Disposition expected) {
    String flag =
        member(
            "lockstep-egress",
            1,
            "true,false",
            "\"fallthrough\":{\"variation\":" + (value ? 0 : 1) + "}");
    assertThat(egressOf(flag, subject("acme", "e1", RULE)).value()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "critical,experimental,SHADOW",
    "high,stable,LIVE",
    "high,experimental,SHADOW",
    ",,LIVE"
  })
  void targetsRulesByLevelAndStatus(String level, String status, Disposition expected) {
    String rest =
        "\"rules\":[{\"id\":\"r1\",\"variation\":1,\"clauses\":["
            + clause("rule", "level", "\"critical\"")
            + "]},{\"id\":\"r2\",\"variation\":1,\"clauses\":["
            + clause("rule", "status", "\"experimental\"")
            + "]}],"
            + TO_LIVE;
    RuleAttributes rule = new RuleAttributes("rule-1", level, status);
    assertThat(egressOf(egress(1, rest), subject("acme", "e1", rule)).value()).isEqualTo(expected);
  }

  @Test
  void rampsByEventAsLaunchDarklyDoesEverywhere() throws NoSuchAlgorithmException {
    int events = 100_000;
    int live = 0;
    try (FlagDecisions decisions = rollout("event");
        FlagDecisions again = rollout("event")) {
      for (int i = 0; i < events; i++) {
        String event = "event-" + i;
        FlagSubject subject = subject("customer-" + i % 7, event, RULE);
        Disposition decided = decisions.egress(subject).value();
        assertThat(decided).as(event).isEqualTo(expectedAtThirtyPercent(event));
        assertThat(again.egress(subject).value()).as(event).isEqualTo(decided);
        live += decided == Disposition.LIVE ? 1 : 0;
      }
    }
    assertThat(live).isBetween(events * 29 / 100, events * 31 / 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer", "rule"})
  void rampsByCustomerOrByRuleWhateverTheEvent(String kind) throws NoSuchAlgorithmException {
    int keys = 20_000;
    int live = 0;
    try (FlagDecisions decisions = rollout(kind);
        FlagDecisions again = rollout(kind)) {
      for (int i = 0; i < keys; i++) {
        String key = kind + "-" + i;
        Disposition decided = decisions.egress(subjectOf(kind, key, "e1")).value();
        assertThat(decided).as(key).isEqualTo(expectedAtThirtyPercent(key));
        assertThat(again.egress(subjectOf(kind, key, "e2")).value()).as(key).isEqualTo(decided);
        live += decided == Disposition.LIVE ? 1 : 0;
      }
    }
    assertThat(live).isBetween(keys * 29 / 100, keys * 31 / 100);
  }

  private static FlagDecisions rollout(String kind) {
    return read(set(ingress(1, true), egress(1, FlagJson.rollout(kind, 30))));
  }

  private static FlagSubject subjectOf(String kind, String key, String event) {
    return kind.equals("customer")
        ? subject(key, event, RULE)
        : subject("acme", event, new RuleAttributes(key, "high", "stable"));
  }

  private static Disposition expectedAtThirtyPercent(String key) throws NoSuchAlgorithmException {
    return bucket("lockstep-egress", "s4lt", key) < 0.3f ? Disposition.LIVE : Disposition.SHADOW;
  }

  @ParameterizedTest
  @CsvSource({
    "tier,in,'\"gold\"',LIVE",
    "tier,in,'\"silver\"',SHADOW",
    "seats,greaterThan,1000,LIVE",
    "managed,in,true,LIVE",
    "products,in,'\"siem\"',LIVE",
    "products,in,'\"mail\"',SHADOW"
  })
  void targetsCustomersByWhatTheDirectorySays(
      String attribute, String op, String value, Disposition expected) {
    String rest =
        "\"rules\":[{\"id\":\"r\",\"variation\":0,\"clauses\":["
            + clause("customer", attribute, value).replace("\"op\":\"in\"", "\"op\":\"" + op + "\"")
            + "]}],\"fallthrough\":{\"variation\":1}";
    String set = set(ingress(1, true), egress(1, rest));
    try (FlagDecisions decisions = read(set, ACME)) {
      assertThat(decisions.egress(subject("acme", "e1", RULE)).value()).isEqualTo(expected);
      assertThat(decisions.egress(subject("globex", "e1", RULE)).value())
          .isEqualTo(Disposition.SHADOW);
    }
  }

  @Test
  void rollsOutByAnAttributeOfCustomers() throws NoSuchAlgorithmException {
    String rollout =
        "\"fallthrough\":{\"rollout\":{\"contextKind\":\"customer\",\"bucketBy\":\"tier\",\"variations\":["
            + "{\"variation\":0,\"weight\":50000},{\"variation\":1,\"weight\":50000}]}}";
    try (FlagDecisions decisions = read(set(ingress(1, true), egress(1, rollout)), ACME)) {
      assertThat(decisions.egress(subject("acme", "e1", RULE)).value())
          .isEqualTo(
              bucket("lockstep-egress", "s4lt", "gold") < 0.5f
                  ? Disposition.LIVE
                  : Disposition.SHADOW);
    }
  }

  @Test
  void answersAlikeWhetherItHasAnsweredBeforeOrNot() {
    String inner =
        "\"inner\":{\"key\":\"inner\",\"version\":1,\"salt\":\"x\",\"includedContexts\":["
            + "{\"contextKind\":\"event\",\"values\":[\"e7\"]}]}";
    String outer =
        "\"outer\":{\"key\":\"outer\",\"version\":1,\"salt\":\"x\",\"rules\":[{\"clauses\":["
            + "{\"contextKind\":\"customer\",\"attribute\":\"key\",\"op\":\"segmentMatch\","
            + "\"values\":[\"inner\"]}]}]}";
    String platform =
        member(
            "platform",
            1,
            "true,false",
            "\"rules\":[{\"id\":\"r\",\"variation\":1,\"clauses\":[{\"contextKind\":\"customer\","
                + "\"attribute\":\"\",\"op\":\"segmentMatch\",\"values\":[\"outer\"]}]}],"
                + TO_LIVE);
    String dependent =
        egress(1, "\"prerequisites\":[{\"key\":\"platform\",\"variation\":0}]," + TO_LIVE);
    String set =
        set(ingress(1, true), dependent, platform)
            .replace("\"segments\":{}", "\"segments\":{" + outer + "," + inner + "}");
    try (FlagDecisions decisions = read(set)) {
      for (int i = 0; i < 20; i++) {
        assertThat(decisions.egress(subject("acme", "e" + i % 10, RULE)).value())
            .as("event e%d, found only through a prerequisite and two segments", i % 10)
            .isEqualTo(i % 10 == 7 ? Disposition.SHADOW : Disposition.LIVE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"contextTargets\":[{\"contextKind\":\"event\",\"variation\":1,\"values\":[\"e7\"]}],",
        "\"rules\":[{\"id\":\"r\",\"variation\":1,\"clauses\":[{\"contextKind\":\"event\",\"attribute\":\"key\",\"op\":\"in\",\"values\":[\"e7\"]}]}],"
      })
  void asksAgainWhereAFlagLooksAtTheEvent(String rest) {
    try (FlagDecisions decisions = read(set(ingress(1, true), egress(1, rest + TO_LIVE)))) {
      assertThat(decisions.egress(subject("acme", "e6", RULE)).value()).isEqualTo(Disposition.LIVE);
      assertThat(decisions.egress(subject("acme", "e7", RULE)).value())
          .isEqualTo(Disposition.SHADOW);
    }
  }

  @Test
  void tellsRulesAndCustomersApartThoughItRemembers() {
    String rest =
        "\"rules\":[{\"id\":\"r1\",\"variation\":1,\"clauses\":["
            + clause("rule", "level", "\"critical\"")
            + "]},"
            + customerRule("initech", 2)
            + "],"
            + TO_LIVE;
    RuleAttributes critical = new RuleAttributes("rule-1", "critical", "stable");
    try (FlagDecisions decisions = read(set(ingress(1, true), egress(1, rest)))) {
      for (int i = 0; i < 2; i++) {
        String event = "e" + i;
        assertThat(decisions.egress(subject("acme", event, RULE)).value())
            .isEqualTo(Disposition.LIVE);
        assertThat(decisions.egress(subject("acme", event, critical)).value())
            .isEqualTo(Disposition.SHADOW);
        assertThat(decisions.egress(subject("initech", event, RULE)).value())
            .isEqualTo(Disposition.OFF);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"contextTargets\":[{\"contextKind\":\"rule\",\"variation\":1,\"values\":[\"rule-2\"]}],",
        "\"rules\":[{\"id\":\"r\",\"variation\":1,\"clauses\":[{\"contextKind\":\"rule\",\"attribute\":\"key\",\"op\":\"endsWith\",\"values\":[\"-2\"]}]}],"
      })
  void tellsRulesApartByTheirIdsWhereAFlagDoes(String rest) {
    RuleAttributes other = new RuleAttributes("rule-2", "high", "stable");
    try (FlagDecisions decisions = read(set(ingress(1, true), egress(1, rest + TO_LIVE)))) {
      assertThat(decisions.egress(subject("acme", "e", RULE)).value()).isEqualTo(Disposition.LIVE);
      assertThat(decisions.egress(subject("acme", "e", other)).value())
          .isEqualTo(Disposition.SHADOW);
    }
  }

  /** Weights of hand-written files need not make a whole: what comes first has its share. */
  @Test
  void asksAgainWhereAWholeShareComesAfterAnother() throws NoSuchAlgorithmException {
    String rollout =
        "\"fallthrough\":{\"rollout\":{\"contextKind\":\"event\",\"variations\":["
            + "{\"variation\":0,\"weight\":30000},{\"variation\":1,\"weight\":100000}]}}";
    try (FlagDecisions decisions = read(set(ingress(1, true), egress(1, rollout)))) {
      for (int i = 0; i < 100; i++) {
        String event = "event-" + i;
        assertThat(decisions.egress(subject("acme", event, RULE)).value())
            .as(event)
            .isEqualTo(
                bucket("lockstep-egress", "s4lt", event) < 0.3f
                    ? Disposition.LIVE
                    : Disposition.SHADOW);
      }
    }
  }

  @Test
  void answersAlikeAlsoWhenItHasForgotten() {
    String rest = "\"rules\":[" + customerRule("customer-7", 1) + "]," + TO_LIVE;
    try (FlagDecisions decisions = read(set(ingress(1, true), egress(1, rest)))) {
      for (int i = 0; i < 2 * DecisionMemo.MAX_DECISIONS + 10; i++) {
        Disposition decided = decisions.egress(subject("customer-" + i, "e", RULE)).value();
        assertThat(decided).isEqualTo(i == 7 ? Disposition.SHADOW : Disposition.LIVE);
      }
      assertThat(decisions.egress(subject("customer-7", "e", RULE)).value())
          .isEqualTo(Disposition.SHADOW);
    }
  }

  @Test
  void givesNobodyWhatIsRolledOutToNobody() {
    String rollout = FlagJson.rollout("rule", 0);
    assertThat(egressOf(egress(1, rollout), subject("acme", "e1", null)).value())
        .isEqualTo(Disposition.SHADOW);
  }

  @Test
  void refusesASetThatLacksADeclaredFlag() {
    assertThatThrownBy(() -> read(set()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lacks the flag lockstep-ingress");
  }

  @ParameterizedTest
  @CsvSource({
    "1,ERROR(WRONG_TYPE)",
    "'\"loud\"',ERROR(UNKNOWN_VALUE)",
    "'\"LIVE\"',ERROR(UNKNOWN_VALUE)",
    "'{}',ERROR(WRONG_TYPE)"
  })
  void wakesNobodyWhenTheValueMakesNoSense(String value, String reason) {
    String flag = member("lockstep-egress", 1, value, TO_LIVE);
    assertThat(egressOf(flag, subject("acme", "e1", RULE)))
        .isEqualTo(new FlagDecision<>(Disposition.SHADOW, reason));
  }

  @Test
  void letsEventsInWhenTheIngressFlagIsNoBoolean() {
    String flag = member("lockstep-ingress", 1, "\"no\"", TO_LIVE);
    try (FlagDecisions decisions = read(set(flag, egress(1, 0)))) {
      assertThat(decisions.ingress(subject("acme", "e1", null)))
          .isEqualTo(new FlagDecision<>(true, "ERROR(WRONG_TYPE)"));
    }
  }

  @Test
  void wakesNobodyWhenAFlagIsMalformed() {
    String rest = "\"fallthrough\":{\"variation\":17}";
    assertThat(egressOf(egress(1, rest), subject("acme", "e1", RULE)))
        .isEqualTo(new FlagDecision<>(Disposition.SHADOW, "ERROR(MALFORMED_FLAG)"));
  }

  @Test
  void tellsAFlagThatIsOffAndAFailedPrerequisiteApart() {
    FlagSubject subject = subject("acme", "e1", RULE);
    String off = egress(1, TO_LIVE).replace("\"on\":true", "\"on\":false");
    String dependent =
        egress(1, "\"prerequisites\":[{\"key\":\"gone\",\"variation\":0}]," + TO_LIVE);
    assertThat(egressOf(off, subject)).isEqualTo(new FlagDecision<>(Disposition.SHADOW, "OFF"));
    assertThat(egressOf(off.replace("\"offVariation\":1,", ""), subject))
        .isEqualTo(new FlagDecision<>(Disposition.SHADOW, "OFF"));
    assertThat(egressOf(dependent, subject))
        .isEqualTo(new FlagDecision<>(Disposition.SHADOW, "PREREQUISITE_FAILED"));
  }

  @Test
  void wakesNobodyWhenFlagsDependOnOneAnotherInACircle() {
    String egress = egress(1, "\"prerequisites\":[{\"key\":\"other\",\"variation\":0}]," + TO_LIVE);
    String other =
        member(
            "other",
            1,
            "true,false",
            "\"prerequisites\":[{\"key\":\"lockstep-egress\",\"variation\":0}]," + TO_LIVE);
    try (FlagDecisions decisions = read(set(ingress(1, true), egress, other))) {
      assertThat(decisions.egress(subject("acme", "e1", RULE)))
          .isEqualTo(new FlagDecision<>(Disposition.SHADOW, "ERROR(MALFORMED_FLAG)"));
    }
  }

  @Test
  void takesNobodyForAMemberOfASegmentThatIsNotThere() {
    String rest =
        "\"rules\":[{\"id\":\"r\",\"variation\":0,\"clauses\":[{\"contextKind\":\"customer\","
            + "\"attribute\":\"key\",\"op\":\"segmentMatch\",\"values\":[\"gone\"]}]}],"
            + "\"fallthrough\":{\"variation\":1}";
    assertThat(egressOf(egress(1, rest), subject("acme", "e1", RULE)))
        .isEqualTo(new FlagDecision<>(Disposition.SHADOW, "FALLTHROUGH"));
  }

  @Test
  void hasTheVersionOfItsContent() {
    String set = set(ingress(1, true), egress(1, 0));
    try (FlagDecisions directed = read(set, ACME);
        FlagDecisions directedOtherwise = read(set, directory("acme: {tier: silver}"))) {
      assertThat(directed.version()).isNotEqualTo(directedOtherwise.version());
    }
    try (FlagDecisions one = read(set(ingress(1, true), egress(1, 0)));
        FlagDecisions same = read(set(egress(9, 0), ingress(9, true)));
        FlagDecisions other = read(set(ingress(1, true), egress(1, 1)))) {
      assertThat(one.version()).matches("[0-9a-f]{12}").isEqualTo(same.version());
      assertThat(one.version()).isNotEqualTo(other.version());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "null",
        "[]",
        "{\"flags\":{}}",
        "{\"flags\":{\"a\":1},\"segments\":{}}",
        "{\"flags\":{\"a\":null},\"segments\":{}}",
        "{\"flags\":{\"a\":{\"rules\":7}},\"segments\":{}}"
      })
  void refusesWhatIsNoFlagSet(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** LaunchDarkly's published bucketing, written down a second time. */
  private static float bucket(String flag, String salt, String key)
      throws NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance("SHA-1").digest((flag + "." + salt + "." + key).getBytes(UTF_8));
    String first15 = HexFormat.of().formatHex(digest).substring(0, 15);
    return (float) new BigInteger(first15, 16).longValue() / (float) 0xFFFFFFFFFFFFFFFL;
  }

  private static String customerRule(String customer, int variation) {
    return "{\"id\":\"r-"
        + customer
        + "\",\"variation\":"
        + variation
        + ",\"clauses\":["
        + clause("customer", "key", "\"" + customer + "\"")
        + "]}";
  }

  private static String clause(String kind, String attribute, String value) {
    return "{\"contextKind\":\""
        + kind
        + "\",\"attribute\":\""
        + attribute
        + "\",\"op\":\"in\",\"values\":["
        + value
        + "],\"negate\":false}";
  }

  private static FlagDecision<Disposition> egressOf(String egressFlag, FlagSubject subject) {
    try (FlagDecisions decisions = read(set(ingress(1, true), egressFlag))) {
      return decisions.egress(subject);
    }
  }

  private static CustomerDirectory directory(String text) {
    return CustomerDirectory.parse("customers.yml", text).directory();
  }

  private static FlagDecisions read(String flagSet) {
    return read(flagSet, CustomerDirectory.EMPTY);
  }

  private static FlagDecisions read(String flagSet, CustomerDirectory customers) {
    return new LaunchDarklyFlagSetReader(FlagKeys.DEFAULT).read(flagSet, customers);
  }

  private static FlagSubject subject(String customer, String event, @Nullable RuleAttributes rule) {
    return new FlagSubject(customer, "blue", event, rule);
  }
}
