package dev.lockstep.job.state;

import dev.lockstep.job.metrics.RecordedMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** A controlled function at work in one subtask, without generic types. */
public final class ControlledHarness<IN, OUT> implements AutoCloseable {

  private final KeyedTwoInputStreamOperatorTestHarness<String, IN, ControlUpdate, OUT> harness;
  private final ControlledFunction<IN, OUT> function;
  private final ControlledOperator<IN, OUT> operator;
  private final RecordedMetrics metrics = new RecordedMetrics();
  private int seen;

  private ControlledHarness(
      ControlledFunction<IN, OUT> function, KeySelector<IN, String> key, StateBackend backend)
      throws Exception {
    this.function = function;
    RecordedMetrics recorded = metrics;
    operator =
        new ControlledOperator<>(function) {
          @Override
          public OperatorMetricGroup getMetricGroup() {
            return recorded;
          }
        };
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator,
            key,
            /* keySelector2= */ null,
            Types.STRING,
            /* maxParallelism= */ 128,
            /* numSubtasks= */ 1,
            /* subtaskIndex= */ 0);
    operator.setMailboxExecutor(
        new MailboxExecutorImpl(
            harness.getTaskMailbox(),
            TaskMailbox.MIN_PRIORITY,
            StreamTaskActionExecutor.IMMEDIATE));
    Configuration options = new Configuration();
    options.set(PipelineOptions.GENERIC_TYPES, false);
    options.set(PipelineOptions.OBJECT_REUSE, true);
    harness.getExecutionConfig().configure(options, ControlledHarness.class.getClassLoader());
    harness.setStateBackend(backend);
  }

  /** Starts the function without state. */
  public static <IN, OUT> ControlledHarness<IN, OUT> start(
      ControlledFunction<IN, OUT> function, KeySelector<IN, String> key) throws Exception {
    return start(function, key, new HashMapStateBackend(), /* state= */ null);
  }

  /** Starts the function from {@code state}, or without when it is null. */
  public static <IN, OUT> ControlledHarness<IN, OUT> start(
      ControlledFunction<IN, OUT> function,
      KeySelector<IN, String> key,
      StateBackend backend,
      @Nullable OperatorSubtaskState state)
      throws Exception {
    ControlledHarness<IN, OUT> started = new ControlledHarness<>(function, key, backend);
    if (state == null) {
      started.harness.initializeEmptyState();
    } else {
      started.harness.initializeState(state);
    }
    started.harness.open();
    started.doWhatWasPutOff();
    return started;
  }

  /** Sends elements in. */
  @SafeVarargs
  public final void send(IN... elements) throws Exception {
    for (IN element : elements) {
      harness.processElement1(element, /* timestamp= */ 0);
    }
  }

  /** Lets event time come so far on both inputs. */
  public void watermark(long millis) throws Exception {
    harness.processWatermark1(new Watermark(millis));
    harness.processWatermark2(new Watermark(millis));
  }

  /** Lets both inputs be idle. */
  public void idle() throws Exception {
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    harness.processWatermarkStatus2(WatermarkStatus.IDLE);
  }

  /** All that came out, also what is no element. */
  public List<Object> everything() {
    return List.copyOf(harness.getOutput());
  }

  /** Sends updates in. */
  public void control(ControlUpdate... updates) throws Exception {
    controlAtOnce(updates);
    function.settle();
    doWhatWasPutOff();
  }

  /** Sends updates in, and does not wait until they are in force. */
  public void controlAtOnce(ControlUpdate... updates) throws Exception {
    for (ControlUpdate update : updates) {
      harness.processElement2(update, /* timestamp= */ 0);
    }
  }

  /** Does what others want to have done in the task's thread. */
  public void doWhatWasPutOff() throws Exception {
    Optional<Mail> mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
    while (mail.isPresent()) {
      mail.get().run();
      mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
    }
  }

  /** Sends updates in. */
  public void control(List<ControlUpdate> updates) throws Exception {
    control(updates.toArray(new ControlUpdate[0]));
  }

  /** What came out since the last call. */
  public List<OUT> output() {
    List<OUT> all = harness.extractOutputValues();
    List<OUT> fresh = List.copyOf(all.subList(seen, all.size()));
    seen = all.size();
    return fresh;
  }

  /** All that came out of the side output. */
  public <T> List<T> sideOutput(OutputTag<T> tag) {
    List<T> values = new ArrayList<>();
    var records = harness.getSideOutput(tag);
    if (records != null) {
      for (StreamRecord<T> record : records) {
        values.add(record.getValue());
      }
    }
    return values;
  }

  public RecordedMetrics metrics() {
    return metrics;
  }

  /** Number of keyed state entries of all keys. */
  public int keyedStateEntries() {
    return ((TestableKeyedStateBackend<?>) operator.getKeyedStateBackend())
        .numKeyValueStateEntries();
  }

  /** Number of event-time timers of all keys. */
  public int timers() {
    return harness.numEventTimeTimers();
  }

  /** As the task does it: what waits for a checkpoint goes on before its barrier. */
  public OperatorSubtaskState snapshot() throws Exception {
    operator.prepareSnapshotPreBarrier(/* checkpointId= */ 1);
    return harness.snapshot(/* checkpointId= */ 1, /* timestamp= */ 0);
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
