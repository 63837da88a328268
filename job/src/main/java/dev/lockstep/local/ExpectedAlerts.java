package dev.lockstep.local;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The alerts that a customer's events must come to, held against those that come. Safe for use by
 * several threads.
 */
final class ExpectedAlerts {

  private final String customer;
  // By what tells the alert: its id or, of several events, its correlation and their client.
  private final Map<String, Instant> ofEvents = new HashMap<>();
  private final Map<String, Instant> ofGroups = new HashMap<>();
  private final Map<String, Integer> came = new HashMap<>();

  ExpectedAlerts(String customer) {
    this.customer = customer;
  }

  /** A rule must find an event. */
  synchronized void ofEvent(String rule, String event, Instant at) {
    ofEvents.put(AlertId.ofEvent(customer, rule, event), at);
  }

  /** A correlation must find what a client did up to a moment. */
  synchronized void ofGroup(String correlation, String client, Instant at) {
    ofGroups.put(key(correlation, client), at);
  }

  synchronized void came(Alert alert) {
    if (alert.customer().equals(customer)) {
      Alert.Correlated group = alert.correlation();
      String key =
          group == null
              ? alert.id()
              : key(alert.rule().id(), group.group().getOrDefault("c-ip", ""));
      came.merge(key, 1, Integer::sum);
    }
  }

  private static String key(String correlation, String client) {
    return correlation + " " + client;
  }

  /**
   * Returns how it stands.
   *
   * @param eventTime how far event time is: what correlations find later need not have come
   */
  synchronized Standing at(Instant eventTime) {
    List<String> due = new ArrayList<>(ofEvents.keySet());
    ofGroups.forEach(
        (key, at) -> {
          if (at.isBefore(eventTime)) {
            due.add(key);
          }
        });
    long missing = due.stream().filter(key -> !came.containsKey(key)).count();
    long others =
        came.keySet().stream()
            .filter(key -> !ofEvents.containsKey(key) && !ofGroups.containsKey(key))
            .count();
    long again = came.values().stream().mapToLong(times -> times - 1L).sum();
    return new Standing(due.size(), missing, others + again);
  }

  /**
   * How alerts stand that must come.
   *
   * @param due how many must have come
   * @param missing how many of these have not
   * @param surplus how many have come that need not, or a second time
   */
  record Standing(long due, long missing, long surplus) {
    boolean isMet() {
      return missing == 0 && surplus == 0;
    }
  }
}
