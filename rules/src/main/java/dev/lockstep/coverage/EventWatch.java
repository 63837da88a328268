package dev.lockstep.coverage;

/** Is shown the events of tests. */
@FunctionalInterface
public interface EventWatch {

  /**
   * Looks at an event of a case.
   *
   * @param event one JSON object; what is none is passed over
   */
  void sees(String event, String customer);
}
