package dev.lockstep.connector.latest;

import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/** The only split of a {@link LatestValueSource}; what a checkpoint keeps of it is the value. */
public final class LatestValueSplit implements SourceSplit {

  private final byte @Nullable [] value;

  /** Takes the encoded value without copying it; null when there was none yet. */
  LatestValueSplit(byte @Nullable [] value) {
    this.value = value;
  }

  /** The encoded value, not a copy; null when there was none yet. */
  byte @Nullable [] value() {
    return value;
  }

  @Override
  public String splitId() {
    return "latest";
  }
}
