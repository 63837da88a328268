package dev.lockstep.correlation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code temporal_ordered}: for each beginning of the order of rules, the chain of occurrences that
 * began last. If any chain is within the window, that one is.
 *
 * <p>An event has one time, so that only those of the same millisecond need a look at whether they
 * are the same: a chain is one that was there before this millisecond, and different events of it.
 */
final class OrderedMachine extends GroupMachine {
  private final long timespan;

  /** Of rules 0 to i at position i; empty where there is none. */
  private final List<List<Occurrence>> chains = new ArrayList<>();

  /** The same as it was before the millisecond of the occurrences that came last. */
  private final List<List<Occurrence>> earlier = new ArrayList<>();

  /** What came in this millisecond, by rule; empty between two advances of the group. */
  private final List<List<Occurrence>> now = new ArrayList<>();

  OrderedMachine(long timespan, int rules, @Nullable PieceReader state) {
    this.timespan = timespan;
    for (int i = 0; i < rules; i++) {
      chains.add(state == null ? List.of() : Bytes.readAll(state));
      now.add(new ArrayList<>());
    }
    earlier.addAll(chains);
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    long from = occurrence.atMillis() - timespan;
    int member = occurrence.member();
    // With as many events as there are rules, each rule gets one that no other has.
    if (now.get(member).size() < now.size()) {
      now.get(member).add(occurrence);
    }
    List<Occurrence> longest = endingWith(member, from);
    if (longest.isEmpty()) {
      return;
    }
    List<Occurrence> known = chains.get(member);
    boolean before = isWithin(known, from);
    if (!before || longest.get(0).atMillis() > known.get(0).atMillis()) {
      chains.set(member, longest);
    }
    if (member == chains.size() - 1 && !before) {
      findings.accept(
          new Finding(
              occurrence.atMillis(),
              from,
              longest.size(),
              /* value= */ null,
              longest,
              /* approximate= */ false));
    }
  }

  /** The chain that begins last of those which end in this millisecond; empty if there is none. */
  private List<Occurrence> endingWith(int member, long from) {
    for (int first = 0; first <= member; first++) {
      if (first == 0 || isWithin(earlier.get(first - 1), from)) {
        List<Occurrence> different = differentEvents(first, member);
        if (!different.isEmpty()) {
          List<Occurrence> chain = new ArrayList<>();
          if (first > 0) {
            chain.addAll(earlier.get(first - 1));
          }
          chain.addAll(different);
          return chain;
        }
      }
    }
    return List.of();
  }

  /** For each of these rules an event of this millisecond, none twice; empty if that cannot be. */
  private List<Occurrence> differentEvents(int first, int last) {
    Map<String, Occurrence> taken = new HashMap<>();
    for (int member = first; member <= last; member++) {
      if (!take(member, taken, new HashSet<>())) {
        return List.of();
      }
    }
    return taken.values().stream().sorted(Comparator.comparingInt(Occurrence::member)).toList();
  }

  /** Takes an event for a rule, for which other rules may get another one than they had. */
  private boolean take(int member, Map<String, Occurrence> taken, Set<String> tried) {
    for (Occurrence occurrence : now.get(member)) {
      if (tried.add(occurrence.id())) {
        Occurrence other = taken.get(occurrence.id());
        if (other == null || take(other.member(), taken, tried)) {
          taken.put(occurrence.id(), occurrence);
          return true;
        }
      }
    }
    return false;
  }

  @Override
  void endMoment(Consumer<Finding> findings) {
    for (int i = 0; i < chains.size(); i++) {
      earlier.set(i, chains.get(i));
      now.get(i).clear();
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
  void save(PieceWriter out) {
    for (List<Occurrence> chain : chains) {
      Bytes.writeAll(chain, out);
    }
  }

  @Override
  void clear() {
    for (int i = 0; i < chains.size(); i++) {
      chains.set(i, List.of());
      earlier.set(i, List.of());
    }
  }
}
