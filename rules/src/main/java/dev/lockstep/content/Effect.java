package dev.lockstep.content;

import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of something in force together with the rest of the content.
 *
 * @param version changes when its meaning does
 * @param filters the ids of the filters that were added to a rule, for whichever customers
 * @param warnings what its author should know, each {@code file:line:column: message}
 */
record Effect(String version, List<String> filters, List<String> warnings) {
  static final Effect NONE = new Effect("", List.of(), List.of());

  Effect {
    filters = List.copyOf(filters);
    warnings = List.copyOf(warnings);
  }

  static Effect of(SigmaRule rule) {
    return new Effect(rule.customers() + rule.contentHash(), rule.filters(), List.of());
  }

  static Effect of(SigmaCorrelation correlation) {
    return new Effect(correlation.contentHash(), List.of(), List.of());
  }

  /** The effect of a rule that is another one for other customers. */
  Effect and(Effect other) {
    List<String> all = new ArrayList<>(filters);
    other.filters.stream().filter(filter -> !all.contains(filter)).forEach(all::add);
    return new Effect(version + other.version, all, warnings);
  }
}
