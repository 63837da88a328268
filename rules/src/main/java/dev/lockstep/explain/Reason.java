package dev.lockstep.explain;

import java.util.List;

/** A part of a rule with its outcome. Every part is judged, also where another one decides. */
public sealed interface Reason extends Part {

  /** Answers with the case that this reason is. */
  <R> R choose(Cases<R> cases);

  /** The same for where another part holds instead: there nobody looks for what is wrong. */
  Reason withoutHints();

  /** What to do with each kind of reason. */
  interface Cases<R> {
    R combined(Combined reason);

    R negated(Negated reason);

    R identifier(Identifier reason);

    R tests(Tests reason);
  }

  /** Several parts, of a condition or of a search identifier. */
  record Combined(Join join, boolean holds, List<Reason> parts, Omitted omitted) implements Reason {
    public Combined {
      parts = List.copyOf(parts);
    }

    static Combined of(Join join, List<Reason> parts) {
      boolean holds = join.of(parts);
      List<Reason> hinted =
          holds && join == Join.ANY ? parts.stream().map(Reason::withoutHints).toList() : parts;
      Excerpt<Reason> excerpt = Excerpt.of(hinted, join);
      return new Combined(join, holds, excerpt.shown(), excerpt.omitted());
    }

    @Override
    public boolean hasHint() {
      return parts.stream().anyMatch(Part::hasHint);
    }

    @Override
    public Reason withoutHints() {
      return new Combined(join, holds, parts.stream().map(Reason::withoutHints).toList(), omitted);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.combined(this);
    }
  }

  /** {@code not}, or the modifier {@code neq}; holds when its part does not. */
  record Negated(Reason negated) implements Reason {
    @Override
    public boolean holds() {
      return !negated.holds();
    }

    @Override
    public boolean hasHint() {
      return negated.hasHint();
    }

    @Override
    public Reason withoutHints() {
      return new Negated(negated.withoutHints());
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.negated(this);
    }
  }

  /** A search identifier and what it asks. */
  record Identifier(String name, Reason detection) implements Reason {
    @Override
    public boolean holds() {
      return detection.holds();
    }

    @Override
    public boolean hasHint() {
      return detection.hasHint();
    }

    @Override
    public Reason withoutHints() {
      return new Identifier(name, detection.withoutHints());
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.identifier(this);
    }
  }

  /** One or more tests of the same values. */
  record Tests(Subject subject, Join join, boolean holds, List<Test> tests, Omitted omitted)
      implements Reason {
    public Tests {
      tests = List.copyOf(tests);
    }

    static Tests of(Subject subject, Join join, List<Test> tests) {
      boolean holds = join.of(tests);
      Excerpt<Test> excerpt = Excerpt.of(tests, join);
      return new Tests(
          holds ? subject.withoutHint() : subject, join, holds, excerpt.shown(), excerpt.omitted());
    }

    @Override
    public boolean hasHint() {
      return subject.hint() != null || tests.stream().anyMatch(Part::hasHint);
    }

    @Override
    public Reason withoutHints() {
      return new Tests(
          subject.withoutHint(),
          join,
          holds,
          tests.stream()
              .map(test -> new Test(test.phrase(), test.holds(), test.by(), null))
              .toList(),
          omitted);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.tests(this);
    }
  }
}
