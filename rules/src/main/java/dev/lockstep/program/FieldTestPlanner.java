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
    return anyValue(test);
  }

  @Override
  public Predicate regex(ValueTest.Regex test) {
    return anyValue(test);
  }

  @Override
  public Predicate network(ValueTest.Network test) {
    return anyValue(test);
  }

  @Override
  public Predicate equalNumber(ValueTest.EqualNumber test) {
    return anyValue(test);
  }

  @Override
  public Predicate compare(ValueTest.Compare test) {
    return anyValue(test);
  }

  @Override
  public Predicate equalTruth(ValueTest.EqualTruth test) {
    return anyValue(test);
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

  private Predicate anyValue(ValueTest test) {
    return new FieldPredicate(field, ValueChecks.of(test));
  }
}
