package dev.lockstep.job.deliver;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.AlertHead;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.AlertRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alerts of tests as they come to the gate. */
final class Alerts {

  private Alerts() {}

  static Alert of(String ruleId, boolean shadowOnly) {
    return new Alert(
        AlertId.ofEvent("acme", ruleId, "e1"),
        "acme",
        "blue",
        Instant.EPOCH,
        new RuleReference(ruleId, "Title", "high", null, List.of("attack.t1"), "v1", shadowOnly),
        "bundle-1",
        Map.of("user", "root"),
        List.of(new EventReference("e1", Instant.EPOCH, "{\"user\":\"root\"}")),
        /* routing= */ null);
  }

  static AlertRecord record(Alert alert) {
    return new AlertRecord(
        alert.id(), alert.customer(), alert.rule().id(), /* lane= */ "", AlertJson.write(alert));
  }

  /** What the gate reads of it. */
  static AlertHead head(Alert alert) {
    return AlertHead.read(AlertJson.write(alert));
  }
}
