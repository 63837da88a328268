package dev.lockstep.sigma;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one detection rule (Sigma specification, "Rules"). */
final class RuleReader {
  private final YamlNode.Members document;
  private final DocumentScope scope;
  private final Issues issues;

  RuleReader(YamlNode.Members document, DocumentScope scope) {
    this.document = document;
    this.scope = scope;
    this.issues = scope.issues();
  }

  /** Returns empty after having reported everything that is wrong. */
  Optional<SigmaRule> read(String text) {
    int before = issues.count();
    RuleLabels labels = new RuleLabels("rule", document, issues);
    String title = labels.title();
    LockstepReader.Settings settings = LockstepReader.read(document, issues);
    Map<String, Detection> detections = new LinkedHashMap<>();
    Optional<Condition> condition =
        new DetectionSectionReader("detection", scope).read(document, detections);
    RuleAttributes attributes = new RuleAttributes(document, issues);
    RuleLevel level = attributes.level();
    RuleStatus status = attributes.status();
    String id = labels.key(title);
    List<String> tags = labels.tags();
    Logsource logsource = new LogsourceReader("rule", document, issues).read();
    new DescriptiveAttributes(document, issues).check();
    if (issues.count() > before || condition.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SigmaRule(
            id,
            title,
            level,
            status,
            tags,
            logsource,
            settings.stage(),
            settings.customers(),
            detections,
            condition.get(),
            attributes.others(),
            scope.hashOf(text),
            List.of(),
            document.position()));
  }
}
