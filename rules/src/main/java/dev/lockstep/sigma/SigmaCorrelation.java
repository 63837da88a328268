package dev.lockstep.sigma;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A correlation without faults of its own (Sigma specification, "Correlation rules"). Whether there
 * are the rules that it refers to is another matter.
 *
 * @param id the correlation's key, as a rule's
 * @param type as the document says it
 * @param rules the rules that it refers to, at least one, none twice
 * @param groupBy fields, or names of {@code aliases}; empty for one group of all events
 * @param aliases for a name in {@code groupBy}, what it is called in each rule
 * @param timespan how long the window is
 * @param generate whether the rules send alerts of their own, too
 * @param attributes as a rule's
 * @param contentHash as a rule's
 */
public record SigmaCorrelation(
    String id,
    String title,
    @Nullable RuleLevel level,
    @Nullable RuleStatus status,
    List<String> tags,
    RuleStage stage,
    CustomerScope customers,
    String type,
    List<RuleReference> rules,
    List<String> groupBy,
    Map<String, Map<String, String>> aliases,
    Duration timespan,
    CorrelationQuestion question,
    boolean generate,
    Map<String, Object> attributes,
    String contentHash,
    Position position) {

  public SigmaCorrelation {
    tags = List.copyOf(tags);
    rules = List.copyOf(rules);
    groupBy = List.copyOf(groupBy);
    aliases = Map.copyOf(aliases);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** Tells whether a document that refers to a rule by id or name means this correlation. */
  public boolean isCalled(String reference) {
    return reference.equals(id) || reference.equals(attributes.get("name"));
  }

  /** Tells whether the correlation judges this customer's events. */
  public boolean appliesTo(String customer) {
    return customers.includes(customer);
  }
}
