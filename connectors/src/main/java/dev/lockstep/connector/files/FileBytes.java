package dev.lockstep.connector.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, read ahead in pieces. Those since the mark are kept up to a bound; of a
 * longer record only the beginning is. For one thread.
 */
final class FileBytes {
  private static final int PIECE = 64 * 1024;

  /** A byte order mark and a line's end, which lie beside the bytes of a record. */
  private static final int BESIDE = 8;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int maxRecordBytes;

  private byte[] buffer;

  /** Offset in the file of the first byte of the buffer. */
  private long origin;

  /** The last byte before the buffer. */
  private byte dropped;

  private int mark;
  private int at;
  private int limit;

  private long markedOffset;
  private byte @Nullable [] beginning;

  private int counted;
  private long lineFeeds;
  private long lineFeedsBeforeMark;

  /**
   * @param offset in the file of the first byte of {@code in}
   * @param maxRecordBytes how many bytes since the mark are kept at least
   */
  FileBytes(InputStream in, long offset, int maxRecordBytes) {
    if (maxRecordBytes < 1 || maxRecordBytes > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException(
          "maxRecordBytes must be 1 to %d, was %d"
              .formatted(Integer.MAX_VALUE / 4, maxRecordBytes));
    }
    this.in = requireNonNull(in, "in is null");
    this.maxRecordBytes = maxRecordBytes;
    this.origin = offset;
    this.markedOffset = offset;
    this.buffer = new byte[PIECE];
  }

  /** Offset in the file of the next byte. */
  long offset() {
    return origin + at;
  }

  /** The next byte, 0 to 255, which stays the next one, or -1 at the end of the file. */
  int peek() throws IOException {
    return at < limit || fill() ? buffer[at] & 0xFF : -1;
  }

  /** Passes over the byte that {@link #peek} has just returned. */
  void skip() {
    at++;
  }

  /** Goes on to the next line feed, which is then the next byte, or to the end of the file. */
  boolean toLineFeed() throws IOException {
    return to((byte) '\n', (byte) '\n');
  }

  /** As {@link #toLineFeed}, or to a quote that comes before it. */
  boolean toLineFeedOrQuote() throws IOException {
    return to((byte) '\n', (byte) '"');
  }

  private boolean to(byte one, byte other) throws IOException {
    do {
      byte[] bytes = buffer;
      for (int i = at; i < limit; i++) {
        byte next = bytes[i];
        if (next == one || next == other) {
          at = i;
          return true;
        }
      }
      at = limit;
    } while (fill());
    return false;
  }

  /** The byte that was passed over last. */
  byte before() {
    return at > 0 ? buffer[at - 1] : dropped;
  }

  /** Passes over a byte order mark if the file begins here with one. */
  void skipByteOrderMark() throws IOException {
    if (offset() == 0
        && peek() == (BYTE_ORDER_MARK[0] & 0xFF)
        && atLeast(BYTE_ORDER_MARK.length)
        && Arrays.equals(
            buffer, at, at + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
      at += BYTE_ORDER_MARK.length;
    }
  }

  /** Here begins a record; what lies before it is kept no more. */
  void mark() {
    countTo(at);
    mark = at;
    markedOffset = offset();
    lineFeedsBeforeMark = lineFeeds;
    beginning = null;
  }

  /** Offset in the file of the byte that was marked. */
  long markedOffset() {
    return markedOffset;
  }

  /** How many line feeds lie before the byte that was marked. */
  long lineFeedsBeforeMark() {
    return lineFeedsBeforeMark;
  }

  /** The bytes from the mark until here; of a record that is too long some from its beginning. */
  byte[] marked() {
    return beginning == null ? Arrays.copyOfRange(buffer, mark, at) : beginning;
  }

  /** Whether so much lies between the mark and here that only the beginning is kept. */
  boolean overflown() {
    return beginning != null;
  }

  /** Goes back to {@code offset}, which must not lie before the mark; nothing may be overflown. */
  void back(long offset) {
    if (beginning != null || offset < markedOffset || offset > offset()) {
      throw new IllegalArgumentException(
          "offset %d is not kept between %d and %d".formatted(offset, markedOffset, offset()));
    }
    at = (int) (offset - origin);
  }

  private boolean atLeast(int bytes) throws IOException {
    while (limit - at < bytes) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  private boolean fill() throws IOException {
    if (beginning == null && at - mark > maxRecordBytes + BESIDE) {
      beginning = Arrays.copyOfRange(buffer, mark, mark + maxRecordBytes);
    }
    if (limit == buffer.length) {
      makeRoom();
    }
    int read;
    do {
      read = in.read(buffer, limit, buffer.length - limit);
    } while (read == 0);
    limit += Math.max(read, 0);
    return read > 0;
  }

  private void makeRoom() {
    int from = beginning == null ? mark : at;
    countTo(from);
    dropped = from > 0 ? buffer[from - 1] : dropped;
    byte[] roomier = limit - from > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
    System.arraycopy(buffer, from, roomier, 0, limit - from);
    buffer = roomier;
    origin += from;
    mark = 0;
    at -= from;
    limit -= from;
    counted -= from;
  }

  /** Once for each byte, just before it is dropped or marked. */
  private void countTo(int end) {
    byte[] bytes = buffer;
    int found = 0;
    for (int i = counted; i < end; i++) {
      found += bytes[i] == '\n' ? 1 : 0;
    }
    lineFeeds += found;
    counted = Math.max(counted, end);
  }
}
