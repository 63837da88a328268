package dev.lockstep.connector.files;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.RecordDecoder;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import dev.lockstep.event.EnvelopeReader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes each record of one file an event or a dead letter. */
final class FileDecoder {

  private static final EnvelopeLayout EMPTY =
      new EnvelopeLayout(List.of(new EnvelopePlace.Key()), List.of(), List.of(), 1);

  private final FoundFile file;
  private final RecordHeaders headers;
  private final Instant modifiedAt;
  // One for all records: nobody changes it.
  private final Transport transport;
  private final RecordDecoder decoder;

  FileDecoder(FoundFile file, FileSettings source) {
    this(file, PathHeaders.of(file, source), source.layout());
  }

  private FileDecoder(FoundFile file, RecordHeaders headers, EnvelopeLayout layout) {
    this.file = file;
    this.headers = headers;
    this.modifiedAt = Instant.ofEpochMilli(Math.max(0, file.stamp().modifiedMillis()));
    this.transport = new Transport(/* key= */ null, modifiedAt.toEpochMilli(), headers);
    this.decoder = new RecordDecoder(new EnvelopeReader(layout));
  }

  /** For a file whose source is not there any more: it only writes letters. */
  static FileDecoder withoutSource(FoundFile file) {
    return new FileDecoder(file, RecordHeaders.NONE, EMPTY);
  }

  /**
   * @param head of the file, by which a line that was refused can be read again
   */
  DecodedRecord decode(FileRecord record, FileHead head) {
    String origin = origin(file, record.offset());
    byte[] event = record.event();
    if (event != null) {
      return decoder.decode(new FileInboundRecord(event, origin, headers, modifiedAt), transport);
    }
    DeadLetterRecord letter =
        new DeadLetterRecord(
            record.tooLong() ? DeadLetterClass.TOO_LARGE : DeadLetterClass.MALFORMED,
            "line %d: %s".formatted(record.line(), record.problem()),
            origin,
            customer(),
            record.original());
    if (record.length() > record.original().length) {
      // Its beginning must never be taken for the record.
      letter.originalBytes = (int) Math.min(record.length(), Integer.MAX_VALUE);
    }
    letter.transport = FileRecordsAgain.ofLine(headers, modifiedAt.toEpochMilli(), head);
    return DecodedRecord.of(letter);
  }

  /** Returns the letter that the rest of the file cannot be read. */
  DecodedRecord unreadable(long offset, String reason) {
    DeadLetterRecord letter =
        new DeadLetterRecord(
            DeadLetterClass.UNREADABLE_FILE, reason, origin(file, offset), customer(), new byte[0]);
    letter.transport = transport;
    return DecodedRecord.of(letter);
  }

  private @Nullable String customer() {
    return headers.last(PathHeaders.CUSTOMER);
  }

  private static String origin(FoundFile file, long offset) {
    return file.path() + "@" + offset;
  }
}
