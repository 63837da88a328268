package dev.lockstep.connector.files;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.metrics.Counter;

/**
 * The bytes of a file as they lie there, counted. What fails below it is told apart from what fails
 * above it, where bytes are decompressed.
 */
final class RawBytes extends FilterInputStream {

  private final Counter counter;
  private long read;
  private boolean atEnd;

  RawBytes(InputStream in, Counter counter) {
    super(in);
    this.counter = counter;
  }

  /** How many bytes have been read. */
  long count() {
    return read;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int number = in.read(bytes, offset, length);
      atEnd = number < 0;
      if (number > 0) {
        read += number;
        counter.inc(number);
      }
      return number;
    } catch (FileNotFoundException e) {
      throw e;
    } catch (IOException e) {
      throw new StorageException(e);
    }
  }

  @Override
  public long skip(long number) throws IOException {
    // Not counted as read otherwise.
    byte[] passed = new byte[(int) Math.min(number, 8192)];
    return Math.max(0, read(passed, 0, passed.length));
  }

  /** Java takes a gzip file to end with the member after which no bytes are available. */
  @Override
  public int available() {
    return atEnd ? 0 : 1;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
