package dev.lockstep.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads what a case expects: {@code match} and {@code expect}. */
final class ExpectationReader {
  private final YamlIssues issues;

  ExpectationReader(YamlIssues issues) {
    this.issues = issues;
  }

  /** Returns empty after having reported why. An alert that is expected implies a match. */
  Optional<Expectation> read(YamlMap test) {
    Optional<Node> expect = test.optional("expect");
    Optional<ExpectedAlert> alert = expect.flatMap(new ExpectedAlertReader(issues)::read);
    Optional<Node> match = expect.isPresent() ? test.optional("match") : test.required("match");
    if (expect.isPresent() && match.filter(ExpectationReader::isFalse).isPresent()) {
      issues.report(expect.get(), "'expect' is about an alert, and 'match: false' means none");
      return Optional.empty();
    }
    if (match.isEmpty()) {
      return alert.map(wanted -> new Expectation(true, List.of(), alert));
    }
    return expectation(match.get(), alert);
  }

  private Optional<Expectation> expectation(Node match, Optional<ExpectedAlert> alert) {
    if (match instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return Optional.of(new Expectation(!isFalse(match), List.of(), alert));
    }
    if (match instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      List<NamedRule> rules = rules(sequence.getValue());
      return rules.size() == sequence.getValue().size()
          ? Optional.of(new Expectation(true, rules, alert))
          : Optional.empty();
    }
    issues.report(match, "'match' must be true, false or a list of the rules that match");
    return Optional.empty();
  }

  private List<NamedRule> rules(List<Node> nodes) {
    List<NamedRule> rules = new ArrayList<>();
    for (Node node : nodes) {
      YamlMap.textOf(node, "an entry of 'match'", issues)
          .ifPresent(name -> rules.add(new NamedRule(name, YamlIssues.positionOf(node))));
    }
    return rules;
  }

  private static boolean isFalse(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.BOOL)
        && !Boolean.parseBoolean(scalar.getValue());
  }
}
