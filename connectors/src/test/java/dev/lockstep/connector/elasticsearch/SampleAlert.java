package dev.lockstep.connector.elasticsearch;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One alert, varied. */
final class SampleAlert {

  private SampleAlert() {}

  static Alert of(String customer, Instant occurredAt, String event) {
    return new Alert(
            "0123456789abcdef0123456789abcdef",
            customer,
            "blue",
            occurredAt,
            new RuleReference(
                "rule-1", "A \"title\"", "high", "test", List.of("attack.t1059"), "v1", false),
            "bundle-1",
            Map.of("CommandLine", "whoami"),
            List.of(new EventReference("event-1", occurredAt, event)),
            null)
        .routed(new Routing(Lane.SHADOW, "flags-1", "FALLTHROUGH"));
  }
}
