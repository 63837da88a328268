package dev.lockstep.content;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The members of a mapping by name, for reading those that are expected. */
final class YamlMap {
  private final Node node;
  private final YamlIssues issues;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private YamlMap(Node node, YamlIssues issues) {
    this.node = node;
    this.issues = issues;
  }

  /** Reports what is no mapping, and every key that is not of {@code known} or comes twice. */
  static Optional<YamlMap> of(Node node, String what, Set<String> known, YamlIssues issues) {
    if (!(node instanceof MappingNode mapping)) {
      issues.report(node, what + " is a map of " + String.join(", ", known));
      return Optional.empty();
    }
    YamlMap map = new YamlMap(node, issues);
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      String name = key instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!known.contains(name)) {
        issues.report(key, "unknown key '" + name + "'; there is " + String.join(", ", known));
      } else if (map.values.putIfAbsent(name, tuple.getValueNode()) != null) {
        issues.report(key, "the key '" + name + "' is there already");
      }
    }
    return Optional.of(map);
  }

  Node node() {
    return node;
  }

  /** Returns empty without a report when the member is missing. */
  Optional<Node> optional(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Reports a member that is missing. */
  Optional<Node> required(String name) {
    Optional<Node> value = optional(name);
    if (value.isEmpty()) {
      issues.report(node, "there is no '" + name + "'");
    }
    return value;
  }

  /** The text of a required member; reports what is missing, no scalar, or blank. */
  Optional<String> text(String name) {
    return required(name).flatMap(value -> textOf(value, name));
  }

  /** The text of a member if it is there; reports what is no scalar, or blank. */
  Optional<String> optionalText(String name) {
    return optional(name).flatMap(value -> textOf(value, name));
  }

  private Optional<String> textOf(Node value, String name) {
    return textOf(value, "'" + name + "'", issues);
  }

  /** The text of a scalar; reports what is none, or blank. */
  static Optional<String> textOf(Node value, String what, YamlIssues issues) {
    if (value instanceof ScalarNode scalar
        && !scalar.getTag().equals(Tag.NULL)
        && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue());
    }
    issues.report(value, what + " must be a text");
    return Optional.empty();
  }
}
