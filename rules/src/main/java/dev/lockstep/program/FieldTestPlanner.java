package dev.lockstep.program;

import dev.lockstep.sigma.ValueTest;

/** Plans a test of one field's values. */
final class FieldTestPlanner implements ValueTest.Cases<Predicate> {
  private final FieldSlots slots;
  private final FieldSlot field;

  FieldTestPlanner(FieldSlots slots, String field) {
    this.slots = slots;
    this.field = slots.of(field);
  }

  @Override
  public Predicate like(ValueTest.Like test) {
    return new FieldPredicate(field, new LikeCheck(test));
  }

  @Override
  public Predicate regex(ValueTest.Regex test) {
    return new FieldPredicate(field, new RegexCheck(test));
  }

  @Override
  public Predicate network(ValueTest.Network test) {
    return new FieldPredicate(field, new NetworkCheck(test));
  }

  @Override
  public Predicate equalNumber(ValueTest.EqualNumber test) {
    return new FieldPredicate(
        field, new NumberCheck(number -> number.compareTo(test.number()) == 0));
  }

  @Override
  public Predicate compare(ValueTest.Compare test) {
    return new FieldPredicate(
        field, new NumberCheck(number -> test.comparison().holds(number, test.bound())));
  }

  @Override
  public Predicate datePart(ValueTest.DatePart test) {
    return new FieldPredicate(field, new DatePartCheck(test));
  }

  @Override
  public Predicate equalTruth(ValueTest.EqualTruth test) {
    return new FieldPredicate(field, new TruthCheck(test.truth()));
  }

  @Override
  public Predicate isNull() {
    return new NullPredicate(field);
  }

  @Override
  public Predicate exists(boolean expected) {
    return new ExistsPredicate(field, expected);
  }

  @Override
  public Predicate sameAs(ValueTest.SameAs test) {
    return new SameAsPredicate(field, test, slots.of(test.otherField()));
  }
}
