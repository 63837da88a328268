package dev.lockstep.sigma;

import com.google.re2j.Pattern;
import dev.lockstep.sigma.YamlNode.ScalarType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the attributes that describe a rule or filter and take no part in the judgement (Sigma
 * specification, "Rules"). All are optional; null is as good as nothing.
 */
final class DescriptiveAttributes {
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TAG = Pattern.compile("[a-z0-9_-]+\\.[a-z0-9._-]+");
  private static final String TAXONOMY = "sigma";
  private static final Set<String> RELATIONS =
      Set.of("derived", "obsolete", "merged", "renamed", "similar");
  private static final List<String> RELATED_MEMBERS = List.of("id", "type");

  private final YamlNode.Members document;
  private final Issues issues;

  DescriptiveAttributes(YamlNode.Members document, Issues issues) {
    this.document = document;
    this.issues = issues;
  }

  void check() {
    for (String name : List.of("description", "author", "license")) {
      value(name).ifPresent(node -> YamlText.of(node, "'" + name + "'", issues));
    }
    for (String name : List.of("references", "fields", "falsepositives", "scope")) {
      value(name).ifPresent(node -> YamlText.listOf(node, "'" + name + "'", issues));
    }
    for (String name : List.of("date", "modified")) {
      value(name).ifPresent(node -> checkDate(name, node));
    }
    value("taxonomy").ifPresent(this::checkTaxonomy);
    value("related").ifPresent(this::checkRelated);
    value("tags").ifPresent(this::checkTags);
  }

  private Optional<YamlNode> value(String name) {
    return document.member(name).map(YamlNode.Member::value).filter(node -> !isNull(node));
  }

  private void checkDate(String name, YamlNode node) {
    Optional<String> text = YamlText.of(node, "'" + name + "'", issues);
    if (text.isPresent() && !isDate(text.get())) {
      issues.report(node.position(), "'%s' is no date such as 2026-01-31".formatted(text.get()));
    }
  }

  private static boolean isDate(String text) {
    try {
      return DATE.matches(text) && LocalDate.parse(text).getYear() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** With another taxonomy the fields have other names, and the rule would quietly never match. */
  private void checkTaxonomy(YamlNode node) {
    Optional<String> taxonomy = YamlText.of(node, "'taxonomy'", issues);
    if (taxonomy.isPresent() && !taxonomy.get().equals(TAXONOMY)) {
      issues.report(
          node.position(),
          "the taxonomy '%s' is not known here; there is %s".formatted(taxonomy.get(), TAXONOMY));
    }
  }

  private void checkRelated(YamlNode node) {
    if (!(node instanceof YamlNode.Items items)) {
      issues.report(node.position(), "'related' is a list, this is " + node.describe());
      return;
    }
    for (YamlNode item : items.nodes()) {
      if (item instanceof YamlNode.Members members) {
        checkRelation(members);
      } else {
        issues.report(
            item.position(), "an entry of 'related' is a map, this is " + item.describe());
      }
    }
  }

  private void checkRelation(YamlNode.Members relation) {
    for (String name : RELATED_MEMBERS) {
      if (relation.member(name).isEmpty()) {
        issues.report(relation.position(), "an entry of 'related' has no '" + name + "'");
      }
    }
    for (YamlNode.Member member : relation.members()) {
      Optional<String> text =
          YamlText.of(member.value(), "'related." + member.name() + "'", issues);
      if (member.name().equals("type") && text.isPresent() && !RELATIONS.contains(text.get())) {
        issues.report(
            member.value().position(),
            "'%s' is no type of relation; there is derived, obsolete, merged, renamed, similar"
                .formatted(text.get()));
      }
    }
  }

  private void checkTags(YamlNode node) {
    if (!(node instanceof YamlNode.Items items)) {
      return;
    }
    for (YamlNode item : items.nodes()) {
      boolean text = item instanceof YamlNode.Scalar && !isNull(item);
      String tag = text ? ((YamlNode.Scalar) item).text() : "";
      if (!tag.isBlank() && !TAG.matches(tag)) {
        issues.report(
            item.position(),
            "'%s' is no tag such as attack.t1059: a namespace, a dot and a name, in lower case"
                .formatted(tag));
      }
    }
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.is(ScalarType.NULL);
  }
}
