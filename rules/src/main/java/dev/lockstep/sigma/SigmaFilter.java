package dev.lockstep.sigma;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A filter without faults (Sigma specification, "Filters"): a condition that is added to rules by
 * {@code and}, exactly as it is written.
 *
 * @param id the filter's key: its {@code id}, else its {@code name}, else its {@code title}
 * @param rules the rules that are meant; empty for any rule
 * @param logsource only rules are meant whose log source this one includes
 * @param customers for whose events the filter counts
 * @param detections the search identifiers by name, in the order of the text
 * @param condition refers to nothing but {@code detections}
 * @param contentHash as a rule's
 */
public record SigmaFilter(
    String id,
    String title,
    List<RuleReference> rules,
    Logsource logsource,
    CustomerScope customers,
    Map<String, Detection> detections,
    Condition condition,
    String contentHash,
    Position position) {

  public SigmaFilter {
    rules = List.copyOf(rules);
    detections = Collections.unmodifiableMap(new LinkedHashMap<>(detections));
  }

  /** Tells whether the filter is added to the rule. */
  public boolean appliesTo(SigmaRule rule) {
    return logsource.includes(rule.logsource())
        && (rules.isEmpty()
            || rules.stream().anyMatch(reference -> rule.isCalled(reference.rule())));
  }
}
