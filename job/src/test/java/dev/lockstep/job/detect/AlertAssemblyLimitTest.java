package dev.lockstep.job.detect;

import static dev.lockstep.job.state.Deliveries.everything;
import static dev.lockstep.job.state.Deliveries.rule;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlledHarness;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.job.state.HourlyCounts;
import dev.lockstep.job.state.ScriptedFlags;
import dev.lockstep.program.LayeredProgram;
import dev.lockstep.sigma.SigmaRule;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** An alert that is too large even without its event must not reach Kafka, nor be lost. */
class AlertAssemblyLimitTest {

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
  private static final OutputTag<DeadLetterRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetterRecord.class));
  private static final int MAX_EVENT_BYTES = 2000;
  private static final String LOGON = "{\"action\":\"logon\",\"user\":\"root\"}";

  @Test
  void keepsTheEventAsADeadLetterBesideTheAlertsOfTheOtherRules() throws Exception {
    try (var harness = start()) {
      harness.control(everything(rule("a", "user", "root"), rule("b", "action", "logon")));
      harness.send(new EventRecord("acme", "1", 0, "events/0/1", LOGON.getBytes(UTF_8)));
      assertThat(harness.output()).extracting(alert -> alert.ruleId).containsExactly("b");
      assertThat(harness.sideOutput(DEAD_LETTERS)).hasSize(1);
      DeadLetterRecord letter = harness.sideOutput(DEAD_LETTERS).get(0);
      assertThat(letter.deadLetterClass).isEqualTo("RULE_ERROR");
      assertThat(letter.reason).isEqualTo("the alert of rule a is too large for Kafka");
      assertThat(letter.origin).isEqualTo("events/0/1");
      assertThat(letter.customer).isEqualTo("acme");
      assertThat(letter.bytes).asString(UTF_8).isEqualTo(LOGON);
    }
  }

  private static ControlledHarness<EventRecord, AlertRecord> start() throws Exception {
    return ControlledHarness.start(
        new DetectFunction(
            new AlertAssembly("blue", MAX_EVENT_BYTES),
            ScriptedFlags.policy(/* onMissing= */ null),
            () -> AlertAssemblyLimitTest::withALongTitle,
            new LockstepConfig.Lateness(Duration.ZERO, /* kept= */ true),
            DEAD_LETTERS,
            NOTICES,
            RULE_STATUS,
            OCCURRENCES,
            LIMITS,
            HourlyCounts.COUNTING,
            /* waitsForRules= */ false),
        event -> event.customer);
  }

  /** No document can say so long a title, which is why the first rule gets it here. */
  private static ActiveRules withALongTitle(String version, RuleBundle bundle) {
    List<SigmaRule> rules =
        new MappedRules(List.of()).start().next(version, bundle).program().rules();
    SigmaRule first = rules.get(0);
    SigmaRule titled =
        new SigmaRule(
            first.id(),
            "x".repeat(256 * 1024),
            first.level(),
            first.status(),
            first.tags(),
            first.logsource(),
            first.stage(),
            first.customers(),
            first.detections(),
            first.condition(),
            first.attributes(),
            first.contentHash(),
            first.filters(),
            first.position());
    return new ActiveRules(
        version, LayeredProgram.compile(List.of(titled, rules.get(1))), CorrelationPlan.NONE, 0);
  }
}
