package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads files of Sigma documents (Sigma specification, 2.1). Knows no state and never throws. */
public final class SigmaParser {
  private final Issues issues;
  private final Placeholders placeholders;
  private final Map<String, Position> rulesById = new HashMap<>();
  private final Map<String, SigmaFilter> filtersById = new HashMap<>();
  private final List<SigmaRule> rules = new ArrayList<>();
  private final List<SigmaCorrelation> correlations = new ArrayList<>();
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
        ? new ParsedDocuments(parser.rules, parser.correlations, parser.filters, issues.reported())
        : new ParsedDocuments(List.of(), List.of(), List.of(), issues.reported());
  }

  private void read(YamlDocument document) {
    if (!(document.root() instanceof YamlNode.Members members)) {
      issues.report(
          document.root().position(),
          "a Sigma document is a map, this is " + document.root().describe());
      return;
    }
    if (isCollection(members)) {
      return;
    }
    DocumentScope scope = new DocumentScope(issues, placeholders);
    if (members.member(FilterReader.SECTION).isPresent()) {
      new FilterReader(members, scope).read(document.text()).ifPresent(this::add);
    } else if (members.member(CorrelationReader.SECTION).isPresent()) {
      new CorrelationReader(members, scope).read(document.text()).ifPresent(this::add);
    } else {
      new RuleReader(members, scope).read(document.text()).ifPresent(this::add);
    }
  }

  private boolean isCollection(YamlNode.Members members) {
    Optional<YamlNode.Member> action = members.member("action");
    action.ifPresent(
        member ->
            issues.report(
                member.key().position(),
                "the collection 'action: %s' of Sigma 1 is not supported; write each rule out"
                    .formatted(textOf(member.value()))));
    return action.isPresent();
  }

  private static String textOf(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar ? scalar.text() : "…";
  }

  private void add(SigmaRule rule) {
    if (isFirst("rule", rule.id(), rule.position())) {
      rules.add(rule);
    }
  }

  private void add(SigmaCorrelation correlation) {
    if (isFirst("correlation", correlation.id(), correlation.position())) {
      correlations.add(correlation);
    }
  }

  /** Rules and correlations are referred to in the same way: no two have the same id. */
  private boolean isFirst(String kind, String id, Position position) {
    Position earlier = rulesById.putIfAbsent(id, position);
    if (earlier != null) {
      reportTwice(kind, id, position, earlier);
    }
    return earlier == null;
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
