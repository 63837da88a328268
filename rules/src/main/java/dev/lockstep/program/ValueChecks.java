package dev.lockstep.program;

import dev.lockstep.event.ScalarKind;
import dev.lockstep.sigma.ValueTest;

/**
 * The check of each test that can be put to one value alone. That a field is absent, which some
 * tests ask for, no value can say.
 */
final class ValueChecks implements ValueTest.Cases<ValueCheck> {
  private static final ValueChecks CASES = new ValueChecks();

  private ValueChecks() {}

  /**
   * @throws IllegalArgumentException if the test needs a second field
   */
  static ValueCheck of(ValueTest test) {
    return test.choose(CASES);
  }

  @Override
  public ValueCheck like(ValueTest.Like test) {
    return new LikeCheck(test);
  }

  @Override
  public ValueCheck regex(ValueTest.Regex test) {
    return new RegexCheck(test);
  }

  @Override
  public ValueCheck network(ValueTest.Network test) {
    return new NetworkCheck(test);
  }

  @Override
  public ValueCheck equalNumber(ValueTest.EqualNumber test) {
    return new NumberCheck(number -> number.compareTo(test.number()) == 0);
  }

  @Override
  public ValueCheck compare(ValueTest.Compare test) {
    return new NumberCheck(number -> test.comparison().holds(number, test.bound()));
  }

  @Override
  public ValueCheck datePart(ValueTest.DatePart test) {
    return new DatePartCheck(test);
  }

  @Override
  public ValueCheck equalTruth(ValueTest.EqualTruth test) {
    return new TruthCheck(test.truth());
  }

  @Override
  public ValueCheck isNull() {
    return value -> value.kind() == ScalarKind.NULL;
  }

  @Override
  public ValueCheck exists(boolean expected) {
    return value -> expected;
  }

  @Override
  public ValueCheck sameAs(ValueTest.SameAs test) {
    throw new IllegalArgumentException("one value alone cannot be put to " + test);
  }
}
