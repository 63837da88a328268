package dev.lockstep.job.retry;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.job.metrics.RecordedMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The retry flow in one subtask, under a clock that the test moves. */
final class RetryHarness implements AutoCloseable {

  private static final OutputTag<DeadLetterRecord> PARKED =
      new OutputTag<>("parked", TypeInformation.of(DeadLetterRecord.class));

  private final KeyedOneInputStreamOperatorTestHarness<String, DeadLetterRecord, DeadLetterRecord>
      harness;
  private final RecordedMetrics metrics = new RecordedMetrics();
  private int seen;
  private int seenParked;

  private RetryHarness(RetryPlan plan, int maxWaiting) throws Exception {
    RecordedMetrics recorded = metrics;
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new RetryFunction("blue", plan, maxWaiting, PARKED)) {
              @Override
              public OperatorMetricGroup getMetricGroup() {
                return recorded;
              }
            },
            DeadLetterRecord::identity,
            Types.STRING);
    Configuration options = new Configuration();
    options.set(PipelineOptions.GENERIC_TYPES, false);
    options.set(PipelineOptions.OBJECT_REUSE, true);
    harness.getExecutionConfig().configure(options, RetryHarness.class.getClassLoader());
  }

  /** Starts the flow at the time 0, from {@code state} if there is any. */
  static RetryHarness start(RetryPlan plan, int maxWaiting, @Nullable OperatorSubtaskState state)
      throws Exception {
    RetryHarness started = new RetryHarness(plan, maxWaiting);
    if (state == null) {
      started.harness.initializeEmptyState();
    } else {
      started.harness.initializeState(state);
    }
    started.harness.open();
    return started;
  }

  void send(DeadLetterRecord... letters) throws Exception {
    for (DeadLetterRecord letter : letters) {
      harness.processElement(letter, /* timestamp= */ 0);
    }
  }

  void setTime(Duration sinceStart) throws Exception {
    harness.setProcessingTime(sinceStart.toMillis());
  }

  /** What is tried, since the last call. */
  List<DeadLetterRecord> tried() {
    List<DeadLetterRecord> all = harness.extractOutputValues();
    List<DeadLetterRecord> fresh = List.copyOf(all.subList(seen, all.size()));
    seen = all.size();
    return fresh;
  }

  /** What is parked, since the last call. */
  List<DeadLetterRecord> parked() {
    List<DeadLetterRecord> all = new ArrayList<>();
    var records = harness.getSideOutput(PARKED);
    if (records != null) {
      for (StreamRecord<DeadLetterRecord> record : records) {
        all.add(record.getValue());
      }
    }
    List<DeadLetterRecord> fresh = List.copyOf(all.subList(seenParked, all.size()));
    seenParked = all.size();
    return fresh;
  }

  RecordedMetrics metrics() {
    return metrics;
  }

  int timers() {
    return harness.numProcessingTimeTimers();
  }

  int keyedStateEntries() {
    return ((TestableKeyedStateBackend<?>) harness.getOperator().getKeyedStateBackend())
        .numKeyValueStateEntries();
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(/* checkpointId= */ 1, /* timestamp= */ 0);
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
