package dev.lockstep.program;

import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.ValueTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what the detections of a program ask, and how often. */
final class QuestionsInUse implements Detection.Cases<Boolean> {
  private final Map<Question, Integer> counts = new HashMap<>();

  void add(Detection detection) {
    detection.choose(this);
  }

  /** How often each question is asked. */
  Map<Question, Integer> counts() {
    return counts;
  }

  @Override
  public Boolean allOf(List<Detection> parts) {
    parts.forEach(this::add);
    return true;
  }

  @Override
  public Boolean anyOf(List<Detection> parts) {
    Question.ofAny(parts).ifPresentOrElse(this::count, () -> parts.forEach(this::add));
    return true;
  }

  @Override
  public Boolean not(Detection negated) {
    return negated.choose(this);
  }

  @Override
  public Boolean field(String field, ValueTest test) {
    count(new Question(field, List.of(test)));
    return true;
  }

  @Override
  public Boolean keyword(ValueTest test) {
    count(new Question(null, List.of(test)));
    return true;
  }

  private void count(Question question) {
    counts.merge(question, 1, Integer::sum);
  }
}
