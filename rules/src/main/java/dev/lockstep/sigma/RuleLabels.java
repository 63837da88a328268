package dev.lockstep.sigma;

import dev.lockstep.sigma.YamlNode.ScalarType;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a rule is called and tagged with, within bounds: every alert and every status of the
 * rule carries it, and Kafka takes no record of any size.
 */
final class RuleLabels {
  private static final int MAX_NAME_LENGTH = 256;
  private static final int MAX_TAGS = 64;
  private static final int MAX_TAG_LENGTH = 128;

  private final String kind;
  private final YamlNode.Members document;
  private final Issues issues;

  /**
   * @param kind what the document is, for messages
   */
  RuleLabels(String kind, YamlNode.Members document, Issues issues) {
    this.kind = kind;
    this.document = document;
    this.issues = issues;
  }

  String title() {
    if (document.member("title").isEmpty()) {
      issues.report(document.position(), "the " + kind + " has no title");
    }
    return name("title").orElse("");
  }

  /** The id, else the name, else the title. */
  String key(String title) {
    Optional<String> id = name("id");
    Optional<String> name = name("name");
    return id.or(() -> name).orElse(title);
  }

  List<String> tags() {
    Optional<YamlNode> value =
        document.member("tags").map(YamlNode.Member::value).filter(node -> !isNull(node));
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof YamlNode.Items items) {
      checkTags(items);
    }
    return YamlText.listOf(value.get(), "'tags'", issues);
  }

  private void checkTags(YamlNode.Items items) {
    if (items.nodes().size() > MAX_TAGS) {
      issues.report(
          items.position(),
          "the rule has %d tags, at most %d are allowed".formatted(items.nodes().size(), MAX_TAGS));
    }
    for (YamlNode item : items.nodes()) {
      if (item instanceof YamlNode.Scalar scalar) {
        checkLength("tag", scalar, MAX_TAG_LENGTH);
      }
    }
  }

  private Optional<String> name(String member) {
    Optional<YamlNode> value = document.member(member).map(YamlNode.Member::value);
    if (value.isPresent() && value.get() instanceof YamlNode.Scalar scalar) {
      checkLength(member, scalar, MAX_NAME_LENGTH);
    }
    return value.flatMap(node -> YamlText.of(node, "'" + member + "'", issues));
  }

  private void checkLength(String what, YamlNode.Scalar scalar, int max) {
    int length = scalar.text().length();
    if (length > max) {
      issues.report(
          scalar.position(),
          "the %s has %d characters, at most %d are allowed".formatted(what, length, max));
    }
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.is(ScalarType.NULL);
  }
}
