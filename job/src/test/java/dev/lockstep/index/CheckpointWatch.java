package dev.lockstep.index;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/** Tells the test, which runs in the same JVM, the ids of the newest checkpoints. */
final class CheckpointWatch
    implements MapFunction<byte[], byte[]>, CheckpointedFunction, CheckpointListener {

  static final AtomicLong BEGUN = new AtomicLong();
  static final AtomicLong COMPLETED = new AtomicLong();

  @Override
  public byte[] map(byte[] value) {
    return value;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    BEGUN.set(context.getCheckpointId());
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {}

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    COMPLETED.set(checkpoint);
  }
}
