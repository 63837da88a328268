package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one search identifier (Sigma specification, "Search-Identifier"): maps, lists, keywords.
 */
public final class DetectionReader {
  private final DocumentScope scope;
  private final Issues issues;

  DetectionReader(DocumentScope scope) {
    this.scope = scope;
    this.issues = scope.issues();
  }

  /** Reads a search identifier that is part of no rule; returns empty after having reported why. */
  public static Optional<Detection> readAlone(YamlNode node, Issues issues) {
    return new DetectionReader(new DocumentScope(issues, Placeholders.NONE)).read(node);
  }

  /** Returns empty after having reported why. */
  Optional<Detection> read(YamlNode node) {
    int before = issues.count();
    Detection detection = detection(node);
    return issues.count() == before ? Optional.of(detection) : Optional.empty();
  }

  private Detection detection(YamlNode node) {
    if (node instanceof YamlNode.Members members) {
      return fields(members);
    }
    if (node instanceof YamlNode.Items items) {
      return alternatives(items);
    }
    return item(FieldKey.ofKeywords(node.position()), node);
  }

  private Detection fields(YamlNode.Members members) {
    if (members.members().isEmpty()) {
      issues.report(members.position(), "an empty map matches nothing; name at least one field");
    }
    List<Detection> parts = new ArrayList<>();
    for (YamlNode.Member member : members.members()) {
      FieldKey.parse(member.key(), issues).ifPresent(key -> parts.add(item(key, member.value())));
    }
    return allOf(parts);
  }

  private Detection alternatives(YamlNode.Items items) {
    if (items.nodes().isEmpty()) {
      issues.report(items.position(), "an empty list matches nothing; give at least one entry");
    }
    List<Detection> parts = new ArrayList<>();
    for (YamlNode node : items.nodes()) {
      if (node instanceof YamlNode.Items) {
        issues.report(node.position(), "a list inside a list is not Sigma");
      } else {
        parts.add(detection(node));
      }
    }
    return anyOf(parts);
  }

  private Detection item(FieldKey key, YamlNode values) {
    List<Detection> parts = new ArrayList<>();
    ValueReader reader = new ValueReader(key, scope);
    for (YamlNode.Scalar value : scalars(key, values)) {
      parts.add(anyOf(reader.read(value).stream().map(key::asks).toList()));
    }
    Detection joined = key.has(Modifier.ALL) ? allOf(parts) : anyOf(parts);
    return key.has(Modifier.NEQ) ? new Detection.Not(joined) : joined;
  }

  private List<YamlNode.Scalar> scalars(FieldKey key, YamlNode values) {
    if (values instanceof YamlNode.Items items && items.nodes().isEmpty()) {
      issues.report(
          values.position(), "the list of values is empty; give at least one value, or null");
    }
    List<? extends YamlNode> nodes =
        values instanceof YamlNode.Items items ? items.nodes() : List.of(values);
    List<YamlNode.Scalar> scalars = new ArrayList<>();
    for (YamlNode node : nodes) {
      if (node instanceof YamlNode.Scalar scalar) {
        scalars.add(scalar);
      } else {
        issues.report(
            node.position(),
            "a value must be a scalar, this is %s%s"
                .formatted(node.describe(), key.isKeyword() ? "" : hint(key, node)));
      }
    }
    return scalars;
  }

  private static String hint(FieldKey key, YamlNode node) {
    if (node instanceof YamlNode.Members members && !members.members().isEmpty()) {
      String name = members.members().get(0).name();
      return "; write nested fields with a dot: '" + key.field() + "." + name + "'";
    }
    return "";
  }

  private static Detection allOf(List<Detection> parts) {
    return parts.size() == 1 ? parts.get(0) : new Detection.AllOf(parts);
  }

  private static Detection anyOf(List<Detection> parts) {
    return parts.size() == 1 ? parts.get(0) : new Detection.AnyOf(parts);
  }
}
