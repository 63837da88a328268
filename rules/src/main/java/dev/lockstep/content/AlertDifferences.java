package dev.lockstep.content;

import dev.lockstep.program.RuleMatch;
import dev.lockstep.sigma.RuleLevel;
import dev.lockstep.sigma.RuleStage;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What of a match is not as an alert is expected, key after key. */
final class AlertDifferences {
  private final List<Difference> differences = new ArrayList<>();

  private AlertDifferences() {}

  static List<Difference> of(ExpectedAlert expected, RuleMatch match) {
    AlertDifferences all = new AlertDifferences();
    all.compare(expected, match);
    return all.differences;
  }

  private void compare(ExpectedAlert expected, RuleMatch match) {
    SigmaRule rule = match.rule();
    expected
        .matchedFields()
        .forEach((name, value) -> compareField(name, value, match.matchedFields()));
    RuleLevel level = expected.level();
    if (level != null && level != rule.level()) {
      add("level", level.term(), rule.level() == null ? "absent" : rule.level().term());
    }
    String title = expected.title();
    if (title != null && !title.equals(rule.title())) {
      add("title", Quoted.text(title), Quoted.text(rule.title()));
    }
    List<String> missing =
        expected.tags().stream().filter(tag -> !rule.tags().contains(tag)).toList();
    if (!missing.isEmpty()) {
      add("tags", Quoted.list(missing), Quoted.list(rule.tags()));
    }
    RuleStage stage = expected.stage();
    if (stage != null && stage != rule.stage()) {
      add("stage", stage.term(), rule.stage().term());
    }
  }

  private void compareField(String name, String expected, Map<String, String> fields) {
    String actual = fields.get(name);
    if (actual == null) {
      add(
          "matched_fields." + name,
          Quoted.text(expected),
          "absent; there is " + Quoted.list(fields.keySet()));
    } else if (!actual.equals(expected)) {
      add("matched_fields." + name, Quoted.text(expected), Quoted.text(actual));
    }
  }

  private void add(String what, String expected, String actual) {
    differences.add(Difference.of(what, expected, actual));
  }
}
