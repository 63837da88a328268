package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.AlertLimit;
import dev.lockstep.correlation.GroupKey;
import dev.lockstep.sigma.Suppression;
import java.util.List;
import java.util.Map;

/** Which alerts of a rule are alike for its suppression. */
final class AlertLimits {

  private AlertLimits() {}

  /**
   * Returns the limit of an alert.
   *
   * @param fields those that the rule tells alerts apart by, as far as the event has them
   */
  static AlertLimit of(
      Suppression suppression,
      String customer,
      String ruleId,
      Map<String, String> fields,
      long atMillis) {
    List<String> values =
        suppression.by().stream().map(field -> fields.getOrDefault(field, "")).toList();
    AlertLimit limit = new AlertLimit();
    limit.key = new GroupKey(customer, ruleId, suppression.period().toString(), values).encode();
    limit.atMillis = atMillis;
    limit.periodMillis = suppression.period().toMillis();
    limit.max = suppression.max();
    limit.exponential = suppression.exponential();
    return limit;
  }
}
