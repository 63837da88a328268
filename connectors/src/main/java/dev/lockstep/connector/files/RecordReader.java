package dev.lockstep.connector.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the records of a part of a file in order. For one thread. */
public interface RecordReader {

  /**
   * Returns the next record, or null at the end of the part.
   *
   * @throws IOException if the file cannot be read; never for what is in it
   */
  @Nullable FileRecord next() throws IOException;

  /**
   * Returns the offset from which a reader with {@link FileRange#aligned} goes on after the record
   * that was last returned, with the next one and no other. Before the first record it is where the
   * range begins, which is then aligned or not as the range was.
   */
  long position();
}
