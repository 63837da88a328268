package dev.lockstep.sigma;

import dev.lockstep.sigma.YamlNode.ScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one detection rule (Sigma specification, "Rules"). */
final class RuleReader {
  private static final Set<String> OWN_PLACE =
      Set.of("id", "title", "level", "status", "tags", "detection");

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
    RuleLevel level = term("level", RuleLevel.values(), RuleLevel::term);
    RuleStatus status = term("status", RuleStatus.values(), RuleStatus::term);
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
            attributes(),
            scope.hashOf(text),
            List.of(),
            document.position()));
  }

  /** A text attribute that, when it is there, must not be blank. */
  private Optional<String> text(String name) {
    Optional<YamlNode> value = document.member(name).map(YamlNode.Member::value);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return YamlText.of(value.get(), "'" + name + "'", issues);
  }

  private <E> @Nullable E term(String name, E[] choices, Function<E, String> termOf) {
    Optional<YamlNode.Member> member = document.member(name);
    Optional<String> term = text(name);
    if (member.isEmpty() || term.isEmpty()) {
      return null;
    }
    List<String> terms = new ArrayList<>();
    for (E choice : choices) {
      if (termOf.apply(choice).equals(term.get())) {
        return choice;
      }
      terms.add(termOf.apply(choice));
    }
    issues.report(
        member.get().value().position(),
        "'%s' is no %s; there is %s".formatted(term.get(), name, String.join(", ", terms)));
    return null;
  }

  private Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (YamlNode.Member member : document.members()) {
      if (!OWN_PLACE.contains(member.name()) && !isNull(member.value())) {
        attributes.put(member.name(), YamlText.plainValue(member.value()));
      }
    }
    return attributes;
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.is(ScalarType.NULL);
  }
}
