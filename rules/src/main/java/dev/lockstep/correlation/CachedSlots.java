package dev.lockstep.correlation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Slots that are read once and written once, however often that is asked for. */
final class CachedSlots implements Slots {
  private final Slots store;
  private final Map<Long, byte @Nullable []> known = new HashMap<>();
  private final Map<Long, byte @Nullable []> changed = new HashMap<>();

  CachedSlots(Slots store) {
    this.store = store;
  }

  @Override
  public byte @Nullable [] get(long slot) {
    if (known.containsKey(slot)) {
      return known.get(slot);
    }
    byte[] bytes = store.get(slot);
    known.put(slot, bytes);
    return bytes;
  }

  @Override
  public void put(long slot, byte[] bytes) {
    known.put(slot, bytes);
    changed.put(slot, bytes);
  }

  @Override
  public void remove(long slot) {
    if (get(slot) != null) {
      known.put(slot, null);
      changed.put(slot, null);
    }
  }

  /** Writes what has changed. */
  void flush() {
    changed.forEach(
        (slot, bytes) -> {
          if (bytes == null) {
            store.remove(slot);
          } else {
            store.put(slot, bytes);
          }
        });
    changed.clear();
  }
}
