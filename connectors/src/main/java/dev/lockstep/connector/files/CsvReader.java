package dev.lockstep.connector.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Records of a CSV file as events: every value is a text, and empty ones are left out. */
final class CsvReader implements RecordReader {
  private final EventText event = new EventText();
  private final byte[][] names;
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
    this.names = head.fields().stream().map(EventText::name).toArray(byte[][]::new);
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
      long length = overflown ? position - bytes.markedOffset() : original.length;
      return FileRecord.tooLong(bytes.markedOffset(), line(), beginning, length, maxRecordBytes);
    }
    try {
      if (record.problem() != null) {
        throw new RefusedRecordException(record.problem());
      }
      if (!head.problem().isEmpty()) {
        throw new RefusedRecordException(head.problem());
      }
      event.begin();
      int columns = record.forEach(this::write);
      if (columns != names.length) {
        throw new RefusedRecordException(
            "the record has %d columns, the first line of the file names %d"
                .formatted(columns, names.length));
      }
      return FileRecord.event(bytes.markedOffset(), line(), original, event.end());
    } catch (RefusedRecordException e) {
      return FileRecord.refused(
          bytes.markedOffset(), line(), original, String.valueOf(e.getMessage()));
    }
  }

  private void write(int column, byte[] value, int start, int end) {
    if (column < names.length) {
      event.member(names[column]);
      event.string(value, start, end);
    }
  }

  private long line() {
    return bytes.lineFeedsBeforeMark() + 1;
  }
}
