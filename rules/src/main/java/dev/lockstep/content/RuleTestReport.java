package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import java.util.List;

/**
 * What one test file came to.
 *
 * @param file path of the test file within the content
 * @param issues why the cases could not be judged, in the test file or in the rule; with issues
 *     there are no results
 * @param results in the order of the file
 */
public record RuleTestReport(String file, List<Issue> issues, List<RuleTestResult> results) {
  public RuleTestReport {
    issues = List.copyOf(issues);
    results = List.copyOf(results);
  }

  /** Tells whether every case was judged and gave the expected answer. */
  public boolean passed() {
    return issues.isEmpty() && results.stream().allMatch(RuleTestResult::passed);
  }
}
