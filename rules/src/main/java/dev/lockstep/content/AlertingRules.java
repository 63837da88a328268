package dev.lockstep.content;

import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules and correlations of one file by what test files call them. */
final class AlertingRules {

  /** A rule or a correlation. */
  private record Entry(Naming naming, String id, String title, boolean correlation) {}

  /** Tells whether a test file means this rule or correlation. */
  @FunctionalInterface
  private interface Naming {
    boolean isMeantBy(NamedRule name);
  }

  private final String path;
  private final CorrelationPlan plan;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Entry> loud;

  /**
   * @param path of the rule file, for messages
   * @param rules those of the file, as it has them
   */
  AlertingRules(String path, List<SigmaRule> rules, CorrelationPlan plan) {
    this.path = path;
    this.plan = plan;
    for (SigmaRule rule : rules) {
      entries.add(new Entry(name -> name.means(rule), rule.id(), rule.title(), false));
    }
    plan.correlations()
        .forEach(
            correlation -> {
              SigmaCorrelation written = correlation.written();
              entries.add(
                  new Entry(name -> name.means(written), written.id(), written.title(), true));
            });
    this.loud = entries.stream().filter(entry -> !plan.isSilent(entry.id)).toList();
  }

  /** Says which alerts of a timeline cannot be told from what the case says. */
  List<Issue> issues(Timeline timeline, YamlIssues at) {
    List<Issue> issues = new ArrayList<>();
    for (ExpectedTimelineAlert alert : timeline.alerts()) {
      issueOf(alert, at).ifPresent(issues::add);
    }
    return issues;
  }

  private Optional<Issue> issueOf(ExpectedTimelineAlert alert, YamlIssues at) {
    NamedRule named = alert.rule();
    if (named == null) {
      return loud.size() == 1
          ? about(loud.get(0), alert, at)
          : Optional.of(at.at(alert.position(), "'rule' must say whose alert it is" + choice()));
    }
    List<Entry> meant = meant(named);
    if (meant.size() > 1) {
      return Optional.of(
          at.at(
              named.position(),
              "%d rules are called '%s'; write the id".formatted(meant.size(), named.name())));
    }
    if (meant.isEmpty()) {
      return Optional.of(
          at.at(
              named.position(),
              "there is no rule '%s' in %s%s".formatted(named.name(), path, choice())));
    }
    if (plan.isSilent(meant.get(0).id)) {
      return Optional.of(
          at.at(
              named.position(),
              "'%s' sends no alerts: correlations refer to it, and none says 'generate: true'"
                  .formatted(named.name())));
    }
    return about(meant.get(0), alert, at);
  }

  private static Optional<Issue> about(Entry entry, ExpectedTimelineAlert alert, YamlIssues at) {
    boolean isOfCorrelation =
        alert.count() != null || alert.value() != null || !alert.group().isEmpty();
    return isOfCorrelation && !entry.correlation
        ? Optional.of(
            at.at(
                alert.position(),
                "'%s' is no correlation: its alerts have no count, value or group"
                    .formatted(entry.title)))
        : Optional.empty();
  }

  private List<Entry> meant(NamedRule named) {
    return entries.stream().filter(entry -> entry.naming.isMeantBy(named)).toList();
  }

  private String choice() {
    return "; there is " + Quoted.list(loud.stream().map(Entry::title).toList());
  }

  /** The id of the rule or correlation whose alert it is; there are no issues. */
  String idOf(ExpectedTimelineAlert alert) {
    return entry(alert).id;
  }

  /** Its title. */
  String titleOf(ExpectedTimelineAlert alert) {
    return entry(alert).title;
  }

  private Entry entry(ExpectedTimelineAlert alert) {
    NamedRule named = alert.rule();
    return named == null ? loud.get(0) : meant(named).get(0);
  }
}
