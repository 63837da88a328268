package dev.lockstep.parity;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Correlated;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.Alert.Suppressed;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds copies of one alert: equal but for what a test says. */
final class Copies {

  static final Instant TIME = Instant.parse("2026-01-01T10:20:30.456Z");

  String engine = "blue";
  Lane lane = Lane.SHADOW;
  String id = "alert-1";
  String rule = "rule-1";
  String level = "high";
  String version = "v1";
  String bundle = "b1";
  String flags = "f1";
  Instant time = TIME;
  Map<String, String> lanes = Map.of();
  Map<String, String> matched = Map.of("User", "ann");
  List<String> events = List.of("e1");
  @Nullable Correlated correlation;
  Suppressed suppressed = Suppressed.NONE;
  boolean shadowOnly;
  int times = 1;

  static Copies of(String engine, Lane lane) {
    Copies copies = new Copies();
    copies.engine = engine;
    copies.lane = lane;
    return copies;
  }

  Copies under(String flagSet, Map<String, String> lanesOfEngines) {
    flags = flagSet;
    lanes = lanesOfEngines;
    return this;
  }

  Copies correlated(int count, Instant from, Instant to, String... eventIds) {
    correlation =
        new Correlated("event_count", Map.of("User", "ann"), count, null, from, to, false);
    time = to;
    events = List.of(eventIds);
    return this;
  }

  byte[] json() {
    return AlertJson.write(
        new Alert(
            id,
            "acme",
            engine,
            time,
            new RuleReference(
                rule, "Title", level, "test", List.of("attack.t1059"), version, shadowOnly),
            bundle,
            matched,
            events.stream().map(each -> new EventReference(each, TIME, "{\"a\":1}")).toList(),
            correlation,
            suppressed,
            new Routing(lane, flags, "FALLTHROUGH", lanes, List.of())));
  }

  AlertCopy copy() {
    return AlertCopy.read(lane.wireName(), times, json());
  }
}
