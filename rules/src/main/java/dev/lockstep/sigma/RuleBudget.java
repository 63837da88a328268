package dev.lockstep.sigma;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a rule may cost, where its author says so: the custom attribute {@code lockstep.budget}.
 *
 * @param matchesPerMinute how many alerts of a customer it may send in a minute of event time;
 *     empty for the engine's default
 * @param beyond what becomes of the rule when it sends more
 */
public record RuleBudget(OptionalInt matchesPerMinute, Beyond beyond) {

  static final String MATCHES_PER_MINUTE = "matches_per_minute";
  static final String BEYOND = "beyond";
  static final int MOST_MATCHES = 1_000_000;

  /** What becomes of a rule that is over its budget. */
  public enum Beyond {
    /** What it finds beyond is counted on one alert. */
    CAP("cap"),
    /** It is taken out of force as well, until its next version or its release. */
    QUARANTINE("quarantine");

    private final String term;

    Beyond(String term) {
      this.term = term;
    }

    /** Empty if that is no policy. */
    static Optional<Beyond> of(@Nullable Object value) {
      for (Beyond beyond : values()) {
        if (beyond.term.equals(value)) {
          return Optional.of(beyond);
        }
      }
      return Optional.empty();
    }
  }

  /** The budget that the document of the rule states. */
  public static RuleBudget of(SigmaRule rule) {
    if (rule.attributes().get("lockstep") instanceof Map<?, ?> ours
        && ours.get("budget") instanceof Map<?, ?> budget) {
      return new RuleBudget(
          matches(budget.get(MATCHES_PER_MINUTE)),
          Beyond.of(budget.get(BEYOND)).orElse(Beyond.CAP));
    }
    return new RuleBudget(OptionalInt.empty(), Beyond.CAP);
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
