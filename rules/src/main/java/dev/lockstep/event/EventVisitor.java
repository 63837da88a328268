package dev.lockstep.event;

/** Is told what an event holds, in the order of the event. */
public interface EventVisitor {

  /** A member of the top level begins, its name without spaces; each name comes once. */
  void member(String name);

  /**
   * A scalar of the member that began last.
   *
   * @param direct whether it is a value of the member itself, or of an array there, rather than of
   *     an object inside
   */
  void value(FieldValue value, boolean direct);
}
