package dev.lockstep.connector.files;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of a CSV file as events: every value is a text, and empty ones are left out. */
final class CsvReader implements RecordReader {
  private final EventText text = new EventText();
  private final FileBytes bytes;
  private final FileHead head;
  private final int maxRecordBytes;

  private boolean beyondHead;
  private long position;

  CsvReader(InputStream file, FileRange range, FileHead head, int maxRecordBytes) {
    if (!range.aligned()) {
      throw new IllegalArgumentException("a file of CSV must be read from a record on: " + range);
    }
    this.bytes = new FileBytes(file, range.from(), maxRecordBytes);
    this.head = head;
    this.maxRecordBytes = maxRecordBytes;
    this.beyondHead = range.from() > 0;
    this.position = range.from();
  }

  @Override
  public @Nullable FileRecord next() throws IOException {
    bytes.skipByteOrderMark();
    while (true) {
      CsvRecord record = CsvRecord.cut(bytes, maxRecordBytes);
      if (record == null) {
        return null;
      }
      boolean overflown = bytes.overflown();
      if (!overflown && record.isBlank()) {
        continue;
      }
      if (!beyondHead) {
        beyondHead = true;
        continue;
      }
      position = bytes.offset();
      return fileRecord(record, overflown);
    }
  }

  @Override
  public long position() {
    return position;
  }

  private FileRecord fileRecord(CsvRecord record, boolean overflown) {
    byte[] original = record.bytes();
    if (overflown || original.length > maxRecordBytes) {
      byte[] beginning = Arrays.copyOf(original, Math.min(original.length, maxRecordBytes));
      return refused(beginning, LineReader.tooLong(maxRecordBytes));
    }
    try {
      if (record.problem() != null) {
        throw new RefusedRecordException(record.problem());
      }
      if (!head.problem().isEmpty()) {
        throw new RefusedRecordException(head.problem());
      }
      List<@Nullable String> values = record.values();
      if (values.size() != head.fields().size()) {
        throw new RefusedRecordException(
            "the record has %d columns, the first line of the file names %d"
                .formatted(values.size(), head.fields().size()));
      }
      return new FileRecord(
          bytes.markedOffset(), line(), original, text.object(json -> write(json, values)), null);
    } catch (RefusedRecordException e) {
      return refused(original, String.valueOf(e.getMessage()));
    }
  }

  private void write(JsonGenerator json, List<@Nullable String> values) throws IOException {
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (value != null) {
        json.writeStringField(head.fields().get(i), value);
      }
    }
  }

  private FileRecord refused(byte[] original, String problem) {
    return new FileRecord(bytes.markedOffset(), line(), original, null, problem);
  }

  private long line() {
    return bytes.lineFeedsBeforeMark() + 1;
  }
}
