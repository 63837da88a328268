package dev.lockstep.program;

import dev.lockstep.event.EventProjection;
import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.ValueTest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what the detections of a program ask, and of which fields. */
final class QuestionsInUse implements Detection.Cases<Boolean> {
  private final Set<String> fields = new HashSet<>();
  private final Map<Detection, Integer> counts = new HashMap<>();
  private boolean wholeEvent;

  void add(Detection detection) {
    detection.choose(this);
  }

  /** How often each question is asked. */
  Map<Detection, Integer> counts() {
    return counts;
  }

  EventProjection projection() {
    return EventProjection.of(fields, wholeEvent);
  }

  @Override
  public Boolean allOf(List<Detection> parts) {
    parts.forEach(this::add);
    return true;
  }

  @Override
  public Boolean anyOf(List<Detection> parts) {
    parts.forEach(this::add);
    return true;
  }

  @Override
  public Boolean not(Detection negated) {
    return negated.choose(this);
  }

  @Override
  public Boolean field(String field, ValueTest test) {
    fields.add(field);
    counts.merge(new Detection.Field(field, test), 1, Integer::sum);
    if (test instanceof ValueTest.SameAs sameAs) {
      fields.add(sameAs.otherField());
    }
    return true;
  }

  @Override
  public Boolean keyword(ValueTest test) {
    wholeEvent = true;
    counts.merge(new Detection.Keyword(test), 1, Integer::sum);
    return true;
  }
}
