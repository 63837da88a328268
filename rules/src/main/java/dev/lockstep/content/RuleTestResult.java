package dev.lockstep.content;

import dev.lockstep.program.RuleMatch;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What rules answered to one case.
 *
 * @param matches the rules that matched, in the order of their file
 * @param differences what is not as the case expects it; none if all is, and without an answer
 * @param problem why there is no answer; empty when there is one
 */
public record RuleTestResult(
    RuleTestCase test, List<RuleMatch> matches, List<Difference> differences, String problem) {

  public RuleTestResult {
    matches = List.copyOf(matches);
    differences = List.copyOf(differences);
  }

  /** Tells whether any rule matched. */
  public boolean matched() {
    return !matches.isEmpty();
  }

  /** The fields that made rules match, in the order of the rules. */
  public Map<String, String> matchedFields() {
    Map<String, String> fields = new LinkedHashMap<>();
    matches.forEach(match -> fields.putAll(match.matchedFields()));
    return Collections.unmodifiableMap(fields);
  }

  /** Tells whether there is an answer and it is the expected one. */
  public boolean passed() {
    return problem.isEmpty() && differences.isEmpty();
  }

  /** What was expected and what happened, in sentences of one line each; at least one. */
  public List<String> sentences() {
    if (!problem.isEmpty()) {
      return List.of(
          (test.expected().match() ? "expected a match" : "expected no match")
              + ", but "
              + problem);
    }
    return differences.isEmpty()
        ? List.of("as expected")
        : differences.stream().map(Difference::sentence).toList();
  }

  /** The {@link #sentences} on one line. */
  public String explanation() {
    return sentences().stream().collect(Collectors.joining("; "));
  }
}
