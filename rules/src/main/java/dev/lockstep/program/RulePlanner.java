package dev.lockstep.program;

import dev.lockstep.sigma.Condition;
import dev.lockstep.sigma.Detection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans the condition of one rule; each search identifier becomes one shared predicate. */
final class RulePlanner implements Condition.Cases<Predicate> {
  private final Map<String, Predicate> identifiers = new HashMap<>();

  RulePlanner(Map<String, Detection> detections, SharedPredicates shared) {
    DetectionPlanner planner = new DetectionPlanner(shared);
    detections.forEach((name, detection) -> identifiers.put(name, detection.choose(planner)));
  }

  Predicate plan(Condition condition) {
    return condition.choose(this);
  }

  @Override
  public Predicate allOf(List<Condition> parts) {
    return new AllPredicate(parts.stream().map(this::plan).toList());
  }

  @Override
  public Predicate anyOf(List<Condition> parts) {
    return new AnyPredicate(parts.stream().map(this::plan).toList());
  }

  @Override
  public Predicate not(Condition negated) {
    return new NotPredicate(plan(negated));
  }

  @Override
  public Predicate identifier(String name) {
    Predicate predicate = identifiers.get(name);
    if (predicate == null) {
      throw new IllegalArgumentException(
          "the condition names '" + name + "', which is not defined");
    }
    return predicate;
  }
}
