package dev.lockstep.job.state;

import dev.lockstep.job.metrics.EngineMetrics;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/**
 * What a {@link ControlledOperator} does under rules or flags. All methods are called in the task's
 * thread.
 */
public abstract class ControlledFunction<IN, OUT> implements Serializable, AutoCloseable {

  private static final long serialVersionUID = 1L;

  private final String engine;
  private final TypeInformation<IN> elementType;

  protected ControlledFunction(String engine, TypeInformation<IN> elementType) {
    this.engine = engine;
    this.elementType = elementType;
  }

  String engine() {
    return engine;
  }

  TypeInformation<IN> elementType() {
    return elementType;
  }

  /** Prepares what lives as long as the task; comes before any control or element. */
  protected abstract void prepare(EngineMetrics metrics, ControlledTask task);

  /**
   * Takes a newer update into force. It has been checked: it must not fail.
   *
   * @return whether it is in force; otherwise {@link ControlledTask#isInForce} is told when it is
   */
  protected abstract boolean apply(ControlUpdate update);

  /** Waits until all that was applied is in force; called after a restore. */
  protected void settle() throws Exception {}

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

  /** Event time has come to where {@link ControlledTask#wakeAt} asked for, for the current key. */
  protected void onEventTime(long millis, Collector<OUT> out) throws Exception {}

  /** Event time has come so far for all keys, and goes on: what it must not pass is sent now. */
  protected void onWatermark(long watermarkMillis, SideOutputs sideOutputs) {}

  /** Sends what is in memory alone: a checkpoint comes, or nothing else does. */
  protected void flush(SideOutputs sideOutputs) {}

  /** Ends what {@link #prepare} began; may be called without it. */
  @Override
  public void close() {}
}
