package dev.lockstep.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the cases of test files; a case with several events is as many cases. */
final class RuleTestCaseReader {
  private static final String DEFAULT_CUSTOMER = "test";
  private static final Set<String> KEYS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(List.of("name", "event", "events", "match", "customer", "expect")));
  private static final Map<String, String> REFUSED =
      Map.of("timeline", "correlation rules, which it is for, are not supported yet");

  private final YamlIssues issues;

  RuleTestCaseReader(YamlIssues issues) {
    this.issues = issues;
  }

  /** Returns none after having reported everything that is wrong. */
  List<RuleTestCase> read(Node node) {
    return YamlMap.of(node, "a case", KEYS, REFUSED, issues).map(this::cases).orElse(List.of());
  }

  private List<RuleTestCase> cases(YamlMap map) {
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
              events.get(i).orElseThrow(),
              expected.get()));
    }
    return cases;
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
