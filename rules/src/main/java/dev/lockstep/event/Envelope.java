package dev.lockstep.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What a record's envelope says, or why the record is refused. */
public sealed interface Envelope {

  /**
   * An event that can be judged.
   *
   * @param customer customer id, not blank
   * @param id event id, not blank
   * @param occurredAt event time, to the millisecond
   * @param timeStated whether the record stated its time; if not, it is the record's timestamp
   */
  record Accepted(String customer, String id, Instant occurredAt, boolean timeStated)
      implements Envelope {
    public Accepted {
      requireNonNull(customer, "customer is null");
      requireNonNull(id, "id is null");
      requireNonNull(occurredAt, "occurredAt is null");
    }
  }

  /**
   * A record that cannot be judged.
   *
   * @param reason what is wrong and what would be right
   */
  record Refused(DeadLetterClass deadLetterClass, String reason) implements Envelope {
    public Refused {
      requireNonNull(deadLetterClass, "deadLetterClass is null");
      requireNonNull(reason, "reason is null");
    }
  }
}
