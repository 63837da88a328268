package dev.lockstep.cli;

import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What candidate content would have raised, beside what was raised. Alerts are told apart by their
 * ids: what was sent by several engines or in both lanes counts once.
 *
 * @param changes of each customer and rule, in this order
 * @param costs of each rule that judging was measured of, the dearest first
 * @param otherRules how many rules had alerts and are not in the content
 * @param otherAlerts how many alerts they had
 * @param newIds of alerts that were not raised
 */
record BacktestResult(
    List<Change> changes, List<Cost> costs, int otherRules, int otherAlerts, Set<String> newIds) {

  BacktestResult {
    changes = List.copyOf(changes);
    costs = List.copyOf(costs);
    newIds = Set.copyOf(newIds);
  }

  /**
   * A rule's alerts for a customer.
   *
   * @param raised how many there were
   * @param same how many of them there would be again
   * @param added how many there were not
   * @param gone how many there would not be any more
   */
  record Change(
      String customer, String rule, String title, int raised, int same, int added, int gone) {}

  /**
   * What judging a rule cost.
   *
   * @param nanos estimated of one event in many
   * @param share of what all rules cost, 0 to 1
   */
  record Cost(String rule, long nanos, double share) {}

  /**
   * Compares.
   *
   * @param titles of the rules of the candidate content, by their ids
   * @param counts of all customers and periods
   */
  static BacktestResult of(
      Map<String, String> titles,
      Collection<BacktestAlert> candidates,
      Collection<BacktestAlert> raised,
      Counts counts) {
    Map<String, BacktestAlert> before = byId(raised);
    Map<String, BacktestAlert> after = byId(candidates);
    SortedMap<String, SortedMap<String, Numbers>> numbers = new TreeMap<>();
    Set<String> others = new HashSet<>();
    int otherAlerts = 0;
    for (BacktestAlert alert : before.values()) {
      if (titles.containsKey(alert.rule())) {
        Numbers of = of(numbers, alert);
        of.raised++;
        if (after.containsKey(alert.id())) {
          of.same++;
        } else {
          of.gone++;
        }
      } else {
        others.add(alert.rule());
        otherAlerts++;
      }
    }
    Set<String> added = new HashSet<>();
    for (BacktestAlert alert : after.values()) {
      if (!before.containsKey(alert.id())) {
        of(numbers, alert).added++;
        added.add(alert.id());
      }
    }
    return new BacktestResult(
        changes(numbers, titles), costs(counts), others.size(), otherAlerts, added);
  }

  private static Map<String, BacktestAlert> byId(Collection<BacktestAlert> alerts) {
    Map<String, BacktestAlert> byId = new HashMap<>();
    alerts.forEach(alert -> byId.putIfAbsent(alert.id(), alert));
    return byId;
  }

  private static Numbers of(
      SortedMap<String, SortedMap<String, Numbers>> numbers, BacktestAlert alert) {
    return numbers
        .computeIfAbsent(alert.customer(), key -> new TreeMap<>())
        .computeIfAbsent(alert.rule(), key -> new Numbers());
  }

  private static List<Change> changes(
      SortedMap<String, SortedMap<String, Numbers>> numbers, Map<String, String> titles) {
    List<Change> changes = new ArrayList<>();
    numbers.forEach(
        (customer, rules) ->
            rules.forEach(
                (rule, of) ->
                    changes.add(
                        new Change(
                            customer,
                            rule,
                            titles.getOrDefault(rule, rule),
                            of.raised,
                            of.same,
                            of.added,
                            of.gone))));
    return changes;
  }

  private static List<Cost> costs(Counts counts) {
    long all = counts.sum(Counted.COST_NANOS);
    return counts.labels(Counted.COST_NANOS).stream()
        .map(
            rule -> {
              long nanos = counts.of(Counted.COST_NANOS, rule);
              return new Cost(rule, nanos, (double) nanos / all);
            })
        .sorted(Comparator.comparingLong(Cost::nanos).reversed().thenComparing(Cost::rule))
        .toList();
  }

  int added() {
    return newIds.size();
  }

  int gone() {
    return changes.stream().mapToInt(Change::gone).sum();
  }

  int same() {
    return changes.stream().mapToInt(Change::same).sum();
  }

  private static final class Numbers {
    private int raised;
    private int same;
    private int added;
    private int gone;
  }
}
