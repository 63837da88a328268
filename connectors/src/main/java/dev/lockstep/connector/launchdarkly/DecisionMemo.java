package dev.lockstep.connector.launchdarkly;

import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagSubject;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Decisions that were made before. Most flags look at customers, engines and rules, and those come
 * again with every event; only where a flag looks at the event itself is each decision a new one.
 */
final class DecisionMemo<T> {

  private static final String ANY_EVENT = "-";

  private final boolean dependsOnEvent;
  private final Function<FlagSubject, FlagDecision<T>> evaluate;
  private final Map<FlagSubject, FlagDecision<T>> made = new RecentlyUsed<>();

  private DecisionMemo(boolean dependsOnEvent, Function<FlagSubject, FlagDecision<T>> evaluate) {
    this.dependsOnEvent = dependsOnEvent;
    this.evaluate = evaluate;
  }

  /**
   * Remembers what {@code evaluate} says.
   *
   * @param scope the context kinds that its answers depend on
   */
  static <T> DecisionMemo<T> of(
      Set<String> scope, Function<FlagSubject, FlagDecision<T>> evaluate) {
    return new DecisionMemo<>(scope.contains(FlagContexts.EVENT.toString()), evaluate);
  }

  FlagDecision<T> decide(FlagSubject subject) {
    return dependsOnEvent
        ? evaluate.apply(subject)
        : made.computeIfAbsent(
            new FlagSubject(subject.customer(), subject.engine(), ANY_EVENT, subject.rule()),
            evaluate);
  }
}
