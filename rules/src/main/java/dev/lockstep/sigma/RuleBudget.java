package dev.lockstep.sigma;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may cost, where its author says so: the custom attribute {@code lockstep.budget}.
 *
 * @param matchesPerMinute how many alerts of a customer it may send in a minute of event time;
 *     empty for the engine's default
 */
public record RuleBudget(OptionalInt matchesPerMinute) {

  static final String MATCHES_PER_MINUTE = "matches_per_minute";
  static final int MOST_MATCHES = 1_000_000;

  /** The budget that the document of the rule states. */
  public static RuleBudget of(SigmaRule rule) {
    if (rule.attributes().get("lockstep") instanceof Map<?, ?> ours
        && ours.get("budget") instanceof Map<?, ?> budget) {
      return new RuleBudget(matches(budget.get(MATCHES_PER_MINUTE)));
    }
    return new RuleBudget(OptionalInt.empty());
  }

  /** Empty if that is no number of matches. */
  static OptionalInt matches(@Nullable Object value) {
    if (value instanceof BigDecimal number
        && number.compareTo(BigDecimal.ONE) >= 0
        && number.compareTo(BigDecimal.valueOf(MOST_MATCHES)) <= 0
        && number.stripTrailingZeros().scale() <= 0) {
      return OptionalInt.of(number.intValueExact());
    }
    return OptionalInt.empty();
  }
}
