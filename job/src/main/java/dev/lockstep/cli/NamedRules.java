package dev.lockstep.cli;

import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds rules by what people call them. */
final class NamedRules {
  private static final int MAX_SUGGESTED = 5;

  private NamedRules() {}

  /**
   * Returns the rules of that id, name or title.
   *
   * @throws CommandFailure if there is none; it names those that may be meant
   */
  static List<SigmaRule> find(List<SigmaRule> rules, String wanted) {
    List<SigmaRule> named = rules.stream().filter(rule -> isCalled(rule, wanted)).toList();
    if (named.isEmpty()) {
      throw CommandFailure.ofInput(noRule(rules, wanted));
    }
    return named;
  }

  private static boolean isCalled(SigmaRule rule, String wanted) {
    return rule.id().equalsIgnoreCase(wanted)
        || wanted.equals(rule.attributes().get("name"))
        || rule.title().equalsIgnoreCase(wanted);
  }

  private static String noRule(List<SigmaRule> rules, String wanted) {
    String part = wanted.toLowerCase(Locale.ROOT);
    String similar =
        rules.stream()
            .filter(rule -> rule.title().toLowerCase(Locale.ROOT).contains(part))
            .limit(MAX_SUGGESTED)
            .map(rule -> "'" + rule.title() + "'")
            .collect(Collectors.joining(", "));
    return "no good rule has the id, name or title '%s'%s"
        .formatted(wanted, similar.isEmpty() ? "" : "; there is " + similar);
  }
}
