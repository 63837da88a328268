package dev.lockstep.job.state;

import static dev.lockstep.job.state.Deliveries.flags;
import static dev.lockstep.job.state.Deliveries.rule;
import static dev.lockstep.job.state.Deliveries.rules;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.job.metrics.EngineMetrics;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlledFunctionTest {

  /** Both backends keep what is held in ways of their own. */
  private enum Backend {
    HEAP,
    ROCKSDB;

    StateBackend create() {
      return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
    }
  }

  private static final OutputTag<String> SIDE = new OutputTag<>("side", Types.STRING);

  @ParameterizedTest
  @EnumSource(Backend.class)
  void holdsElementsUntilTheLastMissingUpdateAndReleasesThemInTheirOrder(Backend backend)
      throws Exception {
    try (var harness = start(backend, hold(), null)) {
      harness.send(event("acme", "1"), event("globex", "2"), event("acme", "3"));
      harness.control(rules(1, rule("r", "a", "b")));
      harness.send(event("acme", "4"));
      assertThat(harness.output()).isEmpty();
      assertThat(harness.keyedStateEntries()).isEqualTo(2);

      harness.control(flags(2, ScriptedFlags.LIVE));
      List<String> released = harness.output();
      assertThat(released)
          .filteredOn(each -> each.startsWith("acme"))
          .containsExactly("acme 1 RULES FLAGS", "acme 3 RULES FLAGS", "acme 4 RULES FLAGS");
      assertThat(released).hasSize(4).contains("globex 2 RULES FLAGS");
      assertThat(harness.sideOutput(SIDE)).hasSize(4);
      assertThat(harness.metrics().count("eventsHeld")).isEqualTo(4);
    }
  }

  @Test
  void showsTheNewestUpdateInForceAlsoAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = start(Backend.HEAP, hold(), null)) {
      assertThat(harness.metrics().gauge("controlSequence")).isEqualTo(0L);
      harness.control(flags(7, ScriptedFlags.LIVE), rules(4, rule("r", "a", "b")));
      assertThat(harness.metrics().gauge("controlSequence")).isEqualTo(7L);
      state = harness.snapshot();
    }
    try (var restored = start(Backend.HEAP, hold(), state)) {
      assertThat(restored.metrics().gauge("controlSequence")).isEqualTo(7L);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void leavesNoStateBehindAndReleasesNothingTwice(Backend backend) throws Exception {
    try (var harness = start(backend, hold(), null)) {
      harness.send(event("acme", "1"), event("globex", "2"), event("initech", "3"));
      harness.control(Deliveries.everything());
      assertThat(harness.output()).hasSize(3);
      assertThat(harness.keyedStateEntries()).isZero();

      harness.control(flags(3, ScriptedFlags.LIVE), rules(4));
      harness.send(event("acme", "5"));
      assertThat(harness.output()).containsExactly("acme 5 RULES FLAGS FLAGS RULES");
      assertThat(harness.keyedStateEntries()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void keepsHeldElementsThroughARestore(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = start(backend, hold(), null)) {
      harness.control(rules(1));
      harness.send(event("acme", "1"), event("globex", "2"));
      snapshot = harness.snapshot();
    }
    try (var restored = start(backend, hold(), snapshot)) {
      restored.send(event("acme", "3"));
      assertThat(restored.output()).isEmpty();
      restored.control(flags(2, ScriptedFlags.LIVE));
      assertThat(restored.output())
          .containsExactlyInAnyOrder(
              "acme 1 RULES FLAGS", "acme 3 RULES FLAGS", "globex 2 RULES FLAGS")
          .containsSubsequence("acme 1 RULES FLAGS", "acme 3 RULES FLAGS");
      assertThat(restored.keyedStateEntries()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void handlesTheFirstElementAfterARestoreWithoutAnyUpdate(Backend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = start(backend, hold(), null)) {
      harness.control(Deliveries.everything());
      snapshot = harness.snapshot();
    }
    try (var restored = start(backend, hold(), snapshot)) {
      restored.send(event("acme", "1"));
      assertThat(restored.output()).hasSize(1).first().asString().startsWith("acme 1 ");
      assertThat(restored.metrics().count("eventsHeld")).isZero();
    }
  }

  @Test
  void releasesWhatWasHeldWhenTheConfigurationDecidesAfterARestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = start(Backend.HEAP, hold(), null)) {
      harness.control(rules(1));
      harness.send(event("acme", "1"), event("globex", "2"));
      snapshot = harness.snapshot();
    }
    try (var restored = start(Backend.HEAP, decideBy(Disposition.SHADOW), snapshot)) {
      restored.send(event("acme", "3"));
      assertThat(restored.output()).containsExactly("acme 1 RULES", "acme 3 RULES");
      restored.control(rules(1));
      assertThat(restored.output()).containsExactly("globex 2 RULES");
      assertThat(restored.keyedStateEntries()).isZero();
    }
  }

  @Test
  void ignoresAnUpdateThatIsNotNewer() throws Exception {
    try (var harness = start(Backend.HEAP, hold(), null)) {
      harness.control(rules(5), flags(6, ScriptedFlags.LIVE));
      harness.control(rules(5), rules(4), flags(6, "open off"));
      harness.send(event("acme", "1"));
      assertThat(harness.output()).containsExactly("acme 1 RULES FLAGS");
    }
  }

  @Test
  void ignoresAnUpdateThatIsNotNewerThanTheRestoredOne() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = start(Backend.HEAP, hold(), null)) {
      harness.control(rules(5), flags(6, ScriptedFlags.LIVE));
      snapshot = harness.snapshot();
    }
    try (var restored = start(Backend.HEAP, hold(), snapshot)) {
      restored.control(rules(5), flags(3, "open off"));
      restored.send(event("acme", "1"));
      assertThat(restored.output().get(0).split(" ")).hasSize(4);
    }
  }

  @Test
  void countsThePositionOfRulesAndFlagsTogetherButComparesThemApart() throws Exception {
    try (var harness = start(Backend.HEAP, hold(), null)) {
      harness.control(flags(6, ScriptedFlags.LIVE), rules(5));
      harness.send(event("acme", "1"));
      assertThat(harness.output()).containsExactly("acme 1 FLAGS RULES");
    }
  }

  @Test
  void handlesElementsWithoutFlagsWhenTheConfigurationDecides() throws Exception {
    try (var harness = start(Backend.HEAP, decideBy(Disposition.SHADOW), null)) {
      harness.send(event("acme", "1"));
      assertThat(harness.output()).isEmpty();
      harness.control(rules(1));
      harness.send(event("acme", "2"));
      assertThat(harness.output()).containsExactly("acme 1 RULES", "acme 2 RULES");
    }
  }

  @Test
  void closesTheFlagsThatANewSetReplaces() throws Exception {
    try (var flags = decideBy(Disposition.LIVE).start()) {
      flags.replace(flags(1, "open shadow"));
      var replaced = requireNonNull(flags.decisions());
      flags.replace(flags(2, "open off"));
      assertThat(requireNonNull(flags.decisions()).version()).isEqualTo("open off");
      assertThatThrownBy(
              () -> replaced.ingress(new FlagSubject("acme", "blue", "1", /* rule= */ null)))
          .hasMessageContaining("is closed");
    }
  }

  private static ControlledHarness<EventRecord, String> start(
      Backend backend, ActiveFlags.Policy policy, @Nullable OperatorSubtaskState state)
      throws Exception {
    return ControlledHarness.start(
        new Recording(policy), event -> event.customer, backend.create(), state);
  }

  private static ActiveFlags.Policy hold() {
    return ScriptedFlags.policy(/* onMissing= */ null);
  }

  private static ActiveFlags.Policy decideBy(Disposition onMissing) {
    return ScriptedFlags.policy(onMissing);
  }

  private static EventRecord event(String customer, String id) {
    return new EventRecord(customer, id, 0, "events/0/" + id, new byte[0]);
  }

  /** Needs rules and flags; says of each element which updates it was handled under. */
  private static final class Recording extends ControlledFunction<EventRecord, String> {

    private static final long serialVersionUID = 1L;

    private final ActiveFlags.Policy policy;

    private transient @Nullable ActiveFlags flags;
    private transient List<String> applied = new ArrayList<>();

    Recording(ActiveFlags.Policy policy) {
      super("blue", TypeInformation.of(EventRecord.class));
      this.policy = policy;
    }

    @Override
    protected void prepare(EngineMetrics metrics, ControlledTask task) {
      flags = policy.start();
    }

    @Override
    protected boolean apply(ControlUpdate update) {
      applied.add(update.kind);
      if (update.kind() == ControlUpdate.Kind.FLAGS) {
        flags().replace(update);
      }
      return true;
    }

    @Override
    protected boolean ready() {
      return applied.contains("RULES") && flags().decisions() != null;
    }

    @Override
    protected void handle(EventRecord event, SideOutputs sideOutputs, Collector<String> out) {
      sideOutputs.emit(SIDE, event.id);
      out.collect(event.customer + " " + event.id + " " + String.join(" ", applied));
    }

    private ActiveFlags flags() {
      return requireNonNull(flags);
    }
  }
}
