package dev.lockstep.program;

import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.ValueTest;
import java.util.List;
import java.util.Optional;

/** Plans what one search identifier asks. */
final class DetectionPlanner implements Detection.Cases<Predicate> {
  private final SharedPredicates shared;

  DetectionPlanner(SharedPredicates shared) {
    this.shared = shared;
  }

  @Override
  public Predicate allOf(List<Detection> parts) {
    return new AllPredicate(parts.stream().map(part -> part.choose(this)).toList());
  }

  @Override
  public Predicate anyOf(List<Detection> parts) {
    Optional<Question> question = Question.ofAny(parts);
    if (question.isPresent()) {
      return shared.of(question.get());
    }
    return new AnyPredicate(parts.stream().map(part -> part.choose(this)).toList());
  }

  @Override
  public Predicate not(Detection negated) {
    return new NotPredicate(negated.choose(this));
  }

  @Override
  public Predicate field(String field, ValueTest test) {
    return shared.of(new Question(field, List.of(test)));
  }

  @Override
  public Predicate keyword(ValueTest test) {
    return shared.of(new Question(null, List.of(test)));
  }
}
