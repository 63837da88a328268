package dev.lockstep.flag;

import java.util.List;

/**
 * {@link FlagDecisions} that give their reasons in full, for people who ask about one subject. Not
 * safe for use by several threads.
 */
public interface FlagExplanations extends AutoCloseable {

  /** Explains {@link FlagDecisions#ingress}. */
  FlagExplanation<Boolean> ingress(FlagSubject subject);

  /** Explains {@link FlagDecisions#egress}; a subject without a rule is asked about as it is. */
  FlagExplanation<Disposition> egress(FlagSubject subject);

  /** Whether the egress flag, or anything that it depends on, asks for the rule. */
  boolean egressAsksForRule();

  /** What in the flags is likely not meant, such as parts that can never match, in words. */
  List<String> doubts();

  /** The same as {@link FlagDecisions#version()}. */
  String version();

  @Override
  void close();
}
