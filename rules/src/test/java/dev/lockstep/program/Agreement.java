package dev.lockstep.program;

import dev.lockstep.sigma.SigmaRule;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts what a program found into the form of the {@link NaiveProgram}. */
final class Agreement {
  private Agreement() {}

  /** Entries are in the order of the matches, and their fields, too. */
  static Map<Integer, Map<String, String>> byPosition(MatchResult result, List<SigmaRule> rules) {
    IdentityHashMap<SigmaRule, Integer> positions = new IdentityHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      positions.put(rules.get(i), i);
    }
    Map<Integer, Map<String, String>> matches = new LinkedHashMap<>();
    for (RuleMatch match : result.matches()) {
      Integer position = positions.get(match.rule());
      matches.put(position == null ? -1 : position, match.matchedFields());
    }
    return matches;
  }
}
