package dev.lockstep.job.detect;

import static dev.lockstep.job.state.Deliveries.everything;
import static dev.lockstep.job.state.Deliveries.flags;
import static dev.lockstep.job.state.Deliveries.rule;
import static dev.lockstep.job.state.Deliveries.rules;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Retry;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledHarness;
import dev.lockstep.job.state.CustomerCounts;
import dev.lockstep.job.state.Deliveries;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.job.state.HourlyCounts;
import dev.lockstep.job.state.Quarantine;
import dev.lockstep.job.state.ScriptedFlags;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.EventFate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DetectFunctionTest {

  private static final long TIME = 1_767_225_600_000L;
  private static final LockstepConfig.Lateness LATENESS =
      new LockstepConfig.Lateness(Duration.ofMinutes(15), /* kept= */ true);
  private static final OutputTag<DeadLetterRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetterRecord.class));
  private static final LockstepConfig.RuleLimits LIMITS =
      new LockstepConfig.RuleLimits(
          /* matchesPerMinute= */ 1000,
          /* timeShare= */ 1,
          /* faultsPerMinute= */ 2,
          /* keptPerGroup= */ 1000);
  private static final OutputTag<StatusRecord> RULE_STATUS =
      new OutputTag<>("rule-status", TypeInformation.of(StatusRecord.class));
  private static final OutputTag<GroupOccurrences> OCCURRENCES =
      new OutputTag<>("occurrences", TypeInformation.of(GroupOccurrences.class));
  private static final OutputTag<ControlNotice> NOTICES =
      new OutputTag<>("notices", TypeInformation.of(ControlNotice.class));
  private static final int MAX_EVENT_BYTES = 2000;
  private static final String LOGON = "{\"action\":\"logon\",\"user\":\"root\"}";

  @Test
  void saysInTheAlertWhatWasFoundInWhatByWhichContent() throws Exception {
    RuleDocument rule = rule("root-logon", "user", "root");
    try (var harness = start()) {
      harness.control(everything(rule));
      harness.send(event("acme", "e1", LOGON));
      AlertRecord record = harness.output().get(0);
      Alert alert = AlertJson.read(record.json);
      assertThat(record.alertId)
          .isEqualTo(alert.id())
          .isEqualTo(AlertId.ofEvent("acme", "root-logon", "e1"));
      assertThat(record.customer).isEqualTo(alert.customer()).isEqualTo("acme");
      assertThat(record.ruleId).isEqualTo(alert.rule().id()).isEqualTo("root-logon");
      assertThat(record.lane).isEmpty();
      assertThat(alert.routing()).isNull();
      assertThat(alert.engine()).isEqualTo("blue");
      assertThat(alert.bundle()).isEqualTo(Deliveries.bundle(rule).version());
      assertThat(alert.occurredAt()).hasToString("2026-01-01T00:00:00Z");
      assertThat(alert.matchedFields()).containsOnly(entry("user", "root"));
      assertThat(alert.events()).singleElement().extracting("json").isEqualTo(LOGON);
      assertThat(harness.metrics().count("rule=root-logon/matches")).isEqualTo(1);
    }
  }

  @Test
  void keepsWhatComesInThroughAClosedIngressFromEveryRule() throws Exception {
    try (var harness = start()) {
      harness.control(rules(1, rule("r", "user", "root")), flags(2, "acme live"));
      harness.send(event("acme", "1", LOGON), event("acme", "2", "not JSON"));
      assertThat(harness.output()).isEmpty();
      assertThat(harness.sideOutput(DEAD_LETTERS)).isEmpty();
      assertThat(harness.metrics().count("customer=acme/eventsGated")).isEqualTo(2);

      harness.send(event("globex", "3", LOGON));
      assertThat(harness.output()).extracting(alert -> alert.customer).containsExactly("globex");
      assertThat(harness.metrics().count("reason=SCRIPTED/flagReasons")).isEqualTo(3);
    }
  }

  @Test
  void countsWhatItDoesForEachCustomerAndHour() throws Exception {
    try (var harness = start()) {
      RuleDocument rule = rule("r", "user", "root");
      harness.control(rules(1, rule), flags(2, "acme live"));
      EventRecord nextHour = event("globex", "4", LOGON);
      nextHour.occurredAtMillis += 3_600_000;
      harness.send(
          event("acme", "1", LOGON),
          event("globex", "2", LOGON),
          event("globex", "3", "not JSON"),
          nextHour);
      assertThat(harness.sideOutput(HourlyCounts.TAG)).isEmpty();
      harness.snapshot();

      List<CustomerCounts> told = harness.sideOutput(HourlyCounts.TAG);
      Counts acme = HourlyCounts.sum(told, "acme", TIME);
      assertThat(acme).hasToString("EVENTS gated 1, EVENTS in 1, FLAGS acme live 1");
      assertThat(HourlyCounts.sum(told, "globex", TIME))
          .hasToString(
              "EVENTS in 2, EVENTS judged 1, MATCHES r 1, BUNDLES %s 1, FLAGS acme live 2"
                  .formatted(Deliveries.bundle(rule).version()));
      assertThat(HourlyCounts.sum(told, "globex", TIME + 3_600_000).of(EventFate.JUDGED))
          .isEqualTo(1);
      harness.snapshot();
      assertThat(harness.sideOutput(HourlyCounts.TAG)).as("told once").hasSameSizeAs(told);
    }
  }

  @Test
  void saysWhatItCountedBeforeEventTimePassesTheHour() throws Exception {
    try (var harness = start()) {
      harness.control(everything(rule("r", "user", "root")));
      harness.watermark(TIME);
      harness.send(event("acme", "1", LOGON));
      harness.watermark(TIME + 1);
      assertThat(harness.sideOutput(HourlyCounts.TAG)).isEmpty();
      harness.watermark(TIME + 3_600_000);
      assertThat(harness.sideOutput(HourlyCounts.TAG)).hasSize(1);
    }
  }

  @Test
  void saysWhichFlagsDecide() throws Exception {
    try (var harness = start()) {
      harness.control(rules(1, rule("r", "user", "root")), flags(2, "acme live"));
      ControlNotice notice = harness.sideOutput(NOTICES).get(0);
      assertThat(notice.kind()).isEqualTo(ControlNotice.Kind.FLAGS);
      assertThat(notice.version).isEqualTo("acme live");
      assertThat(notice.sequence).isEqualTo(2);
      assertThat(notice.parallelism).isEqualTo(1);
    }
  }

  @Test
  void opensTheIngressWithTheNextFlagSet() throws Exception {
    try (var harness = start()) {
      harness.control(rules(1, rule("r", "user", "root")), flags(2, "acme live"));
      harness.send(event("acme", "1", LOGON));
      harness.control(flags(3, ScriptedFlags.LIVE));
      harness.send(event("acme", "2", LOGON));
      assertThat(eventsOf(harness.output())).containsExactly("2");
    }
  }

  @Test
  void judgesUnderTheMappingAndCountsRulesNotTheirVariants() throws Exception {
    String mapping =
        """
        logsources: [{logsource: {product: test}, when: {action: logon}}]
        fields: {user: who}
        customers: {globex: {fields: {user: user}}}
        """;
    try (var harness = start(new MappedRules(List.of(new MappingDocument("m", mapping))))) {
      RuleDocument other = rule("other", "user", "root");
      String text = other.text().replace("product: test", "product: unknown");
      harness.control(everything(rule("r", "user", "root"), new RuleDocument(other.path(), text)));
      harness.send(
          event("acme", "1", "{\"action\":\"logon\",\"who\":\"root\"}"),
          event("acme", "2", LOGON),
          event("acme", "3", "{\"action\":\"logoff\",\"who\":\"root\"}"),
          event("globex", "4", LOGON));
      List<AlertRecord> alerts = harness.output();
      assertThat(eventsOf(alerts)).containsExactly("1", "4");
      assertThat(rulesOf(alerts)).containsOnly("r");
      assertThat(harness.metrics().gauge("rulesActive")).isEqualTo(1);
      assertThat(harness.metrics().gauge("rulesUncovered")).isEqualTo(1);
    }
  }

  @Test
  void raisesOneAlertForEachOfTwoRules() throws Exception {
    try (var harness = start()) {
      harness.control(everything(rule("a", "user", "root"), rule("b", "action", "logon")));
      harness.send(event("acme", "1", LOGON));
      assertThat(rulesOf(harness.output())).containsExactly("a", "b");
    }
  }

  @Test
  void raisesAllAlertsOfMoreThanTenRules() throws Exception {
    RuleDocument[] many =
        IntStream.range(0, 300)
            .mapToObj(i -> rule("rule-%03d".formatted(i), "user", "root"))
            .toArray(RuleDocument[]::new);
    try (var harness = start()) {
      harness.control(everything(many));
      assertThat(harness.metrics().gauge("rulesActive")).isEqualTo(300);
      harness.send(event("acme", "1", LOGON));
      assertThat(rulesOf(harness.output())).hasSize(300).doesNotHaveDuplicates();
      assertThat(harness.metrics().count("rule=other/matches")).isEqualTo(100);
    }
  }

  @Test
  void keepsAnEventThatCannotBeReadAsADeadLetterAndGoesOn() throws Exception {
    try (var harness = start()) {
      harness.control(everything(rule("r", "user", "root")));
      harness.send(event("acme", "1", "{\"user\":"), event("acme", "2", LOGON));
      assertThat(eventsOf(harness.output())).containsExactly("2");
      DeadLetterRecord letter = harness.sideOutput(DEAD_LETTERS).get(0);
      assertThat(harness.sideOutput(DEAD_LETTERS)).hasSize(1);
      assertThat(letter.deadLetterClass).isEqualTo("MALFORMED");
      assertThat(letter.reason).startsWith("line 1, column ");
      assertThat(letter.origin).isEqualTo("events/0/1");
      assertThat(letter.customer).isEqualTo("acme");
      assertThat(letter.bytes).asString(UTF_8).isEqualTo("{\"user\":");
      assertThat(harness.metrics().count("class=MALFORMED/deadLetters")).isEqualTo(1);
    }
  }

  @Test
  void keepsAnEventThatARuleFailsOnAsADeadLetterBesideTheAlertsOfTheOthers() throws Exception {
    RuleCompiler compiler = () -> (version, bundle) -> FailingRule.among(version, bundle, "user");
    try (var harness = start(compiler)) {
      harness.control(everything(rule("a", "user", "*oo*"), rule("b", "action", "logon")));
      harness.send(event("acme", "1", "{\"action\":\"logon\",\"user\":17}"));
      assertThat(rulesOf(harness.output())).containsExactly("b");
      DeadLetterRecord letter = harness.sideOutput(DEAD_LETTERS).get(0);
      assertThat(harness.sideOutput(DEAD_LETTERS)).hasSize(1);
      assertThat(letter.deadLetterClass).isEqualTo("RULE_ERROR");
      assertThat(letter.reason)
          .isEqualTo("rule failing failed: java.lang.IllegalStateException: out of order");
      assertThat(letter.origin).isEqualTo("events/0/1");
      assertThat(harness.metrics().count("class=RULE_ERROR/deadLetters")).isEqualTo(1);
    }
  }

  @Test
  void namesALargeEventInsteadOfCarryingIt() throws Exception {
    String fits = padded(MAX_EVENT_BYTES);
    String large = padded(MAX_EVENT_BYTES + 1);
    try (var harness = start()) {
      harness.control(everything(rule("r", "user", "root")));
      harness.send(event("acme", "1", fits), event("acme", "2", large));
      List<AlertRecord> alerts = harness.output();
      assertThat(carried(alerts.get(0))).isEqualTo(fits);
      assertThat(carried(alerts.get(1)))
          .isEqualTo(
              "{\"lockstep.omitted\":\"2001 bytes; the event is at its origin\","
                  + "\"lockstep.origin\":\"events/0/2\"}");
      assertThat(alerts.get(1).alertId).isEqualTo(AlertId.ofEvent("acme", "r", "2"));
    }
  }

  @Test
  void leavesOutACustomerThatTheRuleExcepts() throws Exception {
    RuleDocument excepting = rule("r", "user", "root", "lockstep: {customers: {except: [acme]}}");
    try (var harness = start()) {
      harness.control(everything(excepting));
      harness.send(event("acme", "1", LOGON), event("globex", "2", LOGON));
      assertThat(eventsOf(harness.output())).containsExactly("2");
    }
  }

  @Test
  void judgesTheNextEventByTheNextBundleAlone() throws Exception {
    RuleDocument[] next = {rule("new", "user", "root")};
    try (var harness = start()) {
      harness.control(everything(rule("old", "user", "root")));
      harness.send(event("acme", "1", LOGON));
      harness.control(rules(3, next));
      harness.send(event("acme", "2", LOGON));
      List<AlertRecord> alerts = harness.output();
      assertThat(rulesOf(alerts)).containsExactly("old", "new");
      assertThat(AlertJson.read(alerts.get(1).json).bundle())
          .isEqualTo(Deliveries.bundle(next).version());
      assertThat(harness.metrics().gauge("rulesActive")).isEqualTo(1);
    }
  }

  @Test
  void judgesHeldEventsByTheRulesThatTheyWaitedFor() throws Exception {
    try (var harness = start()) {
      harness.send(event("acme", "1", LOGON), event("acme", "2", "not JSON"));
      harness.control(everything(rule("r", "user", "root")));
      assertThat(eventsOf(harness.output())).containsExactly("1");
      assertThat(harness.sideOutput(DEAD_LETTERS)).hasSize(1);
      assertThat(harness.keyedStateEntries()).isZero();
    }
  }

  @Test
  void judgesTheNextTryOfALetterByItsRuleAlone() throws Exception {
    try (var harness = start()) {
      harness.control(everything(rule("a", "user", "root"), rule("b", "action", "logon")));
      harness.send(tryOf(event("acme", "1", LOGON), DeadLetterClass.RULE_ERROR, "b", 2));
      assertThat(rulesOf(harness.output())).containsExactly("b");
      DeadLetterRecord note = harness.sideOutput(DEAD_LETTERS).get(0);
      assertThat(note.command).isEqualTo("resolved");
      assertThat(note.identity()).isEqualTo("events/0/1 RULE_ERROR b");
      assertThat(note.attempt).isEqualTo(2);
      assertThat(harness.metrics().count("class=RULE_ERROR/deadLettersResolved")).isEqualTo(1);
    }
  }

  @Test
  void keepsATryThatFailsAgainAsTheSameLetterOneAttemptOn() throws Exception {
    RuleCompiler compiler = () -> (version, bundle) -> FailingRule.among(version, bundle, "user");
    try (var harness = start(compiler)) {
      harness.control(everything(rule("b", "action", "logon")));
      EventRecord event = event("acme", "1", "{\"action\":\"logon\",\"user\":17}");
      event.transport = new Transport(null, 7, RecordHeaders.NONE);
      harness.send(event);
      DeadLetterRecord first = harness.sideOutput(DEAD_LETTERS).get(0);
      assertThat(first.ruleId).isEqualTo("failing");
      assertThat(first.attempt).isZero();
      assertThat(first.transport).usingRecursiveComparison().isEqualTo(event.transport);
      harness.output();

      harness.send(tryOf(event, DeadLetterClass.RULE_ERROR, "failing", 1));
      assertThat(harness.output()).isEmpty();
      assertThat(harness.sideOutput(DEAD_LETTERS)).hasSize(2);
      DeadLetterRecord second = harness.sideOutput(DEAD_LETTERS).get(1);
      assertThat(second.identity()).isEqualTo(first.identity());
      assertThat(second.attempt).isEqualTo(1);
      assertThat(second.command).isNull();
    }
  }

  @Test
  void resolvesATryForARuleThatIsGone() throws Exception {
    try (var harness = start()) {
      harness.control(everything(rule("a", "user", "root")));
      harness.send(tryOf(event("acme", "1", LOGON), DeadLetterClass.RULE_ERROR, "gone", 1));
      assertThat(harness.output()).isEmpty();
      assertThat(harness.sideOutput(DEAD_LETTERS))
          .extracting(note -> note.command)
          .containsExactly("resolved");
      assertThat(harness.metrics().count("retriesWithoutRule")).isEqualTo(1);
    }
  }

  @Test
  void judgesTheTryOfALetterWithoutRuleByAllRules() throws Exception {
    try (var harness = start()) {
      harness.control(everything(rule("a", "user", "root"), rule("b", "action", "logon")));
      harness.send(tryOf(event("acme", "1", LOGON), DeadLetterClass.NO_CUSTOMER, null, 0));
      assertThat(rulesOf(harness.output())).containsExactly("a", "b");
      assertThat(harness.sideOutput(DEAD_LETTERS))
          .extracting(DeadLetterRecord::identity)
          .containsExactly("events/0/1 NO_CUSTOMER");
    }
  }

  @Test
  void losesNoTryThatTheIngressKeepsOut() throws Exception {
    try (var harness = start()) {
      harness.control(rules(1, rule("r", "user", "root")), flags(2, "acme live"));
      harness.send(tryOf(event("acme", "1", LOGON), DeadLetterClass.RULE_ERROR, "r", 1));
      assertThat(harness.output()).isEmpty();
      assertThat(harness.sideOutput(DEAD_LETTERS)).hasSize(1);
      DeadLetterRecord letter = harness.sideOutput(DEAD_LETTERS).get(0);
      assertThat(letter.identity()).isEqualTo("events/0/1 RULE_ERROR r");
      assertThat(letter.attempt).isEqualTo(1);
      assertThat(letter.command).isNull();
      assertThat(letter.reason).isEqualTo("the ingress flag does not let it in any more");
    }
  }

  @Test
  void judgesALateEventAsUsualAndKeepsAndCountsIt() throws Exception {
    try (var harness = start()) {
      harness.control(everything(rule("r", "user", "root")));
      long allowed = LATENESS.allowed().toMillis();
      harness.watermark(TIME + allowed);
      harness.send(event("acme", "1", LOGON));
      assertThat(harness.sideOutput(DEAD_LETTERS)).isEmpty();

      harness.watermark(TIME + allowed + 1);
      harness.send(event("acme", "2", LOGON));
      assertThat(eventsOf(harness.output())).containsExactly("1", "2");
      DeadLetterRecord letter = harness.sideOutput(DEAD_LETTERS).get(0);
      assertThat(letter.deadLetterClass).isEqualTo("LATE");
      assertThat(letter.reason)
          .isEqualTo(
              "the event of 2026-01-01T00:00:00Z came more than 15 min behind event time; it was"
                  + " judged as usual");
      assertThat(letter.origin).isEqualTo("events/0/2");
      assertThat(harness.metrics().count("eventsLate")).isEqualTo(1);
      assertThat(harness.metrics().count("class=LATE/deadLetters")).isEqualTo(1);
    }
  }

  @Test
  void onlyCountsLateEventsWhereTheyAreNotToBeKept() throws Exception {
    var lateness = new LockstepConfig.Lateness(Duration.ZERO, /* kept= */ false);
    try (var harness = start(new MappedRules(List.of()), lateness)) {
      harness.control(everything(rule("r", "user", "root")));
      harness.watermark(TIME + 1);
      harness.send(event("acme", "1", LOGON));
      assertThat(harness.output()).hasSize(1);
      assertThat(harness.sideOutput(DEAD_LETTERS)).isEmpty();
      assertThat(harness.metrics().count("eventsLate")).isEqualTo(1);
    }
  }

  @Test
  void callsNoEventLateForHavingWaitedForRulesNorATryForHavingWaited() throws Exception {
    try (var harness = start()) {
      harness.send(event("acme", "1", LOGON));
      harness.watermark(Long.MAX_VALUE);
      harness.control(everything(rule("r", "user", "root")));
      harness.send(tryOf(event("acme", "2", LOGON), DeadLetterClass.RULE_ERROR, "r", 1));
      assertThat(eventsOf(harness.output())).containsExactly("1", "2");
      assertThat(harness.metrics().count("eventsLate")).isZero();
    }
  }

  @Test
  void judgesByTheRulesBeforeWhileTheNextOnesAreBeingCompiled() throws Exception {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    RuleCompiler slow =
        () -> {
          RuleRevisions revisions = new MappedRules(List.of()).start();
          return (version, bundle) -> {
            if (bundle.documents().size() == 2) {
              awaited(mayGoOn);
            }
            return revisions.next(version, bundle);
          };
        };
    RuleDocument a = rule("a", "user", "root");
    RuleDocument b = rule("b", "user", "root");
    try (var harness = start(slow)) {
      harness.control(everything(a));
      harness.controlAtOnce(rules(3, a, b));
      harness.send(event("acme", "1", LOGON));
      harness.doWhatWasPutOff();
      harness.send(event("acme", "2", LOGON));
      assertThat(rulesOf(harness.output())).containsExactly("a", "a");
      assertThat(ofRules(harness)).hasSize(1);
      assertThat(harness.metrics().gauge("controlSequence")).isEqualTo(2L);

      mayGoOn.countDown();
      harness.control();
      harness.send(event("acme", "3", LOGON));
      List<AlertRecord> alerts = harness.output();
      assertThat(rulesOf(alerts)).containsExactly("a", "b");
      assertThat(alerts)
          .extracting(alert -> AlertJson.read(alert.json).bundle())
          .containsOnly(Deliveries.bundle(a, b).version());
      ControlNotice notice = ofRules(harness).get(1);
      assertThat(notice.kind()).isEqualTo(ControlNotice.Kind.IN_FORCE);
      assertThat(notice.sequence).isEqualTo(3);
      assertThat(harness.metrics().gauge("controlSequence")).isEqualTo(3L);
      assertThat(notice.rulesInForce).isEqualTo(2);
      assertThat(notice.parallelism).isEqualTo(1);
    }
  }

  @Test
  void goesOnWithTheRulesBeforeWhenTheNextOnesCannotBeCompiledAndSaysSo() throws Exception {
    RuleCompiler failing =
        () -> {
          RuleRevisions revisions = new MappedRules(List.of()).start();
          return (version, bundle) -> {
            if (bundle.documents().size() == 2) {
              throw new IllegalStateException("too many");
            }
            return revisions.next(version, bundle);
          };
        };
    RuleDocument a = rule("a", "user", "root");
    try (var harness = start(failing)) {
      harness.control(everything(a));
      harness.controlAtOnce(rules(3, a, rule("b", "user", "root")));
      assertThatThrownBy(harness::control).hasRootCauseMessage("too many");
      harness.doWhatWasPutOff();
      harness.send(event("acme", "1", LOGON));
      assertThat(rulesOf(harness.output())).containsExactly("a");
      ControlNotice notice = ofRules(harness).get(1);
      assertThat(notice.kind()).isEqualTo(ControlNotice.Kind.FAILED);
      assertThat(notice.sequence).isEqualTo(3);
      assertThat(notice.reason).contains("too many");
      assertThat(harness.metrics().count("rulesCompileFailures")).isEqualTo(1);
    }
  }

  @Test
  void countsMatchesOverTheBudgetOnOneAlertWhenTheMinuteIsOver() throws Exception {
    RuleDocument loud = rule("loud", "user", "root", "lockstep: {budget: {matches_per_minute: 2}}");
    try (var harness = start()) {
      harness.control(everything(loud, rule("other", "user", "root")));
      for (int i = 1; i <= 5; i++) {
        harness.send(event("acme", "e" + i, LOGON));
      }
      harness.send(event("globex", "g1", LOGON));
      List<AlertRecord> alerts = harness.output();
      assertThat(idsOf(alerts, "loud")).containsExactly("e1", "e2", "g1");
      assertThat(idsOf(alerts, "other")).containsExactly("e1", "e2", "e3", "e4", "e5", "g1");
      assertThat(harness.metrics().count("rule=loud/alertsCapped")).isEqualTo(3);

      harness.watermark(TIME + 59_999);
      assertThat(harness.output()).isEmpty();
      harness.watermark(TIME + 60_000);
      List<AlertRecord> late = harness.output();
      assertThat(late).hasSize(1);
      Alert standingForAll = AlertJson.read(late.get(0).json);
      assertThat(standingForAll.id()).isEqualTo(AlertId.ofEvent("acme", "loud", "e3"));
      assertThat(late.get(0).alertId).isEqualTo(standingForAll.id());
      assertThat(standingForAll.suppressed())
          .isEqualTo(new Alert.Suppressed(2, Instant.ofEpochMilli(TIME + 60_000)));
      assertThat(harness.keyedStateEntries()).isZero();

      harness.send(event("acme", "e6", LOGON));
      assertThat(idsOf(harness.output(), "loud")).as("the next minute").containsExactly("e6");
    }
  }

  @Test
  void takesALoudRuleOutOfForceWhoseAuthorSaysSoAndLosesNoMatch() throws Exception {
    RuleDocument loud =
        rule(
            "loud",
            "user",
            "root",
            "lockstep: {budget: {matches_per_minute: 1, beyond: quarantine}}");
    try (var harness = start()) {
      harness.control(everything(loud, rule("other", "user", "root")));
      harness.send(event("acme", "1", LOGON), event("acme", "2", LOGON));
      harness.doWhatWasPutOff();
      harness.send(event("acme", "3", LOGON), event("globex", "4", LOGON));
      List<AlertRecord> alerts = harness.output();
      assertThat(idsOf(alerts, "loud")).containsExactly("1");
      assertThat(idsOf(alerts, "other")).containsExactly("1", "2", "3", "4");
      assertThat(harness.sideOutput(RULE_STATUS))
          .singleElement()
          .satisfies(
              status ->
                  assertThat(status.json)
                      .asString(UTF_8)
                      .contains("\"status\":\"quarantined\"", "of customer acme", "beyond"));

      harness.watermark(TIME + 60_000);
      assertThat(idsOf(harness.output(), "loud")).containsExactly("2");
    }
  }

  @Test
  void losesNoMatchOverTheBudgetInARestart() throws Exception {
    RuleDocument loud = rule("loud", "user", "root", "lockstep: {budget: {matches_per_minute: 1}}");
    OperatorSubtaskState snapshot;
    try (var harness = start()) {
      harness.control(everything(loud));
      harness.send(event("acme", "1", LOGON), event("acme", "2", LOGON), event("acme", "3", LOGON));
      snapshot = harness.snapshot();
    }
    try (var restored = restore(snapshot)) {
      restored.watermark(TIME + 60_000);
      assertThat(restored.output())
          .singleElement()
          .satisfies(
              alert -> assertThat(AlertJson.read(alert.json).suppressed().count()).isEqualTo(1));
    }
  }

  @Test
  void tellsOnceThatARuleIsOverItsBudgetAndSinceWhen() throws Exception {
    RuleDocument loud = rule("loud", "user", "root", "lockstep: {budget: {matches_per_minute: 1}}");
    try (var harness = start()) {
      harness.control(everything(loud));
      harness.send(event("acme", "1", LOGON));
      assertThat(harness.sideOutput(RULE_STATUS)).isEmpty();
      harness.send(event("acme", "2", LOGON), event("acme", "3", LOGON));
      harness.watermark(TIME + 60_000);
      harness.send(event("acme", "4", LOGON), event("acme", "5", LOGON));
      assertThat(harness.sideOutput(RULE_STATUS)).hasSize(1);
      StatusRecord status = harness.sideOutput(RULE_STATUS).get(0);
      assertThat(status.key).isEqualTo("blue/loud");
      assertThat(status.json)
          .asString(UTF_8)
          .contains("\"status\":\"capped\"", "\"since\":\"", "of customer acme");
    }
  }

  @Test
  void takesARuleThatFailsAgainAndAgainOutOfForceAloneAndTellsWhy() throws Exception {
    RuleCompiler compiler = () -> (version, bundle) -> FailingRule.among(version, bundle, "user");
    try (var harness = start(compiler)) {
      harness.control(everything(rule("sound", "action", "logon")));
      for (int i = 1; i <= 5; i++) {
        harness.send(event("acme", "e" + i, "{\"action\":\"logon\",\"user\":7}"));
        harness.doWhatWasPutOff();
      }
      assertThat(rulesOf(harness.output())).hasSize(5).containsOnly("sound");
      assertThat(harness.sideOutput(DEAD_LETTERS))
          .as("those on which it failed before")
          .extracting(letter -> letter.origin)
          .containsExactly("events/0/e1", "events/0/e2", "events/0/e3");
      assertThat(harness.metrics().gauge("rulesActive")).isEqualTo(1);
      StatusRecord status = harness.sideOutput(RULE_STATUS).get(0);
      assertThat(status.key).isEqualTo("blue/failing");
      assertThat(status.json)
          .asString(UTF_8)
          .contains("\"status\":\"quarantined\"", "\"rule_version\":\"", "\"since\":\"")
          .contains("it failed on more than 2 events in a minute", "out of order");
    }
  }

  @Test
  void holdsTheVersionOfARuleThatIsInQuarantineUntilItIsReleased() throws Exception {
    RuleDocument rule = rule("r", "user", "root");
    RuleDocument next = rule("r", "user", "root", "author: me");
    String version = hashOf(rule);
    OperatorSubtaskState snapshot;
    try (var harness = start()) {
      harness.control(everything(rule, rule("other", "user", "root")));
      harness.control(quarantine(3, "r", version));
      harness.send(event("acme", "1", LOGON));
      assertThat(rulesOf(harness.output())).containsExactly("other");
      snapshot = harness.snapshot();

      harness.control(rules(4, next));
      harness.send(event("acme", "2", LOGON));
      assertThat(rulesOf(harness.output())).as("another version").containsExactly("r");
    }
    try (var restored = restore(snapshot)) {
      restored.send(event("acme", "3", LOGON));
      assertThat(rulesOf(restored.output())).containsExactly("other");
      restored.control(ControlUpdate.ofQuarantine(Quarantine.NONE.encode()).at(4));
      restored.send(event("acme", "4", LOGON));
      assertThat(rulesOf(restored.output())).containsExactly("other", "r");
    }
  }

  @Test
  void losesNoTryOfALetterWhoseRuleIsInQuarantine() throws Exception {
    RuleDocument rule = rule("r", "user", "root");
    try (var harness = start()) {
      harness.control(everything(rule));
      harness.control(quarantine(3, "r", hashOf(rule)));
      harness.send(tryOf(event("acme", "1", LOGON), DeadLetterClass.RULE_ERROR, "r", 1));
      assertThat(harness.output()).isEmpty();
      DeadLetterRecord letter = harness.sideOutput(DEAD_LETTERS).get(0);
      assertThat(harness.sideOutput(DEAD_LETTERS)).hasSize(1);
      assertThat(letter.identity()).isEqualTo("events/0/1 RULE_ERROR r");
      assertThat(letter.command).isNull();
      assertThat(letter.reason).isEqualTo("the rule r is in quarantine");
    }
  }

  private static ControlUpdate quarantine(long sequence, String rule, String version) {
    Quarantine held = new Quarantine(new TreeMap<>(Map.of(rule, version)));
    return ControlUpdate.ofQuarantine(held.encode()).at(sequence);
  }

  private static String hashOf(RuleDocument rule) {
    ActiveRules rules = new MappedRules(List.of()).start().next("v", Deliveries.bundle(rule));
    return rules.program().rules().get(0).contentHash();
  }

  private static List<String> idsOf(List<AlertRecord> alerts, String rule) {
    return eventsOf(alerts.stream().filter(alert -> alert.ruleId.equals(rule)).toList());
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static EventRecord tryOf(
      EventRecord event, DeadLetterClass why, @Nullable String ruleId, int attempt) {
    DeadLetterRecord letter = DeadLetterRecord.about(event, why, "reason").atAttempt(attempt);
    letter.ruleId = ruleId;
    event.retry = new Retry(letter);
    return event;
  }

  private static ControlledHarness<EventRecord, AlertRecord> start() throws Exception {
    return start(new MappedRules(List.of()));
  }

  private static ControlledHarness<EventRecord, AlertRecord> start(RuleCompiler compiler)
      throws Exception {
    return start(compiler, LATENESS);
  }

  private static ControlledHarness<EventRecord, AlertRecord> start(
      RuleCompiler compiler, LockstepConfig.Lateness lateness) throws Exception {
    return ControlledHarness.start(function(compiler, lateness), event -> event.customer);
  }

  private static List<ControlNotice> ofRules(ControlledHarness<EventRecord, AlertRecord> harness) {
    return harness.sideOutput(NOTICES).stream()
        .filter(notice -> notice.kind() != ControlNotice.Kind.FLAGS)
        .toList();
  }

  private static ControlledHarness<EventRecord, AlertRecord> restore(OperatorSubtaskState state)
      throws Exception {
    return ControlledHarness.start(
        function(new MappedRules(List.of()), LATENESS),
        event -> event.customer,
        new HashMapStateBackend(),
        state);
  }

  private static DetectFunction function(RuleCompiler compiler, LockstepConfig.Lateness lateness) {
    return new DetectFunction(
        new AlertAssembly("blue", MAX_EVENT_BYTES),
        ScriptedFlags.policy(/* onMissing= */ null),
        compiler,
        lateness,
        DEAD_LETTERS,
        NOTICES,
        RULE_STATUS,
        OCCURRENCES,
        LIMITS,
        HourlyCounts.COUNTING,
        /* waitsForRules= */ false);
  }

  private static EventRecord event(String customer, String id, String json) {
    return new EventRecord(customer, id, TIME, "events/0/" + id, json.getBytes(UTF_8));
  }

  private static String padded(int length) {
    String start = "{\"user\":\"root\",\"pad\":\"";
    return start + "x".repeat(length - start.length() - 2) + "\"}";
  }

  private static List<String> rulesOf(List<AlertRecord> alerts) {
    return alerts.stream().map(alert -> alert.ruleId).toList();
  }

  private static List<String> eventsOf(List<AlertRecord> alerts) {
    return alerts.stream().map(alert -> AlertJson.read(alert.json).events().get(0).id()).toList();
  }

  private static String carried(AlertRecord alert) {
    return AlertJson.read(alert.json).events().get(0).json();
  }
}
