package dev.lockstep.flag;

/**
 * The decisions of one flag set. An instance answers from memory and never changes; a new flag set
 * makes a new instance. Not safe for use by several threads.
 */
public interface FlagDecisions extends AutoCloseable {

  /** May this engine process the event? The subject's rule is not looked at. */
  FlagDecision<Boolean> ingress(FlagSubject subject);

  /** Where does the alert go? The subject must carry the rule. */
  FlagDecision<Disposition> egress(FlagSubject subject);

  /**
   * Identifies the flag set and the customers' attributes: equal ones have equal versions, in every
   * engine.
   */
  String version();

  @Override
  void close();
}
