package dev.lockstep.job.state;

import dev.lockstep.job.metrics.RecordedMetrics;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** A controlled function at work in one subtask, without generic types. */
public final class ControlledHarness<IN, OUT> implements AutoCloseable {

  private final KeyedBroadcastOperatorTestHarness<String, IN, ControlUpdate, OUT> harness;
  private final RecordedMetrics metrics = new RecordedMetrics();
  private int seen;

  private ControlledHarness(
      ControlledFunction<IN, OUT> function, KeySelector<IN, String> key, StateBackend backend)
      throws Exception {
    RecordedMetrics recorded = metrics;
    harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(function, List.of(States.CONTROL)) {
              @Override
              public OperatorMetricGroup getMetricGroup() {
                return recorded;
              }
            },
            key,
            Types.STRING,
            /* maxParallelism= */ 128,
            /* numSubtasks= */ 1,
            /* subtaskIndex= */ 0);
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
    return started;
  }

  /** Sends elements in. */
  @SafeVarargs
  public final void send(IN... elements) throws Exception {
    for (IN element : elements) {
      harness.processElement(element, /* timestamp= */ 0);
    }
  }

  /** Lets event time come so far on both inputs. */
  public void watermark(long millis) throws Exception {
    harness.watermark(millis);
  }

  /** Sends updates in. */
  public void control(ControlUpdate... updates) throws Exception {
    for (ControlUpdate update : updates) {
      harness.processBroadcastElement(update, /* timestamp= */ 0);
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
    return ((TestableKeyedStateBackend<?>) harness.getOperator().getKeyedStateBackend())
        .numKeyValueStateEntries();
  }

  public OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(/* checkpointId= */ 1, /* timestamp= */ 0);
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
