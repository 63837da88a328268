package dev.lockstep.cli;

import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.connector.kafka.LetterPlace;
import dev.lockstep.connector.wire.DeadLetterRecord;
import java.time.Instant;

/**
 * A dead letter as the newest record about it says.
 *
 * @param place of the newest record that has its bytes
 * @param since when the newest record was written
 * @param letter without bytes and original headers, of which there may be too many to remember
 */
record LedgerEntry(LetterPlace place, Instant since, LetterState state, DeadLetterRecord letter) {

  static LedgerEntry of(FiledLetter filed, LetterState state) {
    DeadLetterRecord letter = filed.letter().withCommand(null);
    if (letter.transport != null && !letter.transport.cut) {
      letter.transport = null;
    }
    letter.bytes = new byte[0];
    return new LedgerEntry(filed.place(), filed.writtenAt(), state, letter);
  }

  /** The same letter in another state, known by a record without its bytes. */
  LedgerEntry now(LetterState next, Instant at) {
    return new LedgerEntry(place, at, next, letter);
  }
}
