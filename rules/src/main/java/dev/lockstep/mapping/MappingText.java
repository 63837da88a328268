package dev.lockstep.mapping;

import dev.lockstep.sigma.Issues;
import dev.lockstep.sigma.YamlNode;
import dev.lockstep.sigma.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Takes maps and texts out of a mapping file, within bounds, reporting what is of another kind. */
final class MappingText {
  private final Issues issues;

  MappingText(Issues issues) {
    this.issues = issues;
  }

  Optional<YamlNode.Members> map(YamlNode node, String what) {
    if (node instanceof YamlNode.Members members) {
      return Optional.of(members);
    }
    issues.report(node.position(), what + " is a map, this is " + node.describe());
    return Optional.empty();
  }

  /** The members of a map, no more than {@code max}. */
  List<YamlNode.Member> members(YamlNode node, String what, int max) {
    List<YamlNode.Member> members =
        map(node, what).map(YamlNode.Members::members).orElse(List.of());
    return bounded(members, node, what, max);
  }

  /** The entries of a list, no more than {@code max}. */
  List<YamlNode> items(YamlNode node, String what, int max) {
    if (node instanceof YamlNode.Items items) {
      return bounded(items.nodes(), node, what, max);
    }
    issues.report(node.position(), what + " is a list, this is " + node.describe());
    return List.of();
  }

  /** One text, or a list of at least one. */
  List<String> texts(YamlNode node, String what, int max) {
    List<YamlNode> nodes =
        node instanceof YamlNode.Items items
            ? bounded(items.nodes(), node, what, max)
            : List.of(node);
    if (nodes.isEmpty()) {
      issues.report(node.position(), what + " is an empty list; give at least one entry");
    }
    List<String> texts = new ArrayList<>();
    nodes.forEach(each -> text(each, what).ifPresent(texts::add));
    return texts;
  }

  Optional<String> text(YamlNode node, String what) {
    return YamlText.of(node, what, issues);
  }

  /** Reports a key that is blank or too long. */
  void name(YamlNode.Scalar key, String what, int maxLength) {
    YamlText.of(key, "the name of " + what, issues);
    if (key.text().length() > maxLength) {
      issues.report(
          key.position(),
          "the name of %s has %d characters, at most %d are allowed"
              .formatted(what, key.text().length(), maxLength));
    }
  }

  /** Reports every key that is in neither set. */
  void checkKeys(YamlNode.Members members, String what, Set<String> known, Set<String> more) {
    Set<String> all = new TreeSet<>(known);
    all.addAll(more);
    for (YamlNode.Member member : members.members()) {
      if (!all.contains(member.name())) {
        issues.report(
            member.key().position(),
            "unknown key '%s' in %s; there is %s"
                .formatted(member.name(), what, String.join(", ", all)));
      }
    }
  }

  private <T> List<T> bounded(List<T> entries, YamlNode node, String what, int max) {
    if (entries.size() <= max) {
      return entries;
    }
    issues.report(
        node.position(),
        "%s has %d entries, at most %d are allowed".formatted(what, entries.size(), max));
    return entries.subList(0, max);
  }
}
