package dev.lockstep.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** When each value of a group was seen last; one piece for each value, found by its hash. */
final class SeenValues {
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int SEPARATOR = 0x10000;

  private final Slots slots;
  private final ToLongFunction<List<String>> hash;

  SeenValues(Slots slots) {
    this(slots, SeenValues::hashOf);
  }

  SeenValues(Slots slots, ToLongFunction<List<String>> hash) {
    this.slots = slots;
    this.hash = hash;
  }

  /**
   * When values were seen last.
   *
   * @param id of the occurrence
   */
  record Seen(List<String> values, long atMillis, String id) {
    Seen {
      values = List.copyOf(values);
    }

    boolean isBy(Occurrence occurrence) {
      return atMillis == occurrence.atMillis() && id.equals(occurrence.id());
    }
  }

  /** Returns when these values were seen last; null if never. */
  @Nullable Seen of(List<String> values) {
    return at(slotOf(values)).stream()
        .filter(seen -> seen.values.equals(values))
        .findFirst()
        .orElse(null);
  }

  /** Remembers the occurrence as the last one of its values, and returns where. */
  long see(Occurrence occurrence) {
    long slot = slotOf(occurrence.values());
    List<Seen> others = without(occurrence.values(), slot);
    others.add(new Seen(occurrence.values(), occurrence.atMillis(), occurrence.id()));
    put(slot, others);
    return slot;
  }

  void forget(List<String> values) {
    long slot = slotOf(values);
    put(slot, without(values, slot));
  }

  /** Forgets the values of a slot that were seen last before then; returns how many they are. */
  int forgetBefore(long slot, long millis) {
    List<Seen> all = at(slot);
    List<Seen> kept = new ArrayList<>(all);
    kept.removeIf(seen -> seen.atMillis < millis);
    put(slot, kept);
    return all.size() - kept.size();
  }

  private List<Seen> without(List<String> values, long slot) {
    List<Seen> others = new ArrayList<>(at(slot));
    others.removeIf(seen -> seen.values.equals(values));
    return others;
  }

  private List<Seen> at(long slot) {
    byte[] bytes = slots.get(slot);
    return bytes == null
        ? List.of()
        : Bytes.read(
            bytes,
            in -> {
              int size = in.readInt();
              List<Seen> all = new ArrayList<>(size);
              for (int i = 0; i < size; i++) {
                all.add(new Seen(Bytes.readTexts(in), in.readLong(), Bytes.readText(in)));
              }
              return all;
            });
  }

  private void put(long slot, List<Seen> all) {
    if (all.isEmpty()) {
      slots.remove(slot);
      return;
    }
    slots.put(
        slot,
        Bytes.write(
            out -> {
              out.writeInt(all.size());
              for (Seen seen : all) {
                Bytes.writeTexts(seen.values, out);
                out.writeLong(seen.atMillis);
                Bytes.writeText(seen.id, out);
              }
            }));
  }

  /** Values that share a hash share a piece. */
  private long slotOf(List<String> values) {
    return SlotKind.VALUE.slot(hash.applyAsLong(values));
  }

  /** FNV-1a, with its highest byte folded in. */
  private static long hashOf(List<String> values) {
    long hash = FNV_BASIS;
    for (String value : values) {
      for (int i = 0; i < value.length(); i++) {
        hash = (hash ^ value.charAt(i)) * FNV_PRIME;
      }
      hash = (hash ^ SEPARATOR) * FNV_PRIME;
    }
    return hash ^ (hash >>> 56);
  }
}
