package dev.lockstep.correlation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code temporal_ordered}: for each beginning of the order of rules, the chain of occurrences that
 * began last. If any chain is within the window, that one is.
 */
final class OrderedMachine extends GroupMachine {
  private final long timespan;

  /** Of rules 0 to i at position i; empty where there is none. */
  private final List<List<Occurrence>> chains = new ArrayList<>();

  /** The same without the event that came last, which must not be in a chain twice. */
  private final List<List<Occurrence>> earlier = new ArrayList<>();

  private String lastId = "";

  OrderedMachine(long timespan, int rules, @Nullable DataInputStream state) throws IOException {
    this.timespan = timespan;
    if (state != null) {
      lastId = state.readUTF();
    }
    for (int i = 0; i < rules; i++) {
      chains.add(state == null ? List.of() : Bytes.readAll(state));
      earlier.add(state == null ? List.of() : Bytes.readAll(state));
    }
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    long from = occurrence.atMillis() - timespan;
    int member = occurrence.member();
    if (!occurrence.id().equals(lastId)) {
      lastId = occurrence.id();
      for (int i = 0; i < chains.size(); i++) {
        earlier.set(i, chains.get(i));
      }
    }
    List<Occurrence> longer = new ArrayList<>();
    if (member > 0) {
      List<Occurrence> begun = earlier.get(member - 1);
      if (!isWithin(begun, from)) {
        return;
      }
      longer.addAll(begun);
    }
    longer.add(occurrence);
    List<Occurrence> known = chains.get(member);
    boolean before = isWithin(known, from);
    if (!before || longer.get(0).atMillis() > known.get(0).atMillis()) {
      chains.set(member, longer);
    }
    if (member == chains.size() - 1 && !before) {
      findings.accept(
          new Finding(
              occurrence.atMillis(),
              from,
              longer.size(),
              /* value= */ null,
              longer,
              /* approximate= */ false));
    }
  }

  private static boolean isWithin(List<Occurrence> chain, long from) {
    return !chain.isEmpty() && chain.get(0).atMillis() >= from;
  }

  @Override
  long wakeAt() {
    long newest = Long.MIN_VALUE;
    for (List<Occurrence> chain : chains) {
      if (!chain.isEmpty()) {
        newest = Math.max(newest, chain.get(0).atMillis());
      }
    }
    return newest == Long.MIN_VALUE ? NEVER : newest + timespan + 1;
  }

  @Override
  void wake(Consumer<Finding> findings) {
    clear();
  }

  @Override
  void save(DataOutputStream out) throws IOException {
    out.writeUTF(lastId);
    for (int i = 0; i < chains.size(); i++) {
      Bytes.writeAll(chains.get(i), out);
      Bytes.writeAll(earlier.get(i), out);
    }
  }

  @Override
  void clear() {
    lastId = "";
    for (int i = 0; i < chains.size(); i++) {
      chains.set(i, List.of());
      earlier.set(i, List.of());
    }
  }
}
