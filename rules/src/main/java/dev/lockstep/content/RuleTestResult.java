package dev.lockstep.content;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a rule answered to one case.
 *
 * @param matched whether the rule matched
 * @param matchedFields the fields that made it match, in the order of the rule
 * @param problem why there is no answer; empty when there is one
 */
public record RuleTestResult(
    RuleTestCase test, boolean matched, Map<String, String> matchedFields, String problem) {

  public RuleTestResult {
    matchedFields = Collections.unmodifiableMap(new LinkedHashMap<>(matchedFields));
  }

  /** Tells whether there is an answer and it is the expected one. */
  public boolean passed() {
    return problem.isEmpty() && matched == test.expected();
  }

  /** One line on what was expected and what happened. */
  public String explanation() {
    String wanted = test.expected() ? "expected a match" : "expected no match";
    if (!problem.isEmpty()) {
      return wanted + ", but " + problem;
    }
    if (matched == test.expected()) {
      return "as expected";
    }
    return matched ? wanted + ", but the rule matched" + fields() : wanted + ", there was none";
  }

  private String fields() {
    return matchedFields.isEmpty()
        ? ""
        : matchedFields.entrySet().stream()
            .map(field -> field.getKey() + " = '" + field.getValue() + "'")
            .collect(Collectors.joining(", ", " on ", ""));
  }
}
