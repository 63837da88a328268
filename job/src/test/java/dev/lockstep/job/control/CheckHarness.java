package dev.lockstep.job.control;

import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.metrics.RecordedMetrics;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ScriptedFlags;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** {@link CheckControl} at work, without generic types. */
final class CheckHarness implements AutoCloseable {

  private static final OutputTag<StatusRecord> STATUS =
      new OutputTag<>("rule-status", TypeInformation.of(StatusRecord.class));

  private static final OutputTag<ControlNotice> NOTICES =
      new OutputTag<>("notices", TypeInformation.of(ControlNotice.class));

  private final OneInputStreamOperatorTestHarness<ControlUpdate, ControlUpdate> harness;
  private final CheckControl operator;
  private final RecordedMetrics metrics = new RecordedMetrics();
  private int seen;

  private CheckHarness(@Nullable OperatorSubtaskState state) throws Exception {
    RecordedMetrics recorded = metrics;
    operator =
        new CheckControl("blue", new ScriptedFlags(), 0.5, STATUS, NOTICES) {
          @Override
          public OperatorMetricGroup getMetricGroup() {
            return recorded;
          }
        };
    harness = new OneInputStreamOperatorTestHarness<>(operator);
    operator.setMailboxExecutor(
        new MailboxExecutorImpl(
            harness.getTaskMailbox(),
            TaskMailbox.MIN_PRIORITY,
            StreamTaskActionExecutor.IMMEDIATE));
    Configuration options = new Configuration();
    options.set(PipelineOptions.GENERIC_TYPES, false);
    harness.getExecutionConfig().configure(options, CheckHarness.class.getClassLoader());
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
  }

  static CheckHarness start() throws Exception {
    return new CheckHarness(/* state= */ null);
  }

  static CheckHarness restore(OperatorSubtaskState state) throws Exception {
    return new CheckHarness(state);
  }

  /** Delivers the update and returns what was passed on. */
  ControlUpdate deliver(ControlUpdate update) throws Exception {
    deliver(List.of(update));
    List<ControlUpdate> passed = passed();
    return passed.get(passed.size() - 1);
  }

  void deliver(List<ControlUpdate> updates) throws Exception {
    deliverAtOnce(updates);
    awaitChecked();
  }

  /** Waits until all that was delivered is checked. */
  void awaitChecked() throws Exception {
    operator.endInput();
  }

  /** Delivers the updates and does not wait until they are checked. */
  void deliverAtOnce(List<ControlUpdate> updates) throws Exception {
    for (ControlUpdate update : updates) {
      harness.processElement(update, /* timestamp= */ 0);
    }
  }

  /** What was passed on since the last call, but for what correlations are planned from. */
  List<ControlUpdate> passed() {
    List<ControlUpdate> all = harness.extractOutputValues();
    List<ControlUpdate> fresh =
        all.subList(seen, all.size()).stream().filter(update -> !isOfCorrelations(update)).toList();
    seen = all.size();
    return fresh;
  }

  /** All that correlations were to be planned from so far. */
  List<ControlUpdate> correlations() {
    return harness.extractOutputValues().stream().filter(CheckHarness::isOfCorrelations).toList();
  }

  private static boolean isOfCorrelations(ControlUpdate update) {
    return update.kind() == ControlUpdate.Kind.CORRELATIONS;
  }

  /** All statuses so far. */
  List<StatusRecord> statuses() {
    return sideOutput(STATUS);
  }

  /** All notices so far. */
  List<ControlNotice> notices() {
    return sideOutput(NOTICES);
  }

  /** Lets processing time come so far. */
  void clock(long millis) throws Exception {
    harness.setProcessingTime(millis);
  }

  private <T> List<T> sideOutput(OutputTag<T> tag) {
    List<T> values = new ArrayList<>();
    var records = harness.getSideOutput(tag);
    if (records != null) {
      for (StreamRecord<T> record : records) {
        values.add(record.getValue());
      }
    }
    return values;
  }

  long count(String counter) {
    return metrics.count(counter);
  }

  Object gauge(String name) {
    return metrics.gauge(name);
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(/* checkpointId= */ 1, /* timestamp= */ 0);
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
