package dev.lockstep.local;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.EventFate;
import dev.lockstep.statistics.StatisticsKey;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts of the committed alerts and dead letters in Kafka. Safe for use by several threads. */
final class DemoTally {

  private final Map<Lane, Long> byLane = new EnumMap<>(Lane.class);
  private final Map<String, Map<Lane, Long>> byCustomer = new TreeMap<>();
  private final Map<String, Map<Lane, Long>> byRule = new TreeMap<>();
  private final Map<String, Long> deadLetters = new TreeMap<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<StatisticsKey, CustomerStatistics> statistics = new HashMap<>();
  private final ExpectedAlerts expected;
  private long duplicates;

  /**
   * @param expected is shown each alert
   */
  DemoTally(ExpectedAlerts expected) {
    this.expected = expected;
  }

  synchronized void add(Alert alert, Lane lane) {
    if (!ids.add(alert.id())) {
      duplicates++;
    }
    expected.came(alert);
    byLane.merge(lane, 1L, Long::sum);
    byCustomer
        .computeIfAbsent(alert.customer(), unused -> new EnumMap<>(Lane.class))
        .merge(lane, 1L, Long::sum);
    byRule
        .computeIfAbsent(alert.rule().title(), unused -> new EnumMap<>(Lane.class))
        .merge(lane, 1L, Long::sum);
  }

  synchronized void addDeadLetter(String deadLetterClass) {
    deadLetters.merge(deadLetterClass, 1L, Long::sum);
  }

  /** Takes the engine's own counts of a customer and period, in place of its earlier ones. */
  synchronized void add(CustomerStatistics counts) {
    statistics.put(counts.key(), counts);
  }

  /** How many events of the customer the engine has counted, which it does exactly. */
  synchronized long events(String customer) {
    return counted(customer, Counted.EVENTS, EventFate.IN.label());
  }

  /** How many records of the customer the engine has counted that are no events. */
  synchronized long malformed(String customer) {
    return counted(customer, Counted.DEAD_LETTERS, DeadLetterClass.MALFORMED.name());
  }

  private long counted(String customer, Counted counted, String label) {
    return statistics.values().stream()
        .filter(each -> each.customer().equals(customer))
        .mapToLong(each -> each.counts().of(counted, label))
        .sum();
  }

  synchronized long alerts(Lane lane) {
    return byLane.getOrDefault(lane, 0L);
  }

  synchronized long deadLetters() {
    return deadLetters.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Alerts whose id had come before, in either lane. */
  synchronized long duplicates() {
    return duplicates;
  }

  synchronized Map<String, Map<Lane, Long>> byCustomer() {
    return new TreeMap<>(byCustomer);
  }

  synchronized Map<String, Map<Lane, Long>> byRule() {
    return new TreeMap<>(byRule);
  }

  synchronized Map<String, Long> deadLettersByClass() {
    return new TreeMap<>(deadLetters);
  }
}
