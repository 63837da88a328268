package dev.lockstep.content;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.ShippedMappings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the YAML of test files. */
final class RuleTestFileReader {
  private static final String DEFAULT_CUSTOMER = "test";
  private static final Set<String> FILE_KEYS = inOrder("rule", "mapping", "cases");
  private static final Set<String> CASE_KEYS = inOrder("name", "event", "match", "customer");

  private final YamlIssues issues;

  private RuleTestFileReader(YamlIssues issues) {
    this.issues = issues;
  }

  /** Returns empty after having reported everything that is wrong. */
  static Optional<RuleTestFile> read(String text, YamlIssues issues) {
    Optional<RuleTestFile> file =
        YamlComposition.of(text, issues).flatMap(new RuleTestFileReader(issues)::file);
    return issues.none() ? file : Optional.empty();
  }

  private Optional<RuleTestFile> file(Node root) {
    Optional<YamlMap> map = YamlMap.of(root, "a test file", FILE_KEYS, issues);
    if (map.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> rule = map.get().text("rule");
    Optional<FieldMapping> mapping =
        map.get().optionalText("mapping").flatMap(name -> mapping(name, map.get()));
    List<RuleTestCase> cases = map.get().required("cases").map(this::cases).orElse(List.of());
    return rule.map(
        name ->
            new RuleTestFile(
                name,
                YamlIssues.positionOf(map.get().optional("rule").orElse(root)),
                mapping,
                cases));
  }

  private Optional<FieldMapping> mapping(String name, YamlMap map) {
    Optional<MappingDocument> shipped = ShippedMappings.named(name);
    if (shipped.isEmpty()) {
      issues.report(
          map.optional("mapping").orElse(map.node()),
          "there is no mapping '%s'; there is %s"
              .formatted(name, String.join(", ", ShippedMappings.names())));
    }
    return shipped.map(document -> FieldMapping.parse(List.of(document)).mapping());
  }

  private List<RuleTestCase> cases(Node node) {
    List<RuleTestCase> cases = new ArrayList<>();
    if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      sequence.getValue().forEach(one -> read(one).ifPresent(cases::add));
    } else {
      issues.report(node, "'cases' must be a list of at least one case");
    }
    return cases;
  }

  private Optional<RuleTestCase> read(Node node) {
    return YamlMap.of(node, "a case", CASE_KEYS, issues).flatMap(this::oneCase);
  }

  private Optional<RuleTestCase> oneCase(YamlMap map) {
    Optional<String> name = map.text("name");
    Optional<String> event = map.required("event").flatMap(node -> CaseEventJson.of(node, issues));
    Optional<Boolean> match = map.truth("match");
    String customer = map.optionalText("customer").orElse(DEFAULT_CUSTOMER);
    if (name.isEmpty() || event.isEmpty() || match.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RuleTestCase(
            name.get(), YamlIssues.positionOf(map.node()), customer, event.get(), match.get()));
  }

  private static Set<String> inOrder(String... keys) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
  }
}
