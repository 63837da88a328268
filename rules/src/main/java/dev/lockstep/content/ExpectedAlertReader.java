package dev.lockstep.content;

import dev.lockstep.sigma.RuleLevel;
import dev.lockstep.sigma.RuleStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads what a case says of an alert: the key {@code expect}. */
final class ExpectedAlertReader {
  private static final Set<String> KEYS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              List.of("rule", "matched_fields", "level", "title", "tags", "stage")));

  private final YamlIssues issues;

  ExpectedAlertReader(YamlIssues issues) {
    this.issues = issues;
  }

  /** Returns empty after having reported that this is no map; other faults are reported only. */
  Optional<ExpectedAlert> read(Node node) {
    return YamlMap.of(node, "'expect'", KEYS, issues).map(this::alert);
  }

  private ExpectedAlert alert(YamlMap map) {
    if (KEYS.stream().noneMatch(key -> map.optional(key).isPresent())) {
      issues.report(map.node(), "'expect' says nothing; there is " + String.join(", ", KEYS));
    }
    return new ExpectedAlert(
        YamlIssues.positionOf(map.node()),
        rule(map),
        map.optional("matched_fields").map(node -> fields(node, "matched_fields")).orElse(Map.of()),
        term(map, "level", RuleLevel.values(), RuleLevel::term),
        map.optionalText("title").orElse(null),
        map.optional("tags").map(this::tags).orElse(List.of()),
        term(map, "stage", RuleStage.values(), RuleStage::term));
  }

  static @Nullable NamedRule rule(YamlMap map) {
    Optional<Node> node = map.optional("rule");
    return map.optionalText("rule")
        .map(name -> new NamedRule(name, YamlIssues.positionOf(node.orElse(map.node()))))
        .orElse(null);
  }

  /** Reads values by field under that key. */
  Map<String, String> fields(Node node, String key) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
      issues.report(node, "'" + key + "' must be a map of at least one field and its value");
      return fields;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name
          && tuple.getValueNode() instanceof ScalarNode value
          && !value.getTag().equals(Tag.NULL)) {
        if (fields.putIfAbsent(name.getValue(), value.getValue()) != null) {
          issues.report(name, "the field '" + name.getValue() + "' is there already");
        }
      } else {
        issues.report(
            tuple.getValueNode(),
            "a field of '%s' has one value: a text, a number or a boolean".formatted(key));
      }
    }
    return fields;
  }

  private List<String> tags(Node node) {
    if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
      issues.report(node, "'tags' must be a list of at least one tag");
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    for (Node tag : sequence.getValue()) {
      YamlMap.textOf(tag, "a tag", issues).ifPresent(tags::add);
    }
    return tags;
  }

  <E> @Nullable E term(YamlMap map, String key, E[] choices, Function<E, String> termOf) {
    Optional<String> term = map.optionalText(key);
    if (term.isEmpty()) {
      return null;
    }
    for (E choice : choices) {
      if (termOf.apply(choice).equals(term.get())) {
        return choice;
      }
    }
    issues.report(
        map.optional(key).orElse(map.node()),
        "'%s' is no %s; there is %s"
            .formatted(
                term.get(),
                key,
                Arrays.stream(choices).map(termOf).collect(Collectors.joining(", "))));
    return null;
  }
}
