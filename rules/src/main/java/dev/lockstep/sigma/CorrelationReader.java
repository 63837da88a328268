package dev.lockstep.sigma;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one correlation (Sigma specification, "Correlation rules"). */
final class CorrelationReader {
  static final String SECTION = "correlation";
  private static final int MAX_RULES = 32;

  /** The keys that only some types have, by type. */
  private static final Map<String, Set<String>> TYPES =
      Map.ofEntries(
          Map.entry("event_count", Set.of()),
          Map.entry("value_count", Set.of("exact-up-to")),
          Map.entry("value_sum", Set.of()),
          Map.entry("value_avg", Set.of()),
          Map.entry("value_percentile", Set.of("exact-up-to")),
          Map.entry("value_median", Set.of("exact-up-to")),
          Map.entry("temporal", Set.of()),
          Map.entry("temporal_ordered", Set.of()),
          Map.entry("absence", Set.of("forget")),
          Map.entry("spike", Set.of("windows")),
          Map.entry("drop", Set.of("windows")),
          Map.entry("new_term", Set.of("learning")),
          Map.entry("change", Set.of()),
          Map.entry("ratio", Set.of()));

  private static final Set<String> KEYS =
      Set.of("type", "rules", "group-by", "timespan", "condition", "aliases", "generate");

  private final YamlNode.Members document;
  private final DocumentScope scope;
  private final Issues issues;

  CorrelationReader(YamlNode.Members document, DocumentScope scope) {
    this.document = document;
    this.scope = scope;
    this.issues = scope.issues();
  }

  /** Returns empty after having reported everything that is wrong. */
  Optional<SigmaCorrelation> read(String text) {
    int before = issues.count();
    RuleLabels labels = new RuleLabels("correlation", document, issues);
    String title = labels.title();
    String id = labels.key(title);
    LockstepReader.Settings settings = LockstepReader.read(document, issues);
    RuleAttributes attributes = new RuleAttributes(document, issues);
    RuleLevel level = attributes.level();
    RuleStatus status = attributes.status();
    List<String> tags = labels.tags();
    new DescriptiveAttributes(document, issues).check();
    document
        .member("detection")
        .ifPresent(
            member ->
                issues.report(
                    member.key().position(),
                    "a document is a rule or a correlation: put 'detection' into one of its own"));
    Optional<CorrelationMap> section = section();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> type = type(section.get());
    CorrelationConditionReader conditions = new CorrelationConditionReader(section.get(), scope);
    boolean mayHaveExpression = type.filter(name -> name.startsWith("temporal")).isPresent();
    List<RuleReference> rules =
        rules(section.get(), mayHaveExpression ? conditions.rulesInExpression() : Set.of());
    List<String> names = rules.stream().map(RuleReference::rule).toList();
    Optional<Duration> timespan =
        section.get().required("timespan").flatMap(node -> section.get().duration("timespan"));
    List<String> groupBy =
        section
            .get()
            .node("group-by")
            .map(node -> section.get().names(node, "group-by"))
            .orElse(List.of());
    Map<String, Map<String, String>> aliases = aliases(section.get(), names, groupBy);
    boolean generate = generate(section.get());
    Map<String, Object> others = attributes.others();
    checkSuppression(others, groupBy);
    Optional<CorrelationQuestion> question =
        type.isEmpty() || timespan.isEmpty()
            ? Optional.empty()
            : conditions.read(type.get(), names, timespan.get());
    if (issues.count() > before || question.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SigmaCorrelation(
            id,
            title,
            level,
            status,
            tags,
            settings.stage(),
            settings.customers(),
            type.orElseThrow(),
            rules,
            groupBy,
            aliases,
            timespan.orElseThrow(),
            question.get(),
            generate,
            others,
            scope.hashOf(text),
            document.position()));
  }

  private void checkSuppression(Map<String, Object> attributes, List<String> groupBy) {
    List<String> by = Suppression.of(attributes).map(Suppression::by).orElse(List.of());
    if (!groupBy.containsAll(by)) {
      issues.report(
          document.member("lockstep").map(member -> member.key().position()).orElseThrow(),
          "'lockstep.suppress.by' of a correlation has fields of 'group-by' only: "
              + String.join(", ", groupBy));
    }
  }

  private Optional<CorrelationMap> section() {
    YamlNode.Member member = document.member(SECTION).orElseThrow();
    if (member.value() instanceof YamlNode.Members members) {
      return Optional.of(new CorrelationMap(members, SECTION, issues));
    }
    issues.report(
        member.value().position(), "'correlation' is a map, this is " + member.value().describe());
    return Optional.empty();
  }

  private Optional<String> type(CorrelationMap section) {
    Optional<YamlNode> node = section.required("type");
    Optional<String> type =
        node.flatMap(value -> YamlText.of(value, section.quoted("type"), issues));
    if (type.isPresent() && !TYPES.containsKey(type.get())) {
      issues.report(
          node.get().position(),
          "'%s' is no type of correlation; there is %s"
              .formatted(type.get(), String.join(", ", new TreeSet<>(TYPES.keySet()))));
      return Optional.empty();
    }
    if (type.isPresent()) {
      Set<String> allowed = new HashSet<>(KEYS);
      allowed.addAll(TYPES.getOrDefault(type.get(), Set.of()));
      section.allowOnly(allowed);
    }
    return type;
  }

  /** An expression over rules may stand for the list; if both are there they name the same. */
  private List<RuleReference> rules(CorrelationMap section, Set<String> inExpression) {
    Optional<YamlNode> node = section.node("rules");
    if (node.isEmpty()) {
      if (inExpression.isEmpty()) {
        issues.report(section.position(), "'correlation' has no 'rules'");
      }
      Position position =
          section.node("condition").map(YamlNode::position).orElse(section.position());
      if (inExpression.size() > MAX_RULES) {
        reportNumberOfRules(section, position);
      }
      return inExpression.stream().map(rule -> new RuleReference(rule, position)).toList();
    }
    List<RuleReference> references = new ArrayList<>();
    List<? extends YamlNode> nodes =
        node.get() instanceof YamlNode.Items items ? items.nodes() : List.of(node.get());
    Set<String> names = new HashSet<>();
    for (YamlNode entry : nodes) {
      Optional<String> rule = YamlText.of(entry, section.quoted("rules"), issues);
      if (rule.isPresent() && !names.add(rule.get())) {
        issues.report(entry.position(), "the rule '%s' is named twice".formatted(rule.get()));
      }
      rule.ifPresent(name -> references.add(new RuleReference(name, entry.position())));
    }
    if (nodes.isEmpty() || nodes.size() > MAX_RULES) {
      reportNumberOfRules(section, node.get().position());
    }
    if (!inExpression.isEmpty() && !names.equals(inExpression)) {
      Set<String> different = new TreeSet<>(names);
      different.removeAll(inExpression);
      Set<String> missing = new TreeSet<>(inExpression);
      missing.removeAll(names);
      different.addAll(missing);
      issues.report(
          node.get().position(),
          "the rules of the list and of the condition are not the same: %s"
              .formatted(String.join(", ", different)));
    }
    return references;
  }

  private void reportNumberOfRules(CorrelationMap section, Position position) {
    issues.report(
        position, "%s has from 1 to %d rules".formatted(section.quoted("rules"), MAX_RULES));
  }

  private Map<String, Map<String, String>> aliases(
      CorrelationMap section, List<String> rules, List<String> groupBy) {
    Map<String, Map<String, String>> aliases = new HashMap<>();
    Optional<YamlNode> node = section.node("aliases");
    if (node.isEmpty()) {
      return aliases;
    }
    if (!(node.get() instanceof YamlNode.Members members)) {
      issues.report(node.get().position(), section.quoted("aliases") + " is a map of maps");
      return aliases;
    }
    for (YamlNode.Member alias : members.members()) {
      if (!groupBy.contains(alias.name())) {
        issues.report(
            alias.key().position(), "the alias '%s' is not in 'group-by'".formatted(alias.name()));
      }
      if (alias.value() instanceof YamlNode.Members fields) {
        aliases.put(alias.name(), fieldsByRule(fields, section, rules));
      } else {
        issues.report(
            alias.value().position(), "an alias is a map of rules to fields, for each rule one");
      }
    }
    return aliases;
  }

  private Map<String, String> fieldsByRule(
      YamlNode.Members fields, CorrelationMap section, List<String> rules) {
    Map<String, String> byRule = new HashMap<>();
    for (YamlNode.Member field : fields.members()) {
      if (!rules.contains(field.name())) {
        issues.report(
            field.key().position(),
            "the alias is for the rule '%s', which is none of: %s"
                .formatted(field.name(), String.join(", ", rules)));
      }
      YamlText.of(field.value(), section.quoted("aliases"), issues)
          .ifPresent(name -> byRule.put(field.name(), name));
    }
    return byRule;
  }

  /** The specification has it at the top, its tools have it below 'correlation'. */
  private boolean generate(CorrelationMap section) {
    Optional<Boolean> top =
        document.member("generate").isEmpty()
            ? Optional.empty()
            : new CorrelationMap(document, "document", issues).truth("generate");
    return section.truth("generate").or(() -> top).orElse(false);
  }
}
