package dev.lockstep.job.index;

import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.IndexRecord;
import dev.lockstep.digest.Sha256;
import dev.lockstep.event.DeadLetterClass;
import java.nio.charset.StandardCharsets;

/** Letters about alerts; they hold the alert. */
final class RefusedAlerts implements RefusedLetters<IndexRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public DeadLetterRecord letter(RejectedDocument<IndexRecord> document) {
    DeadLetterRecord letter =
        new DeadLetterRecord(
            DeadLetterClass.REJECTED_BY_ELASTICSEARCH,
            RefusedLetters.reason(document),
            origin(document),
            document.customer(),
            document.input().json);
    letter.attempt = document.input().attempt;
    return letter;
  }

  @Override
  public DeadLetterRecord note(IndexRecord input, String customer) {
    DeadLetterRecord letter =
        new DeadLetterRecord(
            DeadLetterClass.REJECTED_BY_ELASTICSEARCH,
            "",
            String.valueOf(input.letterOrigin),
            customer,
            new byte[0]);
    letter.attempt = input.attempt;
    return DeadLetterRecord.resolved(letter);
  }

  /** The same for every try, and another for every input: letters are told apart by it. */
  private static String origin(RejectedDocument<IndexRecord> document) {
    if (document.input().letterOrigin != null) {
      return document.input().letterOrigin;
    }
    String id = document.id();
    return "elasticsearch/"
        + (document.index() == null ? "-" : document.index())
        + "/"
        + (id == null
            ? Sha256.hex(new String(document.input().json, StandardCharsets.UTF_8), 16)
            : id);
  }
}
