package dev.lockstep.correlation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code new_term}. Each value lies for itself; to forget values, the places of those that were
 * seen in one part of the timespan are listed together.
 */
final class NewTermMachine extends GroupMachine {
  private static final int PARTS = 16;
  private static final int LIST = 64;
  private static final int LISTS_OF_PART = 1 << 16;

  private final long timespan;
  private final long learning;
  private final long part;
  private final int most;
  private final Slots slots;
  private final SeenValues seen;
  private long firstMillis;
  private int known;

  /** How many places are listed of each part of time; lists lie in slots of their own. */
  private final TreeMap<Long, Integer> parts = new TreeMap<>();

  private int givenUp;

  NewTermMachine(long timespan, long learning, int most, Slots slots, @Nullable PieceReader state) {
    this.timespan = timespan;
    this.learning = learning;
    this.part = Math.max(1, timespan / PARTS);
    this.most = most;
    this.slots = slots;
    this.seen = new SeenValues(slots);
    if (state != null) {
      firstMillis = state.readLong();
      known = state.readInt();
      int size = state.readInt();
      for (int i = 0; i < size; i++) {
        parts.put(state.readLong(), state.readInt());
      }
    }
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    if (occurrence.values().isEmpty()) {
      return;
    }
    long now = occurrence.atMillis();
    if (parts.isEmpty()) {
      firstMillis = now;
    }
    SeenValues.Seen before = seen.of(occurrence.values());
    boolean isNew = before == null || before.atMillis() < now - timespan;
    boolean remembered = before != null || known < most;
    if (remembered) {
      remember(occurrence, before);
    } else {
      givenUp++;
    }
    if (isNew && now >= firstMillis + learning) {
      findings.accept(
          new Finding(
              now,
              now - timespan,
              1,
              /* value= */ null,
              List.of(occurrence),
              /* approximate= */ !remembered));
    }
  }

  private void remember(Occurrence occurrence, SeenValues.@Nullable Seen before) {
    known += before == null ? 1 : 0;
    long slot = seen.see(occurrence);
    long current = Math.floorDiv(occurrence.atMillis(), part);
    if (before == null || Math.floorDiv(before.atMillis(), part) != current) {
      list(current, slot);
    }
  }

  private void list(long at, long slot) {
    int size = parts.merge(at, 1, Integer::sum);
    long listed = listSlot(at, (size - 1) / LIST);
    List<Long> slotsOfPart = new ArrayList<>(listedAt(listed));
    slotsOfPart.add(slot);
    slots.put(
        listed,
        Bytes.write(
            out -> {
              out.writeInt(slotsOfPart.size());
              for (long one : slotsOfPart) {
                out.writeLong(one);
              }
            }));
  }

  private static long listSlot(long at, int list) {
    return SlotKind.SEEN.slot(at * LISTS_OF_PART + list);
  }

  private List<Long> listedAt(long slot) {
    byte[] bytes = slots.get(slot);
    return bytes == null
        ? List.of()
        : Bytes.read(
            bytes,
            in -> {
              int size = in.readInt();
              List<Long> listed = new ArrayList<>(size);
              for (int i = 0; i < size; i++) {
                listed.add(in.readLong());
              }
              return listed;
            });
  }

  @Override
  long wakeAt() {
    return parts.isEmpty() ? NEVER : (parts.firstKey() + 1) * part + timespan;
  }

  @Override
  void wake(Consumer<Finding> findings) {
    long end = wakeAt();
    for (long slot : take(parts.firstKey())) {
      known -= seen.forgetBefore(slot, end - timespan);
    }
  }

  /** Returns the places that are listed of a part of time, and forgets the list. */
  private Set<Long> take(long at) {
    Set<Long> places = new HashSet<>();
    int size = parts.remove(at);
    for (int list = 0; list * LIST < size; list++) {
      places.addAll(listedAt(listSlot(at, list)));
      slots.remove(listSlot(at, list));
    }
    return places;
  }

  @Override
  void save(PieceWriter out) {
    out.writeLong(firstMillis);
    out.writeInt(known);
    out.writeInt(parts.size());
    for (var entry : parts.entrySet()) {
      out.writeLong(entry.getKey());
      out.writeInt(entry.getValue());
    }
  }

  @Override
  void clear() {
    while (!parts.isEmpty()) {
      take(parts.firstKey()).forEach(slot -> seen.forgetBefore(slot, Long.MAX_VALUE));
    }
    known = 0;
  }

  @Override
  int givenUp() {
    return givenUp;
  }
}
