package dev.lockstep.sigma;

import java.util.List;

/**
 * How search identifiers combine (Sigma specification, "Condition"); {@code 1 of} and {@code all
 * of} are spelled out already as the identifiers they mean.
 */
public sealed interface Condition {

  /** Answers with the case that this condition is. */
  <R> R choose(Cases<R> cases);

  /** What to do with each kind of condition. */
  interface Cases<R> {
    R allOf(List<Condition> parts);

    R anyOf(List<Condition> parts);

    R not(Condition negated);

    R identifier(String name);
  }

  /** {@code a and b}, {@code all of a*}. */
  record AllOf(List<Condition> parts) implements Condition {
    public AllOf {
      parts = List.copyOf(parts);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.allOf(parts);
    }
  }

  /** {@code a or b}, {@code 1 of a*}. */
  record AnyOf(List<Condition> parts) implements Condition {
    public AnyOf {
      parts = List.copyOf(parts);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.anyOf(parts);
    }
  }

  /** {@code not a}. */
  record Not(Condition negated) implements Condition {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.not(negated);
    }
  }

  /** The name of a search identifier of the same rule. */
  record Identifier(String name) implements Condition {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.identifier(name);
    }
  }
}
