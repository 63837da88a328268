package dev.lockstep.event;

/** Is told what an event holds while it is read, in the order of the text. */
public interface EventSink {

  /** Stands for a scalar that is a value of no field asked for. */
  int NO_FIELD = -1;

  /** Reading begins, perhaps anew: what was told of this event before has no meaning. */
  void begin();

  /**
   * A field is there, be its value null, empty, or an object; comes before its values, and again if
   * it is there again.
   *
   * @param route tells by which of several ways the name was found: {@code a.b} is the member of
   *     that name, or the member {@code b} of {@code a}
   */
  void field(int field, long route);

  /**
   * A scalar.
   *
   * @param field whose value it is, or {@link #NO_FIELD}
   * @param member the name of the member that holds it
   * @param text the string, the number's digits as they stand in the event, {@code true}, {@code
   *     false} or {@code null}; like the name, it is of meaning until the event is forgotten
   */
  void scalar(int field, EventText member, ScalarKind kind, EventText text);

  /** What follows, until {@link #leave}, is in an object that is or is in the member. */
  void enter(EventText member);

  /** The object that was entered last has ended. */
  void leave();
}
