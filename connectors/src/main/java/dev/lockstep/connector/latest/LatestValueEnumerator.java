package dev.lockstep.connector.latest;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Hands the one split to the one reader. Runs in the coordinator's thread. */
final class LatestValueEnumerator implements SplitEnumerator<LatestValueSplit, Boolean> {

  private final SplitEnumeratorContext<LatestValueSplit> context;
  private boolean assigned;

  LatestValueEnumerator(SplitEnumeratorContext<LatestValueSplit> context, boolean assigned) {
    this.context = context;
    this.assigned = assigned;
  }

  @Override
  public void start() {
    if (context.currentParallelism() != 1) {
      throw new IllegalStateException(
          "a source of one value must have parallelism 1, had " + context.currentParallelism());
    }
  }

  @Override
  public void addReader(int subtask) {
    if (!assigned) {
      assigned = true;
      context.assignSplit(new LatestValueSplit(null), subtask);
    }
  }

  /** A split comes back only if no checkpoint knew it, so it holds no value that could be lost. */
  @Override
  public void addSplitsBack(List<LatestValueSplit> splits, int subtask) {
    if (!splits.isEmpty()) {
      assigned = false;
      if (context.registeredReaders().containsKey(subtask)) {
        addReader(subtask);
      }
    }
  }

  @Override
  public Boolean snapshotState(long checkpointId) {
    return assigned;
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    // Readers do not ask: they get the split when they register.
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
