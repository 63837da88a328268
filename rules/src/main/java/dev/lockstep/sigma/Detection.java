package dev.lockstep.sigma;

import java.util.List;

/** What one search identifier asks of an event (Sigma specification, "Detection"). */
public sealed interface Detection {

  /** Answers with the case that this detection is. */
  <R> R choose(Cases<R> cases);

  /** What to do with each kind of detection. */
  interface Cases<R> {
    R allOf(List<Detection> parts);

    R anyOf(List<Detection> parts);

    R not(Detection negated);

    R field(String field, ValueTest test);

    R keyword(ValueTest test);
  }

  /** A map of fields, or values under the modifier {@code all}. */
  record AllOf(List<Detection> parts) implements Detection {
    public AllOf {
      parts = List.copyOf(parts);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.allOf(parts);
    }
  }

  /** A list of maps, of values, or of keywords. */
  record AnyOf(List<Detection> parts) implements Detection {
    public AnyOf {
      parts = List.copyOf(parts);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.anyOf(parts);
    }
  }

  /** A field under the modifier {@code neq}; true when the field is absent. */
  record Not(Detection negated) implements Detection {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.not(negated);
    }
  }

  /** A test that some value of the field must pass. */
  record Field(String field, ValueTest test) implements Detection {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.field(field, test);
    }
  }

  /** A test that some string or number anywhere in the event must pass. */
  record Keyword(ValueTest test) implements Detection {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.keyword(test);
    }
  }
}
