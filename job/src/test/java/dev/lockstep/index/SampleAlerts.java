package dev.lockstep.index;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Alerts of which each event has another shape than the one before. */
public final class SampleAlerts {

  private static final Instant TIME = Instant.parse("2026-01-31T23:59:59.999Z");

  /** Mapped one way they would conflict; the third names a member twice. */
  private static final List<String> EVENTS =
      List.of("{\"user\":1}", "{\"user\":{\"name\":\"x\"}}", "{\"user\":[],\"user\":true}");

  /** Longer than the longest term that an index can hold, in bytes. */
  private static final int LONG = 40_000;

  private SampleAlerts() {}

  /** Returns an alert of the customer, of the live lane and January 2026. */
  public static byte[] json(String customer, long number) {
    String event = "event-" + number;
    return AlertJson.write(
        new Alert(
            AlertId.ofEvent(customer, "rule-1", event),
            customer,
            "blue",
            TIME,
            new RuleReference(
                "rule-1", "A title", "high", "test", List.of("attack.t1059"), "v1", false),
            "bundle-1",
            Map.of("CommandLine", "x".repeat(number % 100 == 0 ? LONG : 10)),
            List.of(new EventReference(event, TIME, EVENTS.get((int) (number % EVENTS.size())))),
            new Routing(Lane.LIVE, "flags-1", "FALLTHROUGH")));
  }
}
