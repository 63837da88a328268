package dev.lockstep.content;

import dev.lockstep.program.RuleMatch;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares what cases expect with the answers of the rules of one file. */
final class Expectations {
  private final String path;
  private final List<SigmaRule> rules;

  /**
   * @param path of the rule file, for messages
   * @param rules those of the file, as it has them; at least one
   */
  Expectations(String path, List<SigmaRule> rules) {
    this.path = path;
    this.rules = List.copyOf(rules);
  }

  /** Says which rules cannot be told from what the case calls them. */
  List<Issue> issues(RuleTestCase test, YamlIssues at) {
    List<Issue> issues = new ArrayList<>();
    List<NamedRule> wanted = test.expected().rules();
    wanted.forEach(rule -> issueOf(rule, at).ifPresent(issues::add));
    ExpectedAlert alert = test.expected().alert().orElse(null);
    if (alert == null) {
      return issues;
    }
    NamedRule named = alert.rule();
    if (named == null) {
      if (wanted.size() != 1 && rules.size() > 1) {
        issues.add(at.at(alert.position(), "'expect' must say whose alert it means" + choice()));
      }
      return issues;
    }
    Optional<Issue> unknown = issueOf(named, at);
    unknown.ifPresent(issues::add);
    if (unknown.isEmpty() && !wanted.isEmpty() && called(wanted).stream().noneMatch(named::means)) {
      issues.add(at.at(named.position(), "'match' does not have the rule '" + named.name() + "'"));
    }
    return issues;
  }

  private Optional<Issue> issueOf(NamedRule named, YamlIssues at) {
    long count = rules.stream().filter(named::means).count();
    if (count == 1) {
      return Optional.empty();
    }
    String message =
        count == 0
            ? "there is no rule '%s' in %s%s".formatted(named.name(), path, choice())
            : "%d rules are called '%s'; write the id".formatted(count, named.name());
    return Optional.of(at.at(named.position(), message));
  }

  private String choice() {
    return "; there is " + Quoted.list(rules.stream().map(SigmaRule::title).toList());
  }

  /** What is not as the case expects it; none if all is. */
  List<Difference> differences(Expectation expected, List<RuleMatch> matches) {
    List<Difference> differences = new ArrayList<>();
    if (!expected.rules().isEmpty()) {
      compareRules(called(expected.rules()), matches, differences);
    } else if (expected.match() == matches.isEmpty()) {
      differences.add(expected.match() ? missing() : unwanted(matches));
    }
    expected.alert().ifPresent(alert -> compare(alert, expected, matches, differences));
    return differences;
  }

  private static Difference missing() {
    return new Difference("match", "a match", "no match", "expected a match, there was none");
  }

  private Difference unwanted(List<RuleMatch> matches) {
    String found = matches.stream().map(this::told).collect(Collectors.joining("; "));
    return new Difference("match", "no match", found, "expected no match, but " + found);
  }

  private String told(RuleMatch match) {
    String rule = rules.size() == 1 ? "the rule" : "'" + match.rule().title() + "'";
    String fields =
        match.matchedFields().entrySet().stream()
            .map(field -> field.getKey() + " = " + Quoted.text(field.getValue()))
            .collect(Collectors.joining(", "));
    return rule + " matched" + (fields.isEmpty() ? "" : " on " + fields);
  }

  private static void compareRules(
      List<SigmaRule> wanted, List<RuleMatch> matches, List<Difference> differences) {
    List<String> expected = wanted.stream().map(SigmaRule::title).distinct().sorted().toList();
    List<String> actual =
        matches.stream().map(match -> match.rule().title()).distinct().sorted().toList();
    List<String> wantedIds = wanted.stream().map(SigmaRule::id).distinct().sorted().toList();
    List<String> matchedIds =
        matches.stream().map(match -> match.rule().id()).distinct().sorted().toList();
    if (!wantedIds.equals(matchedIds)) {
      differences.add(Difference.of("match", Quoted.list(expected), Quoted.list(actual)));
    }
  }

  private void compare(
      ExpectedAlert alert,
      Expectation expected,
      List<RuleMatch> matches,
      List<Difference> differences) {
    SigmaRule wanted = whose(alert, expected);
    Optional<RuleMatch> match =
        matches.stream().filter(one -> one.rule().id().equals(wanted.id())).findFirst();
    if (match.isPresent()) {
      differences.addAll(AlertDifferences.of(alert, match.get()));
    } else if (differences.isEmpty()) {
      String others = Quoted.list(matches.stream().map(one -> one.rule().title()).toList());
      differences.add(Difference.of("rule", Quoted.text(wanted.title()), others));
    }
  }

  private SigmaRule whose(ExpectedAlert alert, Expectation expected) {
    NamedRule named = alert.rule();
    if (named == null) {
      return expected.rules().isEmpty() ? rules.get(0) : called(expected.rules()).get(0);
    }
    return called(List.of(named)).get(0);
  }

  private List<SigmaRule> called(List<NamedRule> names) {
    return rules.stream()
        .filter(rule -> names.stream().anyMatch(name -> name.means(rule)))
        .toList();
  }
}
