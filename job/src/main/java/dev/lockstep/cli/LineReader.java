package dev.lockstep.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes at its line ends; a line's length never costs more than the bound. */
final class LineReader {
  /** One more than an event may have, so that a longer one is seen to be too long. */
  private static final int MAX_LINE_BYTES = 16 * 1024 * 1024 + 1;

  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int from;
  private int to;
  private long number;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The number of the line that {@link #next} returned last, counted from 1. */
  long number() {
    return number;
  }

  /** Returns the next line without its end, or null behind the last one. */
  byte @Nullable [] next() throws IOException {
    line.reset();
    boolean begun = false;
    while (from < to || fill()) {
      begun = true;
      int end = lineEnd();
      line.write(buffer, from, Math.min(end - from, MAX_LINE_BYTES - line.size()));
      from = end;
      if (end < to) {
        from++;
        break;
      }
    }
    if (!begun) {
      return null;
    }
    number++;
    return line.toByteArray();
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  private int lineEnd() {
    int end = from;
    while (end < to && buffer[end] != '\n') {
      end++;
    }
    return end;
  }
}
