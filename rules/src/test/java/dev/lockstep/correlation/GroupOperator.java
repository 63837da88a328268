package dev.lockstep.correlation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Drives one group as a stream processor does: with state, timers and a watermark. */
final class GroupOperator {
  private final Correlation correlation;
  private final int most;
  private final Map<Long, byte[]> store = new HashMap<>();
  private final TreeSet<Long> timers = new TreeSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Occurrence> late = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;
  private int givenUp;
  private int estimated;

  GroupOperator(Correlation correlation, int most) {
    this.correlation = correlation;
    this.most = most;
  }

  /** State as a checkpoint has it; the watermark is not part of it. */
  record Checkpoint(Map<Long, byte[]> store, TreeSet<Long> timers, List<Finding> findings) {}

  Checkpoint checkpoint() {
    return new Checkpoint(new HashMap<>(store), new TreeSet<>(timers), List.copyOf(findings));
  }

  /** Begins again where the checkpoint was taken. */
  void restore(Checkpoint checkpoint) {
    store.clear();
    store.putAll(checkpoint.store);
    timers.clear();
    timers.addAll(checkpoint.timers);
    findings.clear();
    findings.addAll(checkpoint.findings);
    watermark = Long.MIN_VALUE;
  }

  void add(List<Occurrence> occurrences) {
    group().add(occurrences, watermark, timers::add, late::add);
  }

  void advanceTo(long time) {
    watermark = time;
    while (!timers.isEmpty() && timers.first() <= time) {
      long due = timers.first();
      timers.remove(due);
      Group.Advance advance = group().advance(correlation, most, due, watermark, timers::add);
      findings.addAll(advance.findings());
      givenUp += advance.givenUp();
      estimated += advance.estimated();
    }
  }

  void finish() {
    advanceTo(Long.MAX_VALUE);
  }

  long watermark() {
    return watermark;
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  List<Expected> found() {
    return findings.stream().map(Expected::of).toList();
  }

  List<Occurrence> late() {
    return List.copyOf(late);
  }

  int givenUp() {
    return givenUp;
  }

  /** How many rules the correlation has. */
  int rules() {
    return correlation.written().rules().size();
  }

  int estimated() {
    return estimated;
  }

  /** Whether nothing is held and nothing waited for. */
  boolean isEmpty() {
    return store.isEmpty() && timers.isEmpty();
  }

  /** Whether something was taken that still makes a difference. */
  boolean hasProgress() {
    return store.containsKey(SlotKind.PROGRESS.slot());
  }

  /** What is held, to be compared. */
  Map<Long, ByteBuffer> held() {
    Map<Long, ByteBuffer> held = new HashMap<>();
    store.forEach((slot, bytes) -> held.put(slot, ByteBuffer.wrap(bytes)));
    return held;
  }

  private Group group() {
    return new Group(new MapSlots(store));
  }

  /** Keeps slots in a map. */
  record MapSlots(Map<Long, byte[]> store) implements Slots {
    @Override
    public byte @Nullable [] get(long slot) {
      return store.get(slot);
    }

    @Override
    public void put(long slot, byte[] bytes) {
      store.put(slot, bytes);
    }

    @Override
    public void remove(long slot) {
      store.remove(slot);
    }
  }
}
