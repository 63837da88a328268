package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads files of Sigma documents (Sigma specification, 2.1). Knows no state and never throws. */
public final class SigmaParser {
  private final Issues issues;
  private final Placeholders placeholders;
  private final Map<String, SigmaRule> rulesById = new HashMap<>();
  private final Map<String, SigmaFilter> filtersById = new HashMap<>();
  private final List<SigmaRule> rules = new ArrayList<>();
  private final List<SigmaFilter> filters = new ArrayList<>();

  private SigmaParser(Issues issues, Placeholders placeholders) {
    this.issues = issues;
    this.placeholders = placeholders;
  }

  /** Parses every document of a YAML stream, in which no placeholder has a value. */
  public static ParsedDocuments parse(String path, String text) {
    return parse(path, text, Placeholders.NONE);
  }

  /** Parses every document of a YAML stream; {@code path} only names the file in the issues. */
  public static ParsedDocuments parse(String path, String text, Placeholders placeholders) {
    Issues issues = new Issues(path);
    SigmaParser parser = new SigmaParser(issues, placeholders);
    // Issues of the YAML itself cannot be told apart by document, so they spoil all of them.
    List<YamlDocument> documents = YamlReader.read(text, issues);
    boolean sound = issues.count() == 0;
    documents.forEach(parser::read);
    if (documents.isEmpty() && sound) {
      issues.report(Position.START, "there is no document in this file");
    }
    return sound
        ? new ParsedDocuments(parser.rules, parser.filters, issues.reported())
        : new ParsedDocuments(List.of(), List.of(), issues.reported());
  }

  private void read(YamlDocument document) {
    if (!(document.root() instanceof YamlNode.Members members)) {
      issues.report(
          document.root().position(),
          "a Sigma document is a map, this is " + document.root().describe());
      return;
    }
    if (isUnsupported(members)) {
      return;
    }
    DocumentScope scope = new DocumentScope(issues, placeholders);
    if (members.member(FilterReader.SECTION).isPresent()) {
      new FilterReader(members, scope).read(document.text()).ifPresent(this::add);
    } else {
      new RuleReader(members, scope).read(document.text()).ifPresent(this::add);
    }
  }

  private boolean isUnsupported(YamlNode.Members members) {
    for (String kind : List.of("correlation", "action")) {
      var member = members.member(kind);
      if (member.isPresent()) {
        issues.report(
            member.get().key().position(),
            kind.equals("action")
                ? "the collection 'action: %s' of Sigma 1 is not supported; write each rule out"
                    .formatted(textOf(member.get().value()))
                : kind + " documents are not supported yet");
        return true;
      }
    }
    return false;
  }

  private static String textOf(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar ? scalar.text() : "…";
  }

  private void add(SigmaRule rule) {
    SigmaRule earlier = rulesById.putIfAbsent(rule.id(), rule);
    if (earlier == null) {
      rules.add(rule);
    } else {
      reportTwice("rule", rule.id(), rule.position(), earlier.position());
    }
  }

  private void add(SigmaFilter filter) {
    SigmaFilter earlier = filtersById.putIfAbsent(filter.id(), filter);
    if (earlier == null) {
      filters.add(filter);
    } else {
      reportTwice("filter", filter.id(), filter.position(), earlier.position());
    }
  }

  private void reportTwice(String kind, String id, Position position, Position earlier) {
    issues.report(
        position, "the %s '%s' is there already, in line %d".formatted(kind, id, earlier.line()));
  }
}
