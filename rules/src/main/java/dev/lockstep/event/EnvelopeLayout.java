package dev.lockstep.event;

import java.io.Serializable;
import java.util.List;

/**
 * Where a record says whose it is, which it is and when it occurred. Of each list the first place
 * that has a value counts.
 *
 * @param customer places of the customer id; a record without one is refused
 * @param id places of the event id; without one the record's origin is its id
 * @param time places of the event time; without one the record's own timestamp is its time
 * @param maxBytes largest size of a record's value that is accepted, in bytes
 */
public record EnvelopeLayout(
    List<EnvelopePlace> customer, List<EnvelopePlace> id, List<EnvelopePlace> time, int maxBytes)
    implements Serializable {

  public EnvelopeLayout {
    customer = List.copyOf(customer);
    id = List.copyOf(id);
    time = List.copyOf(time);
    if (customer.isEmpty()) {
      throw new IllegalArgumentException("customer must name at least one place");
    }
    if (maxBytes < 1 || maxBytes > EventJson.MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes must be 1 to " + EventJson.MAX_BYTES + ", was " + maxBytes);
    }
  }
}
