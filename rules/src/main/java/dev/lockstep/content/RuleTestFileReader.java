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
  private static final Set<String> KEYS =
      Collections.unmodifiableSet(new LinkedHashSet<>(List.of("rule", "mapping", "cases")));

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
    Optional<YamlMap> map = YamlMap.of(root, "a test file", KEYS, issues);
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
      RuleTestCaseReader reader = new RuleTestCaseReader(issues);
      sequence.getValue().forEach(one -> cases.addAll(reader.read(one)));
    } else {
      issues.report(node, "'cases' must be a list of at least one case");
    }
    return cases;
  }
}
