package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the section with the detections of a rule or filter: search identifiers first, then what
 * combines them.
 */
final class DetectionSectionReader {
  private static final String CONDITION = "condition";

  private final String name;
  private final DocumentScope scope;
  private final Issues issues;

  DetectionSectionReader(String name, DocumentScope scope) {
    this.name = name;
    this.scope = scope;
    this.issues = scope.issues();
  }

  /** Fills in the detections and returns their condition, or empty after having reported why. */
  Optional<Condition> read(YamlNode.Members document, Map<String, Detection> detections) {
    Optional<YamlNode.Member> section = document.member(name);
    if (section.isEmpty()) {
      issues.report(document.position(), "the rule has no " + name);
      return Optional.empty();
    }
    if (!(section.get().value() instanceof YamlNode.Members members)) {
      issues.report(
          section.get().value().position(),
          "'" + name + "' is a map, this is " + section.get().value().describe());
      return Optional.empty();
    }
    Set<String> identifiers = readIdentifiers(members, detections);
    Optional<YamlNode.Member> condition = members.member(CONDITION);
    if (identifiers.isEmpty()) {
      issues.report(section.get().key().position(), "the " + name + " has no search identifier");
    }
    if (condition.isEmpty()) {
      issues.report(section.get().key().position(), "the " + name + " has no condition");
      return Optional.empty();
    }
    return conditions(condition.get().value(), identifiers);
  }

  /** Identifiers with a fault of their own count as defined: one mistake, one issue. */
  private Set<String> readIdentifiers(YamlNode.Members members, Map<String, Detection> detections) {
    Set<String> identifiers = new LinkedHashSet<>();
    DetectionReader reader = new DetectionReader(scope);
    for (YamlNode.Member member : members.members()) {
      if (member.name().equals("timeframe")) {
        issues.report(
            member.key().position(), "'timeframe' is no longer Sigma; write a correlation rule");
      } else if (!isReserved(name, member.name())) {
        identifiers.add(member.name());
        reader
            .read(member.value())
            .ifPresent(detection -> detections.put(member.name(), detection));
      }
    }
    return identifiers;
  }

  /** Tells whether a member of the section is none of its search identifiers. */
  static boolean isReserved(String section, String member) {
    return member.equals(CONDITION)
        || (section.equals(FilterReader.SECTION) && member.equals(FilterReader.RULES));
  }

  private Optional<Condition> conditions(YamlNode node, Set<String> identifiers) {
    if (node instanceof YamlNode.Scalar scalar) {
      return ConditionParser.parse(scalar, identifiers, scope);
    }
    if (!(node instanceof YamlNode.Items items) || items.nodes().isEmpty()) {
      issues.report(
          node.position(), "a condition is text or a list of texts, this is " + kind(node));
      return Optional.empty();
    }
    List<Condition> alternatives = new ArrayList<>();
    for (YamlNode item : items.nodes()) {
      if (item instanceof YamlNode.Scalar scalar) {
        ConditionParser.parse(scalar, identifiers, scope).ifPresent(alternatives::add);
      } else {
        issues.report(item.position(), "a condition is text, this is " + item.describe());
      }
    }
    return Optional.of(new Condition.AnyOf(alternatives));
  }

  private static String kind(YamlNode node) {
    return node instanceof YamlNode.Items ? "an empty list" : node.describe();
  }
}
