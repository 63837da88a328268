package dev.lockstep.job.state;

import static java.util.Objects.requireNonNull;

import dev.lockstep.job.metrics.EngineMetrics;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * An operator that works under rules or flags. Control state is there before the first element:
 * after a restore it is read from broadcast state; on a first start elements wait in keyed state
 * until it has come, in their order, and none is dropped or judged by default.
 */
public abstract class ControlledFunction<IN, OUT>
    extends KeyedBroadcastProcessFunction<String, IN, ControlUpdate, OUT>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final String engine;
  private final TypeInformation<IN> elementType;

  // -- runtime
  private transient @Nullable ListState<IN> held;
  private transient @Nullable Counter heldCounter;
  private transient long newest;

  /**
   * Whether elements may be waiting in state. True after every start: a restored operator can be
   * ready at once and still have elements that its predecessor held, when the configuration now
   * decides what a flag set had to decide then.
   */
  private transient boolean mayHold;

  protected ControlledFunction(String engine, TypeInformation<IN> elementType) {
    this.engine = engine;
    this.elementType = elementType;
  }

  /** Prepares what lives as long as the task; comes before any control or element. */
  protected abstract void prepare(EngineMetrics metrics);

  /** Takes a newer update into force. It has been checked: it must not fail. */
  protected abstract void apply(ControlUpdate update);

  /** Returns whether all that is needed to handle elements is known. */
  protected abstract boolean ready();

  /**
   * Sees each element once, when it comes in, before it is handled or held.
   *
   * @param watermarkMillis how far event time had come then
   */
  protected void arrive(IN element, long watermarkMillis) {}

  /** Handles one element; only called when {@link #ready}. */
  protected abstract void handle(IN element, SideOutputs sideOutputs, Collector<OUT> out)
      throws Exception;

  @Override
  public final void initializeState(FunctionInitializationContext context) throws Exception {
    EngineMetrics metrics = new EngineMetrics(getRuntimeContext().getMetricGroup(), engine);
    heldCounter = metrics.counter("eventsHeld");
    metrics.group().gauge("controlSequence", (Gauge<Long>) () -> newest);
    prepare(metrics);
    held = context.getKeyedStateStore().getListState(States.held(elementType));
    mayHold = true;
    BroadcastState<String, ControlUpdate> control =
        context.getOperatorStateStore().getBroadcastState(States.CONTROL);
    for (Map.Entry<String, ControlUpdate> known : control.entries()) {
      take(known.getValue());
    }
  }

  private void take(ControlUpdate update) {
    apply(update);
    newest = Math.max(newest, update.sequence);
  }

  @Override
  public final void snapshotState(FunctionSnapshotContext context) {
    // Flink snapshots broadcast and keyed state by itself.
  }

  @Override
  public final void processElement(IN element, ReadOnlyContext context, Collector<OUT> out)
      throws Exception {
    ListState<IN> waiting = requireNonNull(held, "initializeState was not called");
    arrive(element, context.currentWatermark());
    if (ready()) {
      if (mayHold) {
        release(waiting, context::output, out);
      }
      handle(element, context::output, out);
    } else {
      // Elements come over the network and are not changed once they have arrived, so that state
      // may keep this object under object reuse, too.
      waiting.add(element);
      requireNonNull(heldCounter, "initializeState was not called").inc();
    }
  }

  @Override
  public final void processBroadcastElement(
      ControlUpdate update, Context context, Collector<OUT> out) throws Exception {
    BroadcastState<String, ControlUpdate> control = context.getBroadcastState(States.CONTROL);
    ControlUpdate known = control.get(update.kind);
    if (known == null || known.sequence < update.sequence) {
      control.put(update.kind, update);
      take(update);
    }
    if (mayHold && ready()) {
      context.applyToKeyedState(
          States.held(elementType), (key, waiting) -> release(waiting, context::output, out));
      mayHold = false;
    }
  }

  /** Handles what waits at the current key. */
  private void release(ListState<IN> waiting, SideOutputs sideOutputs, Collector<OUT> out)
      throws Exception {
    for (IN element : waiting.get()) {
      handle(element, sideOutputs, out);
    }
    waiting.clear();
  }
}
