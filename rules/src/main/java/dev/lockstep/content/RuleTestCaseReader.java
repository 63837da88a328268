package dev.lockstep.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the cases of test files; a case with several events but no timeline is as many cases. */
final class RuleTestCaseReader {
  private static final String DEFAULT_CUSTOMER = "test";
  private static final Set<String> KEYS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              List.of(
                  "name", "event", "events", "match", "customer", "expect", "timeline", "alerts")));

  private final YamlIssues issues;

  RuleTestCaseReader(YamlIssues issues) {
    this.issues = issues;
  }

  /** Returns none after having reported everything that is wrong. */
  List<RuleTestCase> read(Node node) {
    return YamlMap.of(node, "a case", KEYS, issues).map(this::cases).orElse(List.of());
  }

  private List<RuleTestCase> cases(YamlMap map) {
    if (map.optional("timeline").isPresent()) {
      return timeline(map);
    }
    map.optional("alerts")
        .ifPresent(node -> issues.report(node, "'alerts' is of a 'timeline', and there is none"));
    Optional<String> name = map.text("name");
    List<Node> nodes = events(map);
    List<Optional<String>> events = nodes.stream().map(this::event).toList();
    Optional<Expectation> expected = new ExpectationReader(issues).read(map);
    String customer = map.optionalText("customer").orElse(DEFAULT_CUSTOMER);
    if (name.isEmpty() || expected.isEmpty() || events.stream().anyMatch(Optional::isEmpty)) {
      return List.of();
    }
    List<RuleTestCase> cases = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      cases.add(
          new RuleTestCase(
              nodes.size() == 1
                  ? name.get()
                  : "%s (event %d of %d)".formatted(name.get(), i + 1, nodes.size()),
              YamlIssues.positionOf(nodes.size() == 1 ? map.node() : nodes.get(i)),
              customer,
              List.of(events.get(i).orElseThrow()),
              expected.get(),
              Optional.empty()));
    }
    return cases;
  }

  private List<RuleTestCase> timeline(YamlMap map) {
    for (String key : List.of("event", "events", "match", "expect")) {
      map.optional(key)
          .ifPresent(
              node ->
                  issues.report(
                      node,
                      "'%s' has no meaning beside a 'timeline'; it has 'alerts'".formatted(key)));
    }
    Optional<String> name = map.text("name");
    String customer = map.optionalText("customer").orElse(DEFAULT_CUSTOMER);
    List<ExpectedTimelineAlert> alerts =
        map.required("alerts").map(new ExpectedTimelineAlertReader(issues)::read).orElse(List.of());
    Timeline timeline =
        new TimelineReader(issues).read(map.required("timeline").orElseThrow(), alerts);
    Expectation expected = new Expectation(!alerts.isEmpty(), List.of(), Optional.empty());
    return name.stream()
        .map(
            text ->
                new RuleTestCase(
                    text,
                    YamlIssues.positionOf(map.node()),
                    customer,
                    timeline.events().stream().map(TimelineEvent::json).toList(),
                    expected,
                    Optional.of(timeline)))
        .toList();
  }

  private Optional<String> event(Node node) {
    return CaseEventJson.of(node, issues);
  }

  private List<Node> events(YamlMap map) {
    Optional<Node> one = map.optional("event");
    Optional<Node> several = map.optional("events");
    if (one.isPresent() == several.isPresent()) {
      issues.report(
          several.orElse(map.node()),
          one.isPresent()
              ? "there is an 'event' as well; write one of the two"
              : "there is neither 'event' nor 'events'");
      return List.of();
    }
    return one.map(List::of).orElseGet(() -> listed(several.orElseThrow()));
  }

  private List<Node> listed(Node node) {
    if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      return List.copyOf(sequence.getValue());
    }
    issues.report(node, "'events' must be a list of at least one event");
    return List.of();
  }
}
