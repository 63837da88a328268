package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.RuleReference;
import dev.lockstep.sigma.SigmaFilter;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;

/** Says of filters which of the rules that they name they are not added to, and why. */
final class FilterReferences {
  private final List<SigmaRule> rules;

  FilterReferences(List<SigmaRule> rules) {
    this.rules = rules;
  }

  /** What the author of the filter should know; nothing of it keeps the filter out of force. */
  List<Issue> warningsOn(SigmaFilter filter, String path) {
    List<Issue> warnings = new ArrayList<>();
    for (RuleReference reference : filter.rules()) {
      List<SigmaRule> named =
          rules.stream().filter(rule -> rule.isCalled(reference.rule())).toList();
      if (named.isEmpty()) {
        String message = "the filter is for the rule '%s', which is not there";
        warnings.add(warning(path, reference.position(), message.formatted(reference.rule())));
      } else if (named.stream().noneMatch(filter::appliesTo)) {
        String message =
            "the filter is not added to the rule '%s': its log source %s is none of %s";
        warnings.add(
            warning(
                path,
                reference.position(),
                message.formatted(
                    reference.rule(),
                    named.get(0).logsource().label(),
                    filter.logsource().label())));
      }
    }
    if (filter.rules().isEmpty() && rules.stream().noneMatch(filter::appliesTo)) {
      String message = "the filter is for any rule of the log source %s, and there is none";
      warnings.add(warning(path, filter.position(), message.formatted(filter.logsource().label())));
    }
    return warnings;
  }

  private static Issue warning(String path, Position position, String message) {
    return new Issue(path, position.line(), position.column(), message);
  }
}
