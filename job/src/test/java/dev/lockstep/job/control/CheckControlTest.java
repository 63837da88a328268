package dev.lockstep.job.control;

import static dev.lockstep.job.state.Deliveries.broken;
import static dev.lockstep.job.state.Deliveries.bundle;
import static dev.lockstep.job.state.Deliveries.rule;
import static dev.lockstep.job.state.Deliveries.rules;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.Quarantine;
import dev.lockstep.job.state.ScriptedFlags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class CheckControlTest {

  private static final RuleDocument A = rule("a", "x", "1");
  private static final RuleDocument B = rule("b", "x", "2");
  private static final RuleDocument NEXT_B = rule("b", "x", "3");

  @Test
  void passesOnABundleAndAcceptsEachOfItsRules() throws Exception {
    try (var check = CheckHarness.start()) {
      ControlUpdate passed = check.deliver(rules(bundle(A, B)));
      assertThat(passed.bundle()).isEqualTo(bundle(A, B));
      assertThat(passed.version).isEqualTo(bundle(A, B).version());
      assertThat(check.statuses())
          .extracting(status -> status.key)
          .containsExactlyInAnyOrder("blue/a", "blue/b");
      assertThat(check.gauge("rulesRejected")).isEqualTo(0);
    }
  }

  @Test
  void keepsThePreviousVersionOfABrokenFileAndAppliesTheOthers() throws Exception {
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, B)));
      ControlUpdate passed = check.deliver(rules(bundle(broken("a"), NEXT_B)));
      assertThat(passed.bundle()).isEqualTo(bundle(A, NEXT_B));
      assertThat(passed.version)
          .as("alerts name the bundle that was delivered")
          .isEqualTo(bundle(broken("a"), NEXT_B).version());
      assertThat(check.gauge("rulesRejected")).isEqualTo(1);

      check.deliver(rules(bundle(A, NEXT_B)));
      assertThat(check.gauge("rulesRejected")).isEqualTo(0);
    }
  }

  @Test
  void passesOnWhatCorrelationsArePlannedFromUnderTheNumberOfTheRules() throws Exception {
    RuleDocument correlated =
        new RuleDocument(
            "many.yml",
            """
            title: Many
            id: many
            correlation: {type: event_count, rules: [a], timespan: 1m, condition: {gte: 2}}
            """);
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, B, correlated)));
      ControlUpdate next = check.deliver(rules(bundle(A, NEXT_B)));

      assertThat(check.correlations())
          .extracting(update -> update.sequence, ControlUpdate::bundle)
          .containsExactly(tuple(1L, bundle(A, correlated)), tuple(next.sequence, bundle()));
    }
  }

  @Test
  void checksRulesBesideTheTaskWhichGoesOnMeanwhile() throws Exception {
    OperatorSubtaskState snapshot;
    try (var check = CheckHarness.start()) {
      check.deliverAtOnce(
          List.of(rules(bundle(A)), rules(bundle(A, B)), ControlUpdate.ofCustomers("acme: {}")));
      assertThat(check.passed())
          .extracting(ControlUpdate::kind)
          .containsExactly(ControlUpdate.Kind.CUSTOMERS);
      snapshot = check.snapshot();
      check.awaitChecked();
      assertThat(check.passed())
          .extracting(passed -> passed.sequence + ": " + passed.version)
          .containsExactly("2: " + bundle(A).version(), "3: " + bundle(A, B).version());
    }
    try (var restored = CheckHarness.restore(snapshot)) {
      ControlUpdate again = restored.deliver(rules(bundle(A, B)));
      assertThat(again.sequence)
          .as("what was being checked is no part of a checkpoint")
          .isEqualTo(2);
      assertThat(again.bundle()).isEqualTo(bundle(A, B));
      assertThat(restored.statuses()).hasSize(2);
    }
  }

  @Test
  void failsWithTheTaskWhatIsNoDelivery() throws Exception {
    try (var check = CheckHarness.start()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> check.deliver(ControlUpdate.ofRules("", new byte[] {7})))
          .withMessage("Rules cannot be checked");
    }
  }

  @Test
  void passesOnAGoodCustomerDirectoryAndCountsABrokenOne() throws Exception {
    try (var check = CheckHarness.start()) {
      check.deliver(
          List.of(
              ControlUpdate.ofCustomers("acme: {tier: gold}"),
              ControlUpdate.ofCustomers("acme: gold")));
      assertThat(check.passed())
          .extracting(passed -> passed.customers().directory().size())
          .containsExactly(1);
      assertThat(check.count("customersRefused")).isEqualTo(1);
    }
  }

  @Test
  void keepsAVersionFromBeforeARestoreWhenADeliveryAfterItBreaksTheFile() throws Exception {
    OperatorSubtaskState snapshot;
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, B)));
      snapshot = check.snapshot();
    }
    try (var restored = CheckHarness.restore(snapshot)) {
      ControlUpdate passed = restored.deliver(rules(bundle(broken("a"), B)));
      assertThat(passed.bundle()).isEqualTo(bundle(A, B));
      assertThat(restored.statuses()).extracting(status -> status.key).containsExactly("blue/a");
    }
  }

  @Test
  void keepsTheVersionInForceWhenTheFileWasBrokenAlreadyBeforeTheRestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, B)));
      check.deliver(rules(bundle(broken("a"), B)));
      snapshot = check.snapshot();
    }
    try (var restored = CheckHarness.restore(snapshot)) {
      ControlUpdate passed = restored.deliver(rules(bundle(broken("a"), NEXT_B)));
      assertThat(passed.bundle()).isEqualTo(bundle(A, NEXT_B));
    }
  }

  @Test
  void emitsTheStatusOfARuleOncePerChange() throws Exception {
    OperatorSubtaskState snapshot;
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, B)));
      check.deliver(List.of(rules(bundle(A, B))));
      assertThat(check.statuses()).hasSize(2);
      check.deliver(rules(bundle(A, NEXT_B)));
      assertThat(check.statuses())
          .hasSize(3)
          .last()
          .extracting(status -> status.key)
          .isEqualTo("blue/b");
      snapshot = check.snapshot();
    }
    try (var restored = CheckHarness.restore(snapshot)) {
      restored.deliver(List.of(rules(bundle(A, NEXT_B))));
      assertThat(restored.statuses()).isEmpty();
    }
  }

  @Test
  void repeatsTheStatusOfARuleThatIsRejectedStill() throws Exception {
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, broken("b"))));
      check.deliver(List.of(rules(bundle(A, broken("b")))));
      assertThat(check.statuses())
          .extracting(status -> status.key)
          .containsExactlyInAnyOrder("blue/a", "blue/file:b.yml", "blue/file:b.yml");
    }
  }

  @Test
  void writesAnAcceptedRule() throws Exception {
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A)));
      assertThat(json(check.statuses().get(0)))
          .isEqualTo(
              "{\"engine\":\"blue\",\"rule_id\":\"a\",\"status\":\"accepted\","
                  + "\"file\":\"a.yml\",\"bundle\":\"%s\",\"since\":\"1970-01-01T00:00:00Z\"}",
              bundle(A).version());
    }
  }

  @Test
  void writesARejectedRuleWithItsIssues() throws Exception {
    RuleDocument wrong = rule("a", "x|nothing", "1");
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A)));
      check.deliver(rules(bundle(wrong)));
      StatusRecord status = check.statuses().get(1);
      assertThat(status.key).isEqualTo("blue/a");
      assertThat(json(status))
          .startsWith(
              "{\"engine\":\"blue\",\"rule_id\":\"a\",\"status\":\"rejected\","
                  + "\"file\":\"a.yml\",\"bundle\":\"%s\",\"since\":\"1970-01-01T00:00:00Z\",\"issues\":[\"a.yml:7:"
                      .formatted(bundle(wrong).version()))
          .contains("nothing")
          .endsWith("],\"previous_in_force\":true}");
    }
  }

  @Test
  void writesAFileThatNeverHadARuleUnderItsPath() throws Exception {
    try (var check = CheckHarness.start()) {
      ControlUpdate passed = check.deliver(rules(bundle(A, broken("c"))));
      assertThat(passed.bundle()).isEqualTo(bundle(A));
      StatusRecord status =
          check.statuses().stream()
              .filter(each -> each.key.equals("blue/file:c.yml"))
              .findAny()
              .orElseThrow();
      assertThat(json(status))
          .contains("\"status\":\"rejected\"")
          .endsWith("\"previous_in_force\":false}");
    }
  }

  @Test
  void writesAnExpiredRule() throws Exception {
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, B)));
      ControlUpdate passed = check.deliver(rules(bundle(A)));
      assertThat(passed.bundle()).isEqualTo(bundle(A));
      StatusRecord status = check.statuses().get(2);
      assertThat(status.key).isEqualTo("blue/b");
      assertThat(json(status))
          .isEqualTo(
              "{\"engine\":\"blue\",\"rule_id\":\"b\",\"status\":\"expired\","
                  + "\"file\":\"b.yml\",\"bundle\":\"%s\",\"since\":\"1970-01-01T00:00:00Z\"}",
              bundle(A).version());
    }
  }

  @Test
  void passesOnAFlagSetAsItCame() throws Exception {
    try (var check = CheckHarness.start()) {
      ControlUpdate passed = check.deliver(ControlUpdate.ofFlags(ScriptedFlags.LIVE));
      assertThat(passed.kind()).isEqualTo(ControlUpdate.Kind.FLAGS);
      assertThat(passed.flagSet()).isEqualTo(ScriptedFlags.LIVE);
    }
  }

  @Test
  void refusesAFlagSetThatCannotBeReadAndCountsIt() throws Exception {
    try (var check = CheckHarness.start()) {
      check.deliver(ControlUpdate.ofFlags(ScriptedFlags.LIVE));
      check.deliver(List.of(ControlUpdate.ofFlags("nonsense"), ControlUpdate.ofFlags("open wide")));
      assertThat(check.passed()).isEmpty();
      assertThat(check.count("flagSetsRefused")).isEqualTo(2);

      ControlUpdate next = check.deliver(ControlUpdate.ofFlags(ScriptedFlags.LIVE));
      assertThat(next.sequence).as("refused updates have no place").isEqualTo(2);
    }
  }

  @Test
  void numbersRulesAndFlagsInOneRowThatSurvivesARestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var check = CheckHarness.start()) {
      check.deliver(
          List.of(
              rules(bundle(A)), ControlUpdate.ofFlags(ScriptedFlags.LIVE), rules(bundle(A, B))));
      assertThat(check.passed()).extracting(each -> each.sequence).containsExactly(1L, 2L, 3L);
      snapshot = check.snapshot();
    }
    try (var restored = CheckHarness.restore(snapshot)) {
      assertThat(restored.deliver(rules(bundle(A, NEXT_B))).sequence).isEqualTo(4);
    }
  }

  @Test
  void takesUpNothingWhenTheSnapshotWasBeforeTheFirstDelivery() throws Exception {
    OperatorSubtaskState snapshot;
    try (var check = CheckHarness.start()) {
      snapshot = check.snapshot();
    }
    try (var restored = CheckHarness.restore(snapshot)) {
      ControlUpdate passed = restored.deliver(rules(bundle(A, broken("b"))));
      assertThat(passed.sequence).isEqualTo(1);
      assertThat(passed.bundle()).isEqualTo(bundle(A));
    }
  }

  @Test
  void refusesABundleThatWouldRemoveMoreRulesThanIsUsualAndKeepsAll() throws Exception {
    RuleDocument c = rule("c", "x", "3");
    OperatorSubtaskState snapshot;
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, B, c)));
      check.passed();
      check.clock(5_000);
      check.deliver(List.of(rules(bundle(A))));
      assertThat(check.passed()).isEmpty();
      assertThat(check.statuses()).hasSize(3);
      assertThat(check.count("bundlesRefused")).isEqualTo(1);
      ControlNotice refused = check.notices().get(1);
      assertThat(refused.kind()).isEqualTo(ControlNotice.Kind.REFUSED);
      assertThat(refused.version).isEqualTo(bundle(A).version());
      assertThat(refused.atMillis).isEqualTo(5_000);
      assertThat(refused.reason)
          .startsWith("it would remove 2 of 3 rules in force, which is more than 50 %");
      snapshot = check.snapshot();
    }
    try (var restored = CheckHarness.restore(snapshot)) {
      assertThat(restored.deliver(rules(bundle(A, B))).bundle())
          .as("compared with what is in force, not with what was refused")
          .isEqualTo(bundle(A, B));
      assertThat(restored.statuses()).extracting(status -> status.key).containsExactly("blue/c");
    }
  }

  @Test
  void removesAnyShareOfTheRulesWhenTheBundleSaysThatItIsMeant() throws Exception {
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, B)));
      Delivery meant = new Delivery(bundle(rule("c", "x", "3")), List.of(), null, true);
      ControlUpdate passed = check.deliver(ControlUpdate.ofRules("", meant.encode()));
      assertThat(passed.bundle()).isEqualTo(meant.bundle());
      assertThat(check.count("bundlesRefused")).isZero();
    }
  }

  @Test
  void countsARuleWhoseFileIsBrokenAsStillThere() throws Exception {
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, B)));
      assertThat(check.deliver(rules(bundle(broken("a"), broken("b")))).bundle())
          .isEqualTo(bundle(A, B));
    }
  }

  @Test
  void disturbsNoSubtaskWhenTheSameComesAgain() throws Exception {
    OperatorSubtaskState snapshot;
    try (var check = CheckHarness.start()) {
      check.deliver(rules(bundle(A, broken("b"))));
      check.passed();
      check.deliver(List.of(rules(bundle(A, broken("b")))));
      assertThat(check.passed()).isEmpty();
      assertThat(check.notices()).hasSize(1);
      snapshot = check.snapshot();
    }
    try (var restored = CheckHarness.restore(snapshot)) {
      restored.deliver(List.of(rules(bundle(A, broken("b")))));
      assertThat(restored.passed()).isEmpty();
    }
  }

  @Test
  void saysOfARejectedRuleSinceWhenItIsAlsoAfterARestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var check = CheckHarness.start()) {
      check.clock(1_000);
      check.deliver(rules(bundle(A, broken("b"))));
      snapshot = check.snapshot();
    }
    try (var restored = CheckHarness.restore(snapshot)) {
      assertThat(restored.gauge("rulesRejected")).isEqualTo(1);
      restored.clock(9_000);
      restored.deliver(rules(bundle(rule("a", "x", "4"), broken("b"))));
      assertThat(restored.statuses())
          .extracting(CheckControlTest::json)
          .anySatisfy(
              json ->
                  assertThat(json).contains("\"rejected\"", "\"since\":\"1970-01-01T00:00:01Z\""))
          .anySatisfy(
              json ->
                  assertThat(json).contains("\"accepted\"", "\"since\":\"1970-01-01T00:00:09Z\""));
    }
  }

  @Test
  void givesNoticeOfWhatIsOnItsWay() throws Exception {
    try (var check = CheckHarness.start()) {
      check.clock(7_000);
      Delivery delivery =
          new Delivery(
              bundle(A, broken("b")),
              List.of(new Delivery.Part("team", "0123456789abcdef", "abc")),
              Instant.ofEpochMilli(6_500),
              false);
      ControlUpdate passed = check.deliver(ControlUpdate.ofRules("", delivery.encode()));
      ControlNotice notice = check.notices().get(0);
      assertThat(notice.kind()).isEqualTo(ControlNotice.Kind.ACCEPTED);
      assertThat(notice.sequence).isEqualTo(passed.sequence);
      assertThat(notice.version).isEqualTo(passed.version);
      assertThat(notice.atMillis).isEqualTo(7_000);
      assertThat(notice.publishedAtMillis).isEqualTo(6_500);
      assertThat(notice.rulesRejected).isEqualTo(1);
      assertThat(notice.parts)
          .isEqualTo("[{\"name\":\"team\",\"version\":\"0123456789abcdef\",\"revision\":\"abc\"}]");
    }
  }

  @Test
  void passesOnAQuarantineAndGivesNoticeOfIt() throws Exception {
    try (var check = CheckHarness.start()) {
      Quarantine held = new Quarantine(new TreeMap<>(Map.of("a", "v1", "b", "v1")));
      ControlUpdate passed = check.deliver(ControlUpdate.ofQuarantine(held.encode()));
      assertThat(passed.quarantine()).isEqualTo(held);
      assertThat(check.notices().get(0).kind()).isEqualTo(ControlNotice.Kind.QUARANTINE);
      assertThat(check.notices().get(0).rulesQuarantined).isEqualTo(2);
    }
  }

  @Test
  void answersWhoHasReleasedARule() throws Exception {
    try (var check = CheckHarness.start()) {
      Quarantine released = new Quarantine(new TreeMap<>(), new TreeSet<>(List.of("a b")));
      check.deliver(ControlUpdate.ofQuarantine(released.encode()));

      assertThat(check.notices().get(0).rulesQuarantined).isZero();
      StatusRecord answer = check.statuses().get(0);
      assertThat(answer.key).endsWith("/a b");
      assertThat(json(answer))
          .contains("\"rule_id\":\"a b\",\"status\":\"released\"", "\"answered_at\":\"");
    }
  }

  private static String json(StatusRecord status) {
    return new String(requireNonNull(status.json), UTF_8);
  }
}
