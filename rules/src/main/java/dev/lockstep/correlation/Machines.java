package dev.lockstep.correlation;

import dev.lockstep.sigma.Bounds;
import dev.lockstep.sigma.Condition;
import dev.lockstep.sigma.CorrelationQuestion;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Opens the machine of a question for one group. */
final class Machines implements CorrelationQuestion.Cases<GroupMachine> {
  private final long timespan;
  private final List<String> rules;
  private final int most;
  private final Slots slots;
  private final @Nullable PieceReader state;

  /**
   * @param rules as the correlation calls them, in the order of members
   * @param most so many occurrences or values are kept of a group
   * @param state what a machine has saved; null for a new group
   */
  Machines(long timespan, List<String> rules, int most, Slots slots, @Nullable PieceReader state) {
    this.timespan = timespan;
    this.rules = rules;
    this.most = most;
    this.slots = slots;
    this.state = state;
  }

  @Override
  public GroupMachine eventCount(CorrelationQuestion.EventCount question) {
    return new EventCountMachine(timespan, question.count(), most, slots, state);
  }

  @Override
  public GroupMachine valueCount(CorrelationQuestion.ValueCount question) {
    return new ValueCountMachine(timespan, question.count(), most, slots, state);
  }

  @Override
  public GroupMachine valueSum(CorrelationQuestion.ValueSum question) {
    return new SumMachine(timespan, question.sum(), /* mean= */ false, most, slots, state);
  }

  @Override
  public GroupMachine valueAverage(CorrelationQuestion.ValueAverage question) {
    return new SumMachine(timespan, question.mean(), /* mean= */ true, most, slots, state);
  }

  @Override
  public GroupMachine valuePercentile(CorrelationQuestion.ValuePercentile question) {
    return new PercentileMachine(
        timespan, question.percentile(), question.value(), most, slots, state);
  }

  @Override
  public GroupMachine estimated(CorrelationQuestion.Estimated question) {
    int bound = Math.min(question.exactUpTo(), most);
    CorrelationQuestion exact = question.question();
    if (exact instanceof CorrelationQuestion.ValueCount values
        && values.count().saturation() > bound) {
      return estimating(
          bound,
          values.count(),
          DistinctSketch.FORM,
          (kept, state) -> new ValueCountMachine(timespan, values.count(), kept, slots, state));
    }
    if (exact instanceof CorrelationQuestion.ValuePercentile numbers) {
      return estimating(
          bound,
          numbers.value(),
          new PercentileSketch.Form(numbers.percentile()),
          (kept, state) ->
              new PercentileMachine(
                  timespan, numbers.percentile(), numbers.value(), kept, slots, state));
    }
    // A threshold that is within the bound never needs more.
    return exact.choose(this);
  }

  private GroupMachine estimating(
      int bound, Bounds bounds, Sketch.Form form, EstimatingMachine.Exact exact) {
    return new EstimatingMachine(timespan, bound, bounds, form, exact, slots, state);
  }

  @Override
  public GroupMachine temporal(CorrelationQuestion.Temporal question) {
    Predicate<BitSet> condition = question.occurring().choose(new Occurring(rules));
    return new TemporalMachine(timespan, condition, state);
  }

  @Override
  public GroupMachine distinctRules(CorrelationQuestion.DistinctRules question) {
    return new TemporalMachine(
        timespan, members -> question.count().holds(members.cardinality()), state);
  }

  @Override
  public GroupMachine temporalOrdered(CorrelationQuestion.TemporalOrdered question) {
    return new OrderedMachine(timespan, rules.size(), state);
  }

  @Override
  public GroupMachine absence(CorrelationQuestion.Absence question) {
    return new AbsenceMachine(timespan, question.count(), question.forget().toMillis(), state);
  }

  @Override
  public GroupMachine shift(CorrelationQuestion.Shift question) {
    return new ShiftMachine(timespan, question, state);
  }

  @Override
  public GroupMachine newTerm(CorrelationQuestion.NewTerm question) {
    return new NewTermMachine(timespan, question.learning().toMillis(), most, slots, state);
  }

  @Override
  public GroupMachine change(CorrelationQuestion.Change question) {
    return new ChangeMachine(timespan, state);
  }

  @Override
  public GroupMachine ratio(CorrelationQuestion.Ratio question) {
    return new RatioMachine(
        timespan,
        rules.indexOf(question.part()),
        rules.indexOf(question.of()),
        question.percent(),
        question.least(),
        state);
  }

  /** Asks an expression over rules which of them occur. */
  private record Occurring(List<String> rules) implements Condition.Cases<Predicate<BitSet>> {
    @Override
    public Predicate<BitSet> allOf(List<Condition> parts) {
      List<Predicate<BitSet>> all = parts.stream().map(part -> part.choose(this)).toList();
      return members -> all.stream().allMatch(part -> part.test(members));
    }

    @Override
    public Predicate<BitSet> anyOf(List<Condition> parts) {
      List<Predicate<BitSet>> all = parts.stream().map(part -> part.choose(this)).toList();
      return members -> all.stream().anyMatch(part -> part.test(members));
    }

    @Override
    public Predicate<BitSet> not(Condition negated) {
      return negated.choose(this).negate();
    }

    @Override
    public Predicate<BitSet> identifier(String name) {
      int member = rules.indexOf(name);
      return members -> members.get(member);
    }
  }
}
