package dev.lockstep.connector.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What readers of formats have in common whose records are objects within larger JSON. */
abstract class JsonReader implements RecordReader {
  final FileBytes bytes;
  final JsonValue value;
  private final int maxRecordBytes;
  private long position;

  JsonReader(InputStream file, FileRange range, int maxRecordBytes) {
    if (!range.aligned()) {
      throw new IllegalArgumentException("a file of JSON must be read from a record on: " + range);
    }
    this.bytes = new FileBytes(file, range.from(), maxRecordBytes);
    this.value = new JsonValue(bytes);
    this.maxRecordBytes = maxRecordBytes;
    this.position = range.from();
  }

  @Override
  public final @Nullable FileRecord next() throws IOException {
    bytes.skipByteOrderMark();
    FileRecord record = find();
    position = record == null ? position : bytes.offset();
    return record;
  }

  @Override
  public final long position() {
    return position;
  }

  abstract @Nullable FileRecord find() throws IOException;

  /** Passes over spaces and separators; returns the byte after them, which stays the next one. */
  final int peekBeyond(String separators) throws IOException {
    int c = bytes.peek();
    while (JsonValue.isSpace(c) || (c >= 0 && separators.indexOf(c) >= 0)) {
      bytes.skip();
      c = bytes.peek();
    }
    return c;
  }

  /** The object that begins with the next byte. */
  final FileRecord object() throws IOException {
    bytes.mark();
    return record(value.pass());
  }

  /** What begins with the next byte and is no object. */
  final FileRecord noObject() throws IOException {
    bytes.mark();
    int before = bytes.peek();
    value.passWord();
    if (bytes.offset() == bytes.markedOffset() && before >= 0) {
      bytes.skip();
    }
    return record("not JSON: an object should begin here with '{'");
  }

  /** All from the mark to the end of the file. */
  final FileRecord rest(String problem) throws IOException {
    while (bytes.toLineFeed()) {
      bytes.skip();
    }
    return record(problem);
  }

  private FileRecord record(@Nullable String problem) {
    long offset = bytes.markedOffset();
    long line = bytes.lineFeedsBeforeMark() + 1;
    byte[] original = bytes.marked();
    if (bytes.overflown() || original.length > maxRecordBytes) {
      byte[] beginning = Arrays.copyOf(original, Math.min(original.length, maxRecordBytes));
      long length = bytes.offset() - offset;
      return problem == null
          ? FileRecord.tooLong(offset, line, beginning, length, maxRecordBytes)
          : FileRecord.refused(offset, line, beginning, length, problem);
    }
    return problem == null
        ? FileRecord.event(offset, line, original, original)
        : FileRecord.refused(offset, line, original, problem);
  }
}
