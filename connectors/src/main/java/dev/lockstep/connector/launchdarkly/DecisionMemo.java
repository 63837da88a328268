package dev.lockstep.connector.launchdarkly;

import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagSubject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Decisions that were made before. Most flags look at customers, engines and rules, and those come
 * again with every event; only where a flag looks at the event itself is each decision a new one.
 */
final class DecisionMemo<T> {

  /** When there are more, all are forgotten: to know the oldest would cost more than to ask. */
  static final int MAX_DECISIONS = 1 << 15;

  private final FlagScope scope;
  private final Function<FlagSubject, FlagDecision<T>> evaluate;
  private final Map<FlagSubject, FlagDecision<T>> made = new HashMap<>();

  /**
   * Remembers what {@code evaluate} says.
   *
   * @param scope what its answers depend on
   */
  DecisionMemo(FlagScope scope, Function<FlagSubject, FlagDecision<T>> evaluate) {
    this.scope = scope;
    this.evaluate = evaluate;
  }

  FlagDecision<T> decide(FlagSubject subject) {
    if (scope.event()) {
      return evaluate.apply(subject);
    }
    FlagSubject same = scope.withoutEvent(subject);
    FlagDecision<T> known = made.get(same);
    if (known != null) {
      return known;
    }
    if (made.size() == MAX_DECISIONS) {
      made.clear();
    }
    FlagDecision<T> decided = evaluate.apply(same);
    made.put(same, decided);
    return decided;
  }
}
