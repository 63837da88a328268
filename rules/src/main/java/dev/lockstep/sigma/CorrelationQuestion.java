package dev.lockstep.sigma;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a correlation asks of the events of a group: its type and condition (Sigma specification,
 * "Correlation rules"; the types from {@link Absence} on are this engine's own).
 */
public sealed interface CorrelationQuestion {

  /** Answers with the case that this question is. */
  <R> R choose(Cases<R> cases);

  /** The fields that a value is taken of, in order; empty for what only counts or orders events. */
  default List<String> fields() {
    return List.of();
  }

  /** What to do with each type. */
  interface Cases<R> {
    R eventCount(EventCount question);

    R valueCount(ValueCount question);

    R valueSum(ValueSum question);

    R valueAverage(ValueAverage question);

    R valuePercentile(ValuePercentile question);

    R estimated(Estimated question);

    R temporal(Temporal question);

    R distinctRules(DistinctRules question);

    R temporalOrdered(TemporalOrdered question);

    R absence(Absence question);

    R shift(Shift question);

    R newTerm(NewTerm question);

    R change(Change question);

    R ratio(Ratio question);
  }

  /** {@code event_count}: how many events there are. */
  record EventCount(Bounds count) implements CorrelationQuestion {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.eventCount(this);
    }
  }

  /** {@code value_count}: how many different combinations of the values of fields there are. */
  record ValueCount(List<String> fields, Bounds count) implements CorrelationQuestion {
    public ValueCount {
      fields = List.copyOf(fields);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.valueCount(this);
    }
  }

  /** {@code value_sum}: the sum of a field's numbers. */
  record ValueSum(String field, Bounds sum) implements CorrelationQuestion {
    @Override
    public List<String> fields() {
      return List.of(field);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.valueSum(this);
    }
  }

  /** {@code value_avg}: the mean of a field's numbers. */
  record ValueAverage(String field, Bounds mean) implements CorrelationQuestion {
    @Override
    public List<String> fields() {
      return List.of(field);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.valueAverage(this);
    }
  }

  /**
   * {@code value_percentile} and {@code value_median}: a percentile of a field's numbers.
   *
   * @param percentile 0 to 100
   */
  record ValuePercentile(String field, BigDecimal percentile, Bounds value)
      implements CorrelationQuestion {
    @Override
    public List<String> fields() {
      return List.of(field);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.valuePercentile(this);
    }
  }

  /**
   * {@code exact-up-to}: a question whose answer is estimated when a window has more events or
   * values.
   *
   * @param question {@link ValueCount} or {@link ValuePercentile}
   * @param exactUpTo at least 1
   */
  record Estimated(CorrelationQuestion question, int exactUpTo) implements CorrelationQuestion {
    @Override
    public List<String> fields() {
      return question.fields();
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.estimated(this);
    }
  }

  /**
   * {@code temporal}: which rules occur.
   *
   * @param occurring refers to the rules as the correlation calls them
   */
  record Temporal(Condition occurring) implements CorrelationQuestion {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.temporal(this);
    }
  }

  /** {@code temporal} with a number: how many different rules occur. */
  record DistinctRules(Bounds count) implements CorrelationQuestion {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.distinctRules(this);
    }
  }

  /** {@code temporal_ordered}: all rules occur, one after the other. */
  record TemporalOrdered() implements CorrelationQuestion {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.temporalOrdered(this);
    }
  }

  /**
   * {@code absence}: a known group has few events.
   *
   * @param count true of the numbers that are too few
   * @param forget how long after its last event a group is known
   */
  record Absence(Bounds count, Duration forget) implements CorrelationQuestion {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.absence(this);
    }
  }

  /**
   * {@code spike} and {@code drop}: the window against the mean of those before it.
   *
   * @param up whether it is a spike
   * @param ratio how many times as much, or the part of it
   * @param leastCurrent what the window must have at least, for a spike
   * @param leastReference what the mean must be at least
   * @param windows how many windows before are the reference
   * @param field whose numbers are added up; empty where events are counted
   */
  record Shift(
      boolean up,
      BigDecimal ratio,
      BigDecimal leastCurrent,
      BigDecimal leastReference,
      int windows,
      Optional<String> field)
      implements CorrelationQuestion {
    @Override
    public List<String> fields() {
      return field.stream().toList();
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.shift(this);
    }
  }

  /**
   * {@code new_term}: values that a group did not have before.
   *
   * @param learning how long after the first event of a group values are only learnt
   */
  record NewTerm(List<String> fields, Duration learning) implements CorrelationQuestion {
    public NewTerm {
      fields = List.copyOf(fields);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.newTerm(this);
    }
  }

  /** {@code change}: the values are others than the last ones. */
  record Change(List<String> fields) implements CorrelationQuestion {
    public Change {
      fields = List.copyOf(fields);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.change(this);
    }
  }

  /**
   * {@code ratio}: matches of one rule per 100 of another.
   *
   * @param part how the correlation calls the one
   * @param of how it calls the other
   * @param percent to hold
   * @param least how many the other must have
   */
  record Ratio(String part, String of, Bounds percent, long least) implements CorrelationQuestion {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.ratio(this);
    }
  }
}
