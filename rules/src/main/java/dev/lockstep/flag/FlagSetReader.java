package dev.lockstep.flag;

import dev.lockstep.customer.CustomerDirectory;
import java.io.Serializable;

/** Turns the text of a flag set, as it travels to the operators, into decisions. */
@FunctionalInterface
public interface FlagSetReader extends Serializable {

  /**
   * Reads a flag set.
   *
   * @param flagSet JSON of the form {@code {"flags":{KEY:FLAG},"segments":{KEY:SEGMENT}}}
   * @param customers what flags may target of customers beside their ids
   * @throws IllegalArgumentException if the text is not a flag set; the message says why
   */
  FlagDecisions read(String flagSet, CustomerDirectory customers);
}
