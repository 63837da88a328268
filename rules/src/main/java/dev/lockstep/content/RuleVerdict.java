package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/**
 * What became of a rule when content was delivered.
 *
 * @param key the rule's id; {@code filter:} and a filter's id; or {@code file:PATH} for values and
 *     for a rejected file in which no rule can be told or whose rules are another file's; no two
 *     verdicts of a delivery have the same key
 * @param status see {@link Status}
 * @param file path of the file within the content
 * @param issues what is wrong, each {@code file:line:column: message}; empty unless rejected
 * @param previousInForce whether an earlier version of the rule stays in force; false unless
 *     rejected
 * @param filters the ids of the filters that were added to the rule, if it is accepted
 * @param warnings what the author of a filter should know, each {@code file:line:column: message}
 */
public record RuleVerdict(
    String key,
    Status status,
    String file,
    List<String> issues,
    boolean previousInForce,
    List<String> filters,
    List<String> warnings) {

  public RuleVerdict {
    requireNonNull(key, "key is null");
    requireNonNull(status, "status is null");
    requireNonNull(file, "file is null");
    issues = List.copyOf(issues);
    filters = List.copyOf(filters);
    warnings = List.copyOf(warnings);
    if (status != Status.REJECTED && (previousInForce || !issues.isEmpty())) {
      throw new IllegalArgumentException(
          "only a rejected rule has issues or a previous version, " + key + " was " + status);
    }
  }

  /** What became of a rule. */
  public enum Status {
    /** The delivered version is in force. */
    ACCEPTED,
    /** The delivered version has issues; an earlier one stays in force if there is one. */
    REJECTED,
    /** The content no longer has the rule. */
    EXPIRED;

    /** The status in {@code rule-status} records. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
