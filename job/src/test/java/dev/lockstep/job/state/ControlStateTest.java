package dev.lockstep.job.state;

import static dev.lockstep.job.state.Deliveries.flags;
import static dev.lockstep.job.state.Deliveries.rule;
import static dev.lockstep.job.state.Deliveries.rules;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlStateTest {

  private static final int MAX_PARALLELISM = 128;
  private static final ControlUpdate RULES = rules(1, rule("r", "a", noise(1)));
  private static final ControlUpdate FLAGS = flags(2, ScriptedFlags.LIVE);

  @Test
  void theFirstSubtaskKeepsRulesAndAllGetThem() throws Exception {
    OperatorSubtaskState first = kept(new Keeping(), 2, 0, /* state= */ null, RULES, FLAGS);
    OperatorSubtaskState second = kept(new Keeping(), 2, 1, /* state= */ null, RULES, FLAGS);
    assertThat(first.getStateSize()).isGreaterThan(RULES.payload.length);
    assertThat(second.getStateSize()).isLessThan(first.getStateSize() - RULES.payload.length);

    OperatorSubtaskState both = AbstractStreamOperatorTestHarness.repackageState(first, second);
    for (int subtask = 0; subtask < 3; subtask++) {
      Keeping restored = new Keeping();
      OperatorSubtaskState own =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              both, MAX_PARALLELISM, 2, 3, subtask);
      OperatorSubtaskState again = kept(restored, 3, subtask, own);
      assertThat(restored.restored).containsExactlyInAnyOrder("RULES 1", "FLAGS 2");
      if (subtask > 0) {
        assertThat(again.getStateSize()).isLessThan(first.getStateSize() - RULES.payload.length);
      }
    }
  }

  @Test
  void takesRulesOutOfTheBroadcastStateOfOlderSavepoints() throws Exception {
    OperatorSubtaskState before =
        kept(new KeepingAsBefore(), 1, 0, /* state= */ null, RULES, FLAGS);
    Keeping restored = new Keeping();
    OperatorSubtaskState after = kept(restored, 1, 0, before);
    assertThat(restored.restored).containsExactlyInAnyOrder("RULES 1", "FLAGS 2");

    assertThat(after.getStateSize())
        .as("they lie in one place")
        .isLessThan(before.getStateSize() + RULES.payload.length);

    Keeping again = new Keeping();
    kept(again, 1, 0, after);
    assertThat(again.restored).containsExactlyInAnyOrder("RULES 1", "FLAGS 2");
  }

  @Test
  void ignoresWhatIsNotNewer() throws Exception {
    Keeping keeping = new Keeping();
    OperatorSubtaskState state =
        kept(keeping, 1, 0, /* state= */ null, rules(3), FLAGS, RULES, rules(3), flags(2, ""));
    assertThat(keeping.taken).containsExactly("RULES 3", "FLAGS 2");

    Keeping restored = new Keeping();
    kept(restored, 1, 0, state, RULES, rules(4));
    assertThat(restored.taken).containsExactly("RULES 4");
  }

  private static OperatorSubtaskState kept(
      OneInputStreamOperator<ControlUpdate, String> operator,
      int subtasks,
      int subtask,
      @Nullable OperatorSubtaskState state,
      ControlUpdate... updates)
      throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(operator, MAX_PARALLELISM, subtasks, subtask)) {
      Configuration options = new Configuration();
      options.set(PipelineOptions.GENERIC_TYPES, false);
      harness.getExecutionConfig().configure(options, ControlStateTest.class.getClassLoader());
      if (state == null) {
        harness.initializeEmptyState();
      } else {
        harness.initializeState(state);
      }
      harness.open();
      for (ControlUpdate update : updates) {
        harness.processElement(update, /* timestamp= */ 0);
      }
      return harness.snapshot(/* checkpointId= */ 1, /* timestamp= */ 0);
    }
  }

  /** Text that does not become short by compression. */
  private static String noise(int seed) {
    byte[] bytes = new byte[20_000];
    new Random(seed).nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String told(ControlUpdate update) {
    return update.kind + " " + update.sequence;
  }

  private static final class Keeping extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<ControlUpdate, String> {

    private static final long serialVersionUID = 1L;

    private transient List<String> restored = new ArrayList<>();
    private transient List<String> taken = new ArrayList<>();
    private transient @Nullable ControlState state;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      state = ControlState.open(context.getOperatorStateStore(), subtask);
      state.restored().forEach(update -> restored.add(told(update)));
    }

    @Override
    public void processElement(StreamRecord<ControlUpdate> element) throws Exception {
      if (requireNonNull(state).take(element.getValue())) {
        taken.add(told(element.getValue()));
      }
    }
  }

  /** What every subtask did before rules had a place of their own. */
  private static final class KeepingAsBefore extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<ControlUpdate, String> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable BroadcastState<String, ControlUpdate> state;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      state = context.getOperatorStateStore().getBroadcastState(States.CONTROL);
    }

    @Override
    public void processElement(StreamRecord<ControlUpdate> element) throws Exception {
      requireNonNull(state).put(element.getValue().kind, element.getValue());
    }
  }
}
