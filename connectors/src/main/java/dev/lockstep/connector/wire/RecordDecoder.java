package dev.lockstep.connector.wire;

import static java.util.Objects.requireNonNullElse;

import dev.lockstep.event.Envelope;
import dev.lockstep.event.Envelope.Accepted;
import dev.lockstep.event.Envelope.Refused;
import dev.lockstep.event.EnvelopeReader;
import dev.lockstep.event.InboundRecord;
import org.jspecify.annotations.Nullable;

/** Makes each record an event or a dead letter, on its first way in and on every further one. */
public final class RecordDecoder {

  private final EnvelopeReader reader;

  public RecordDecoder(EnvelopeReader reader) {
    this.reader = reader;
  }

  /** Never throws on bad input. */
  public DecodedRecord decode(InboundRecord record, @Nullable Transport transport) {
    Envelope envelope = reader.read(record);
    byte[] bytes = requireNonNullElse(record.value(), new byte[0]);
    if (envelope instanceof Refused refused) {
      DeadLetterRecord letter =
          new DeadLetterRecord(
              refused.deadLetterClass(),
              refused.reason(),
              record.origin(),
              /* customer= */ null,
              bytes);
      letter.transport = transport;
      return DecodedRecord.of(letter);
    }
    Accepted accepted = (Accepted) envelope;
    EventRecord event =
        new EventRecord(
            accepted.customer(),
            accepted.id(),
            accepted.occurredAt().toEpochMilli(),
            record.origin(),
            bytes);
    event.transport = transport;
    return DecodedRecord.of(event, accepted.timeStated());
  }

  /** Reads the record of a letter that is tried again. */
  public DecodedRecord again(DeadLetterRecord letter) {
    DecodedRecord decoded = decode(new StoredRecord(letter), letter.transport);
    Retry retry = new Retry(letter);
    if (decoded.event != null) {
      decoded.event.retry = retry;
    } else if (decoded.deadLetter != null
        && decoded.deadLetter.deadLetterClass.equals(letter.deadLetterClass)) {
      decoded.deadLetter.attempt = retry.attempt;
    }
    return decoded;
  }
}
