package dev.lockstep.alert;

import dev.lockstep.digest.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The deterministic identity of an alert: the same event and rule give the same id in every engine,
 * on every replay, at any parallelism.
 */
public final class AlertId {

  private static final int BYTES = 16;

  private AlertId() {}

  /**
   * Returns the first 128 bits of SHA-256 over customer, rule id and event id as 32 hex digits.
   * Each part is preceded by its length, so that no two triples share an input.
   */
  public static String ofEvent(String customer, String ruleId, String eventId) {
    return Sha256.hexOfParts(List.of(customer, ruleId, eventId), BYTES);
  }

  /**
   * Returns the same over customer, rule id and what bounds the window of a correlation's group.
   *
   * @param group values, in the order of the correlation
   * @param first id of the first event
   * @param last id of the last one
   * @param atMillis event time at which it was found
   */
  public static String ofGroup(
      String customer, String ruleId, List<String> group, String first, String last, long atMillis) {
    List<String> parts = new ArrayList<>(List.of(customer, ruleId));
    parts.addAll(group);
    parts.addAll(List.of(first, last, Long.toString(atMillis)));
    return Sha256.hexOfParts(parts, BYTES);
  }
}
