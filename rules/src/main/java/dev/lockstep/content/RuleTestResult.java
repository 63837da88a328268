package dev.lockstep.content;

import dev.lockstep.program.RuleMatch;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What rules answered to one case.
 *
 * @param matches the rules that matched, in the order of their file; none of a timeline
 * @param alerts those that a timeline raised, in the order of time
 * @param differences what is not as the case expects it; none if all is, and without an answer
 * @param problem why there is no answer; empty when there is one
 */
public record RuleTestResult(
    RuleTestCase test,
    List<RuleMatch> matches,
    List<RaisedAlert> alerts,
    List<Difference> differences,
    String problem) {

  public RuleTestResult {
    matches = List.copyOf(matches);
    alerts = List.copyOf(alerts);
    differences = List.copyOf(differences);
  }

  /** Tells whether any rule matched, or the timeline raised any alert. */
  public boolean matched() {
    return !matches.isEmpty() || !alerts.isEmpty();
  }

  /** Ids of the rules that matched, or that alerts are of; each of these once. */
  public List<String> rules() {
    return Stream.concat(
            matches.stream().map(match -> match.rule().id()),
            alerts.stream().map(RaisedAlert::rule).distinct())
        .toList();
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
      return List.of("expected " + expected() + ", but " + problem);
    }
    return differences.isEmpty()
        ? List.of("as expected")
        : differences.stream().map(Difference::sentence).toList();
  }

  private String expected() {
    boolean any = test.expected().match();
    return test.timeline().isPresent()
        ? any ? "an alert" : "no alert"
        : any ? "a match" : "no match";
  }

  /** The {@link #sentences} on one line. */
  public String explanation() {
    return sentences().stream().collect(Collectors.joining("; "));
  }
}
