package dev.lockstep.explain;

import dev.lockstep.sigma.Condition;
import dev.lockstep.sigma.Detection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Explains the condition of one rule; a search identifier that it names twice is judged once. */
final class ConditionExplainer implements Condition.Cases<Reason> {
  private final Map<String, Detection> detections;
  private final DetectionExplainer explainer;
  private final Map<String, Reason> identifiers = new HashMap<>();

  ConditionExplainer(Map<String, Detection> detections, DetectionExplainer explainer) {
    this.detections = detections;
    this.explainer = explainer;
  }

  @Override
  public Reason allOf(List<Condition> parts) {
    return combine(Join.ALL, parts);
  }

  @Override
  public Reason anyOf(List<Condition> parts) {
    return combine(Join.ANY, parts);
  }

  @Override
  public Reason not(Condition negated) {
    return new Reason.Negated(negated.choose(this));
  }

  @Override
  public Reason identifier(String name) {
    return identifiers.computeIfAbsent(name, this::explain);
  }

  /** {@code all of a*} may stand for a single identifier. */
  private Reason combine(Join join, List<Condition> parts) {
    return parts.size() == 1
        ? parts.get(0).choose(this)
        : Reason.Combined.of(join, parts.stream().map(part -> part.choose(this)).toList());
  }

  private Reason explain(String name) {
    Detection detection = detections.get(name);
    if (detection == null) {
      throw new IllegalArgumentException(
          "the condition names '" + name + "', which is not defined");
    }
    return new Reason.Identifier(name, detection.choose(explainer));
  }
}
