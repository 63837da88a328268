package dev.lockstep.content;

import dev.lockstep.sigma.RuleLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the alerts that a timeline is expected to raise: the key {@code alerts}. */
final class ExpectedTimelineAlertReader {
  private static final Set<String> KEYS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(List.of("rule", "at", "count", "group", "level", "value", "events")));

  private final YamlIssues issues;
  private final ExpectedAlertReader alerts;

  ExpectedTimelineAlertReader(YamlIssues issues) {
    this.issues = issues;
    this.alerts = new ExpectedAlertReader(issues);
  }

  /** Leaves out what has faults, after having reported them. */
  List<ExpectedTimelineAlert> read(Node node) {
    List<ExpectedTimelineAlert> read = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      sequence
          .getValue()
          .forEach(
              one ->
                  YamlMap.of(one, "an alert", KEYS, issues)
                      .flatMap(this::alert)
                      .ifPresent(read::add));
    } else {
      issues.report(node, "'alerts' must be a list, [] if there are none");
    }
    return read;
  }

  private Optional<ExpectedTimelineAlert> alert(YamlMap map) {
    Optional<Long> at = map.required("at").flatMap(node -> TimelineSpan.read(node, "at", issues));
    ExpectedTimelineAlert alert =
        new ExpectedTimelineAlert(
            YamlIssues.positionOf(map.node()),
            ExpectedAlertReader.rule(map),
            at.orElse(0L),
            map.optional("count").flatMap(node -> whole(node, "count")).orElse(null),
            map.optional("group").map(node -> alerts.fields(node, "group")).orElse(Map.of()),
            alerts.term(map, "level", RuleLevel.values(), RuleLevel::term),
            map.optional("value")
                .flatMap(node -> TimelineNumbers.decimal(node, "value", issues))
                .orElse(null),
            map.optional("events").flatMap(node -> whole(node, "events")).orElse(null));
    return at.map(millis -> alert);
  }

  private Optional<Long> whole(Node node, String key) {
    return TimelineNumbers.whole(node, key, 0, Long.MAX_VALUE, issues);
  }
}
