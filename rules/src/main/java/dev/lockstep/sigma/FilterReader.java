package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one filter (Sigma specification, "Filters"). */
final class FilterReader {
  static final String SECTION = "filter";
  static final String RULES = "rules";

  private static final String ANY = "any";

  private final YamlNode.Members document;
  private final DocumentScope scope;
  private final Issues issues;

  FilterReader(YamlNode.Members document, DocumentScope scope) {
    this.document = document;
    this.scope = scope;
    this.issues = scope.issues();
  }

  /** Returns empty after having reported everything that is wrong. */
  Optional<SigmaFilter> read(String text) {
    int before = issues.count();
    RuleLabels labels = new RuleLabels(SECTION, document, issues);
    String title = labels.title();
    CustomerScope customers = LockstepReader.readOfFilter(document, issues).customers();
    Map<String, Detection> detections = new LinkedHashMap<>();
    Optional<Condition> condition =
        new DetectionSectionReader(SECTION, scope).read(document, detections);
    List<RuleReference> rules = rules();
    String id = labels.key(title);
    Logsource logsource = new LogsourceReader(SECTION, document, issues).read();
    new DescriptiveAttributes(document, issues).check();
    if (issues.count() > before || condition.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SigmaFilter(
            id,
            title,
            rules,
            logsource,
            customers,
            detections,
            condition.get(),
            scope.hashOf(text),
            document.position()));
  }

  private List<RuleReference> rules() {
    Optional<YamlNode.Members> section =
        document
            .member(SECTION)
            .map(YamlNode.Member::value)
            .filter(YamlNode.Members.class::isInstance)
            .map(YamlNode.Members.class::cast);
    if (section.isEmpty()) {
      return List.of();
    }
    Optional<YamlNode.Member> rules = section.get().member(RULES);
    if (rules.isEmpty()) {
      issues.report(
          section.get().position(),
          "the filter does not say which rules it is for; there is 'rules: any', or a list of ids"
              + " or names");
      return List.of();
    }
    return references(rules.get().value());
  }

  /** An empty list means any rule, as it does elsewhere. */
  private List<RuleReference> references(YamlNode value) {
    if (value instanceof YamlNode.Scalar scalar && scalar.text().equals(ANY)) {
      return List.of();
    }
    List<? extends YamlNode> nodes =
        value instanceof YamlNode.Items items ? items.nodes() : List.of(value);
    List<RuleReference> references = new ArrayList<>();
    for (YamlNode node : nodes) {
      YamlText.of(node, "'filter.rules'", issues)
          .ifPresent(rule -> references.add(new RuleReference(rule, node.position())));
    }
    return references;
  }
}
