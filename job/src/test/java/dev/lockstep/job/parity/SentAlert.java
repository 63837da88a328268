package dev.lockstep.job.parity;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Correlated;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.Alert.Suppressed;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An alert as an engine sends it; the id follows from customer, rule and event. */
record SentAlert(
    String engine,
    String lanes,
    String flags,
    String customer,
    String rule,
    String level,
    String bundle,
    Instant time,
    List<String> events,
    @Nullable Correlated correlation) {

  static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  /**
   * An alert of a single event.
   *
   * @param lanes of blue and of green, such as {@code live/shadow}
   */
  static SentAlert of(String engine, String lanes, int number) {
    return new SentAlert(
        engine,
        lanes,
        "f1",
        "acme",
        "rule-1",
        "high",
        "b1",
        START.plusSeconds(number),
        List.of("e" + number),
        null);
  }

  SentAlert flags(String set) {
    return new SentAlert(
        engine, lanes, set, customer, rule, level, bundle, time, events, correlation);
  }

  SentAlert ofRule(String id) {
    return new SentAlert(
        engine, lanes, flags, customer, id, level, bundle, time, events, correlation);
  }

  SentAlert level(String other) {
    return new SentAlert(
        engine, lanes, flags, customer, rule, other, bundle, time, events, correlation);
  }

  SentAlert bundle(String other) {
    return new SentAlert(
        engine, lanes, flags, customer, rule, level, other, time, events, correlation);
  }

  SentAlert customer(String other) {
    return new SentAlert(
        engine, lanes, flags, other, rule, level, bundle, time, events, correlation);
  }

  /** Found by so many events, of which the last has that number. */
  SentAlert counting(int count, int last) {
    Instant at = START.plusSeconds(last);
    return new SentAlert(
        engine,
        lanes,
        flags,
        customer,
        rule,
        level,
        bundle,
        at,
        IntStream.rangeClosed(last - count + 1, last).mapToObj(i -> "e" + i).toList(),
        new Correlated(
            "event_count", Map.of("User", "ann"), count, null, at.minusSeconds(count), at, false));
  }

  String id() {
    return correlation == null
        ? AlertId.ofEvent(customer, rule, events.get(0))
        : AlertId.ofGroup(
            customer,
            rule,
            List.of("ann"),
            events.get(0),
            events.get(events.size() - 1),
            time.toEpochMilli());
  }

  Lane lane() {
    return Lane.ofWireName(lanes.split("/", -1)[engine.equals("green") ? 1 : 0]);
  }

  byte[] json() {
    String[] each = lanes.split("/", -1);
    return AlertJson.write(
        new Alert(
            id(),
            customer,
            engine,
            time,
            new RuleReference(
                rule, "Title of " + rule, level, null, List.of("attack.t1059"), "v1", false),
            bundle,
            Map.of("User", "ann"),
            events.stream().map(id -> new EventReference(id, time, "{\"User\":\"ann\"}")).toList(),
            correlation,
            Suppressed.NONE,
            new Routing(
                lane(),
                flags,
                "RULE_MATCH",
                Map.of("blue", each[0], "green", each[1]),
                List.of())));
  }

  void to(ParityHarness harness) throws Exception {
    harness.send(lane(), json());
  }
}
