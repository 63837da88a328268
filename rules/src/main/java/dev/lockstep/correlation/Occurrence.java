package dev.lockstep.correlation;

import java.util.Comparator;
import java.util.List;

/**
 * Something that a rule found, as a correlation takes it.
 *
 * @param atMillis event time
 * @param id of the event, or of the alert of a correlation
 * @param member which of the correlation's rules found it, from 0
 * @param values of the fields that the correlation asks for, in their order; empty where it asks
 *     for none or the event has not all of them
 * @param evidence what an alert shows of the event: one JSON object; empty where it is not kept
 */
public record Occurrence(
    long atMillis, String id, int member, List<String> values, String evidence) {

  /**
   * The order in which occurrences are taken. Those of one moment come in the order of the rules:
   * which of them was first, nobody knows, and rules that are to occur one after the other do.
   */
  static final Comparator<Occurrence> ORDER =
      Comparator.comparingLong(Occurrence::atMillis)
          .thenComparingInt(Occurrence::member)
          .thenComparing(Occurrence::id);

  public Occurrence {
    values = List.copyOf(values);
  }

  Occurrence withoutEvidence() {
    return new Occurrence(atMillis, id, member, values, "");
  }
}
