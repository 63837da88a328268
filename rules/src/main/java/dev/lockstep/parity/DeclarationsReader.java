package dev.lockstep.parity;

import dev.lockstep.parity.Declarations.Declaration;
import dev.lockstep.sigma.Issues;
import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.YamlDocument;
import dev.lockstep.sigma.YamlNode;
import dev.lockstep.sigma.YamlReader;
import dev.lockstep.sigma.YamlText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a file of declarations, and says everything that is wrong with it. */
final class DeclarationsReader {

  private static final Set<String> KEYS =
      Set.of("field", "only-in", "rule", "customer", "owner", "reason", "until");
  private static final List<String> REQUIRED = List.of("owner", "reason", "until");

  private final Issues issues;

  DeclarationsReader(String path) {
    this.issues = new Issues(path);
  }

  ParsedDeclarations read(String text) {
    List<YamlDocument> documents = YamlReader.read(text, issues);
    List<Declaration> declarations = new ArrayList<>();
    if (documents.size() == 1) {
      for (YamlNode node : entries(documents.get(0).root())) {
        declaration(node).ifPresent(declarations::add);
      }
    } else if (issues.count() == 0) {
      issues.report(
          Position.START,
          "expected differences are one YAML document, this file has " + documents.size());
    }
    return issues.count() == 0
        ? new ParsedDeclarations(new Declarations(declarations), List.of())
        : new ParsedDeclarations(Declarations.NONE, issues.reported());
  }

  private List<YamlNode> entries(YamlNode root) {
    if (!(root instanceof YamlNode.Members members)) {
      issues.report(
          root.position(), "expected a map with the list 'expected', this is " + root.describe());
      return List.of();
    }
    for (YamlNode.Member member : members.members()) {
      if (!member.name().equals("expected")) {
        issues.report(
            member.key().position(),
            "unknown key '" + member.name() + "'; only the list 'expected' is known here");
      }
    }
    Optional<YamlNode> list = members.member("expected").map(YamlNode.Member::value);
    if (list.isEmpty()) {
      issues.report(root.position(), "the list 'expected' is missing");
      return List.of();
    }
    if (list.get() instanceof YamlNode.Items items) {
      return items.nodes();
    }
    issues.report(list.get().position(), "'expected' is a list, this is " + list.get().describe());
    return List.of();
  }

  private Optional<Declaration> declaration(YamlNode node) {
    if (!(node instanceof YamlNode.Members members)) {
      issues.report(node.position(), "an expected difference is a map, this is " + node.describe());
      return Optional.empty();
    }
    int before = issues.count();
    Map<String, String> texts = texts(members);
    for (String required : REQUIRED) {
      if (members.member(required).isEmpty()) {
        issues.report(
            node.position(), "'" + required + "' is missing: somebody answers for it, until a day");
      }
    }
    if (members.member("field").isPresent() == members.member("only-in").isPresent()) {
      issues.report(
          node.position(),
          "it has either 'field', a path such as matched_fields.User, or 'only-in', an engine whose"
              + " alerts the other has not");
    }
    Optional<LocalDate> until = members.member("until").flatMap(this::day);
    if (issues.count() > before || until.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Declaration(
            texts.get("field"),
            texts.get("only-in"),
            texts.get("rule"),
            texts.get("customer"),
            texts.getOrDefault("owner", ""),
            texts.getOrDefault("reason", ""),
            until.get()));
  }

  private Map<String, String> texts(YamlNode.Members members) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (YamlNode.Member member : members.members()) {
      if (KEYS.contains(member.name())) {
        YamlText.of(member.value(), "'" + member.name() + "'", issues)
            .ifPresent(text -> texts.put(member.name(), text));
      } else {
        issues.report(
            member.key().position(),
            "unknown key '%s'; known are field, only-in, rule, customer, owner, reason, until"
                .formatted(member.name()));
      }
    }
    return texts;
  }

  private Optional<LocalDate> day(YamlNode.Member until) {
    if (!(until.value() instanceof YamlNode.Scalar scalar)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(scalar.text()));
    } catch (DateTimeException e) {
      issues.report(
          scalar.position(), "'until' is a day such as 2026-02-01, was '" + scalar.text() + "'");
      return Optional.empty();
    }
  }
}
