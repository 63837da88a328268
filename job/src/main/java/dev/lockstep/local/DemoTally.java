package dev.lockstep.local;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import java.util.EnumMap;
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
  private long duplicates;

  synchronized void add(Alert alert, Lane lane) {
    if (!ids.add(alert.id())) {
      duplicates++;
    }
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
