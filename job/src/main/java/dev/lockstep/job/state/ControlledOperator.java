package dev.lockstep.job.state;

import static java.util.Objects.requireNonNull;

import dev.lockstep.job.metrics.EngineMetrics;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * An operator that works under rules or flags: elements by key on the first input, updates for all
 * subtasks on the second. Control state is there before the first element: after a restore it is
 * read from state; on a first start elements wait in keyed state until it has come, in their order,
 * and none is dropped or judged by default.
 *
 * <p>An operator and not a {@code KeyedBroadcastProcessFunction}, because rules are compiled beside
 * the task and come into force between two elements, also where none comes: that takes the task's
 * mailbox.
 */
public class ControlledOperator<IN, OUT> extends AbstractStreamOperator<OUT>
    implements TwoInputStreamOperator<IN, ControlUpdate, OUT>, Triggerable<String, VoidNamespace> {

  private static final long serialVersionUID = 1L;

  private final ControlledFunction<IN, OUT> function;

  // -- runtime
  private transient @Nullable MailboxExecutor mailbox;
  private transient @Nullable ControlState control;
  private transient @Nullable ListState<IN> held;
  private transient @Nullable Counter heldCounter;
  private transient @Nullable TimestampedCollector<OUT> out;
  private transient @Nullable InternalTimerService<VoidNamespace> timers;
  private transient long newest;

  /** Sequence of the update that is not in force yet; 0 if there is none. */
  private transient long awaited;

  private transient long watermarkMillis;

  /**
   * Whether elements may be waiting in state. True after every start: a restored operator can be
   * ready at once and still have elements that its predecessor held, when the configuration now
   * decides what a flag set had to decide then.
   */
  private transient boolean mayHold;

  public ControlledOperator(ControlledFunction<IN, OUT> function) {
    this.function = function;
  }

  /** Has the function handle the elements, by key, under the updates, which all subtasks see. */
  public static <IN, OUT> SingleOutputStreamOperator<OUT> connect(
      String name,
      KeyedStream<IN, String> elements,
      DataStream<ControlUpdate> updates,
      ControlledFunction<IN, OUT> function,
      TypeInformation<OUT> outputType) {
    return elements
        .connect(updates.broadcast())
        .transform(name, outputType, new ControlledOperator<>(function));
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor executor) {
    super.setMailboxExecutor(executor);
    mailbox = executor;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    output = new SteadyOutput<>(output);
    watermarkMillis = Long.MIN_VALUE;
    out = new TimestampedCollector<>(output);
    EngineMetrics metrics = new EngineMetrics(getMetricGroup(), function.engine());
    heldCounter = metrics.counter("eventsHeld");
    metrics.group().gauge("controlSequence", (Gauge<Long>) this::inForce);
    function.prepare(metrics, new Task());
    held = context.getKeyedStateStore().getListState(States.held(function.elementType()));
    mayHold = true;
    control =
        ControlState.open(
            context.getOperatorStateStore(),
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    for (ControlUpdate known : control.restored()) {
      take(known);
    }
    function.settle();
  }

  private void take(ControlUpdate update) {
    if (!function.apply(update)) {
      awaited = update.sequence;
    }
    newest = Math.max(newest, update.sequence);
  }

  /** Up to where all updates are in force. */
  private long inForce() {
    long missing = awaited;
    return missing == 0 ? newest : missing - 1;
  }

  @Override
  public void processElement1(StreamRecord<IN> record) throws Exception {
    IN element = record.getValue();
    ListState<IN> waiting = requireNonNull(held, "initializeState was not called");
    function.arrive(element, watermarkMillis);
    if (function.ready()) {
      TimestampedCollector<OUT> collector = collector();
      collector.setTimestamp(record);
      if (mayHold) {
        release(waiting);
      }
      function.handle(element, this::emit, collector);
    } else {
      // Elements come over the network and are not changed once they have arrived, so that state
      // may keep this object under object reuse, too.
      waiting.add(element);
      requireNonNull(heldCounter, "initializeState was not called").inc();
    }
  }

  @Override
  public void processElement2(StreamRecord<ControlUpdate> record) throws Exception {
    ControlUpdate update = record.getValue();
    if (requireNonNull(control, "initializeState was not called").take(update)) {
      take(update);
    }
    releaseAll();
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("timers", VoidNamespaceSerializer.INSTANCE, this);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    collector().eraseTimestamp();
    function.onEventTime(timer.getTimestamp(), collector());
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no such timer is ever registered");
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermarkMillis = mark.getTimestamp();
    if (getTimeServiceManager().isPresent()) {
      getTimeServiceManager().get().advanceWatermark(mark);
    }
    // After the timers, which may have something to send, too.
    function.onWatermark(watermarkMillis, this::emit);
    output.emitWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    function.flush(this::emit);
  }

  @Override
  public void finish() throws Exception {
    function.flush(this::emit);
    super.finish();
  }

  /** Handles what waits at any key, if it need not wait any more. */
  private void releaseAll() throws Exception {
    if (mayHold && function.ready()) {
      collector().eraseTimestamp();
      this.<String>getKeyedStateBackend()
          .applyToAllKeys(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              States.held(function.elementType()),
              (key, waiting) -> release(waiting));
      mayHold = false;
    }
  }

  /** Handles what waits at the current key. */
  private void release(ListState<IN> waiting) throws Exception {
    for (IN element : waiting.get()) {
      function.handle(element, this::emit, collector());
    }
    waiting.clear();
  }

  private <T> void emit(OutputTag<T> tag, T value) {
    output.collect(tag, new StreamRecord<>(value));
  }

  private TimestampedCollector<OUT> collector() {
    return requireNonNull(out, "initializeState was not called");
  }

  @Override
  public void close() throws Exception {
    function.close();
    super.close();
  }

  private final class Task implements ControlledTask {

    @Override
    public int subtask() {
      return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    @Override
    public int parallelism() {
      return getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    }

    @Override
    public long clockMillis() {
      return getProcessingTimeService().getCurrentProcessingTime();
    }

    @Override
    public void isInForce(long sequence) {
      if (sequence >= awaited) {
        awaited = 0;
      }
    }

    @Override
    public String currentKey() {
      return (String) getCurrentKey();
    }

    @Override
    public KeyedStateStore keyedState() {
      return getKeyedStateStore();
    }

    @Override
    public long watermarkMillis() {
      return watermarkMillis;
    }

    @Override
    public void wakeAt(long eventTimeMillis) {
      requireNonNull(timers, "open was not called")
          .registerEventTimeTimer(VoidNamespace.INSTANCE, eventTimeMillis);
    }

    @Override
    public SideOutputs sideOutputs() {
      return ControlledOperator.this::emit;
    }

    @Override
    public void later(ThrowingRunnable<Exception> action, String description) {
      try {
        requireNonNull(mailbox, "there is no mailbox")
            .execute(
                () -> {
                  action.run();
                  releaseAll();
                },
                description);
      } catch (RejectedExecutionException e) {
        LOG.debug("The task has ended before: {}", description);
      }
    }
  }
}
