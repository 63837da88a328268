package dev.lockstep.program;

import dev.lockstep.sigma.ValueTest;

/** Plans a search of the whole event, for which there are texts and regular expressions only. */
final class KeywordTestPlanner implements ValueTest.Cases<Predicate> {

  @Override
  public Predicate like(ValueTest.Like test) {
    return new KeywordPredicate(new LikeCheck(test));
  }

  @Override
  public Predicate regex(ValueTest.Regex test) {
    return new KeywordPredicate(new RegexCheck(test));
  }

  @Override
  public Predicate network(ValueTest.Network test) {
    throw needsField(test);
  }

  @Override
  public Predicate equalNumber(ValueTest.EqualNumber test) {
    throw needsField(test);
  }

  @Override
  public Predicate compare(ValueTest.Compare test) {
    throw needsField(test);
  }

  @Override
  public Predicate datePart(ValueTest.DatePart test) {
    throw needsField(test);
  }

  @Override
  public Predicate equalTruth(ValueTest.EqualTruth test) {
    throw needsField(test);
  }

  @Override
  public Predicate isNull() {
    throw needsField(new ValueTest.IsNull());
  }

  @Override
  public Predicate exists(boolean expected) {
    throw needsField(new ValueTest.Exists(expected));
  }

  @Override
  public Predicate sameAs(ValueTest.SameAs test) {
    throw needsField(test);
  }

  private static IllegalArgumentException needsField(ValueTest test) {
    return new IllegalArgumentException("there is no keyword test " + test);
  }
}
