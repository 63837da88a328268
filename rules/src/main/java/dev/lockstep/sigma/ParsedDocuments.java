package dev.lockstep.sigma;

import java.util.List;

/**
 * What one file holds: the rules, correlations and filters without a fault in the order of the
 * file, and every issue of the others. A file is good when there are no issues.
 */
public record ParsedDocuments(
    List<SigmaRule> rules,
    List<SigmaCorrelation> correlations,
    List<SigmaFilter> filters,
    List<Issue> issues) {
  public ParsedDocuments {
    rules = List.copyOf(rules);
    correlations = List.copyOf(correlations);
    filters = List.copyOf(filters);
    issues = List.copyOf(issues);
  }
}
