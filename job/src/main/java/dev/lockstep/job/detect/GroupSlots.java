package dev.lockstep.job.detect;

import dev.lockstep.correlation.Slots;
import org.apache.flink.api.common.state.MapState;
import org.jspecify.annotations.Nullable;

/** Slots in the state of the current key. */
final class GroupSlots implements Slots {
  private final MapState<Long, byte[]> state;

  GroupSlots(MapState<Long, byte[]> state) {
    this.state = state;
  }

  @Override
  public byte @Nullable [] get(long slot) {
    return done(() -> state.get(slot));
  }

  @Override
  public void put(long slot, byte[] bytes) {
    done(
        () -> {
          state.put(slot, bytes);
          return bytes;
        });
  }

  @Override
  public void remove(long slot) {
    done(
        () -> {
          state.remove(slot);
          return null;
        });
  }

  /** Access to state. */
  @FunctionalInterface
  private interface Access {
    byte @Nullable [] make() throws Exception;
  }

  /** State that cannot be reached fails the task. */
  private static byte @Nullable [] done(Access access) {
    try {
      return access.make();
    } catch (Exception e) {
      throw new IllegalStateException("State of a correlation cannot be reached", e);
    }
  }
}
