package dev.lockstep.connector.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records that are lines. A line ends with a line feed, which a carriage return may precede, or
 * with the file.
 */
final class LineReader implements RecordReader {
  private final FileBytes bytes;
  private final FileRange range;
  private final LineParser parser;
  private final int maxRecordBytes;

  private boolean aligned;
  private long lineFeedsBefore;
  private long position;

  LineReader(InputStream file, FileRange range, LineParser parser, int maxRecordBytes) {
    this.bytes =
        new FileBytes(file, range.aligned() ? range.from() : range.from() - 1, maxRecordBytes);
    this.range = range;
    this.parser = parser;
    this.maxRecordBytes = maxRecordBytes;
    this.aligned = range.aligned();
    this.position = range.from();
  }

  @Override
  public @Nullable FileRecord next() throws IOException {
    if (!aligned) {
      align();
    }
    while (bytes.offset() < range.until()) {
      bytes.skipByteOrderMark();
      bytes.mark();
      boolean ended = bytes.toLineFeed();
      byte[] line = withoutCarriageReturn(bytes.marked());
      boolean overflown = bytes.overflown();
      long length = overflown ? bytes.offset() - bytes.markedOffset() : line.length;
      if (ended) {
        bytes.skip();
      } else if (bytes.offset() == bytes.markedOffset()) {
        return null;
      }
      if (overflown || !parser.skips(line)) {
        position = bytes.offset();
        return record(line, length, overflown);
      }
    }
    return null;
  }

  @Override
  public long position() {
    return position;
  }

  /** The line that is under way here began in the part before. */
  private void align() throws IOException {
    if (bytes.toLineFeed()) {
      bytes.skip();
    }
    bytes.mark();
    lineFeedsBefore = bytes.lineFeedsBeforeMark();
    aligned = true;
  }

  private FileRecord record(byte[] line, long length, boolean overflown) {
    long offset = bytes.markedOffset();
    long number = bytes.lineFeedsBeforeMark() - lineFeedsBefore + 1;
    if (overflown || line.length > maxRecordBytes) {
      byte[] beginning = Arrays.copyOf(line, Math.min(line.length, maxRecordBytes));
      return FileRecord.tooLong(offset, number, beginning, length, maxRecordBytes);
    }
    try {
      return FileRecord.event(offset, number, line, parser.event(line));
    } catch (RefusedRecordException e) {
      return FileRecord.refused(offset, number, line, String.valueOf(e.getMessage()));
    }
  }

  static byte[] withoutCarriageReturn(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\r'
        ? Arrays.copyOf(line, line.length - 1)
        : line;
  }
}
