package dev.lockstep.job.detect;

import dev.lockstep.alert.Alert.Suppressed;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.AlertRecord;
import java.time.Instant;

/** An alert that is sent for others that are not. */
final class StandingAlert {

  private StandingAlert() {}

  /**
   * Returns the first alert, standing for the others if there are any.
   *
   * @param others how many there are beside the first
   * @param untilMillis up to what event time they were counted
   */
  static AlertRecord of(AlertRecord first, long others, long untilMillis) {
    AlertRecord standing =
        new AlertRecord(
            first.alertId,
            first.customer,
            first.ruleId,
            first.lane,
            others == 0 ? first.json : standingFor(first, others, untilMillis));
    standing.limit = first.limit;
    standing.waitedUntilMillis = untilMillis;
    return standing;
  }

  private static byte[] standingFor(AlertRecord first, long others, long untilMillis) {
    Suppressed all = new Suppressed(others, Instant.ofEpochMilli(untilMillis));
    return AlertJson.write(AlertJson.read(first.json).standingFor(all));
  }
}
