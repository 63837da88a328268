package dev.lockstep.connector.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/**
 * How the bytes of a file, already decompressed, fall into records, and what event each record is.
 * Immutable and safe for use by several threads.
 */
public interface FileFormat extends Serializable {

  /** Returns the name by which options call it, such as {@code ndjson} or {@code alb}. */
  String name();

  /** Whether a record ends at each line feed, so that a file can be read from its middle. */
  default boolean splittable() {
    return false;
  }

  /**
   * Reads what the first lines of a file say of the others, from its beginning and no further than
   * necessary; {@link FileHead#NONE} for formats that need none.
   *
   * @throws IOException if {@code file} cannot be read; a head that makes no sense is no exception
   *     but a head by which every record is refused with the reason
   */
  default FileHead head(InputStream file) throws IOException {
    return FileHead.NONE;
  }

  /**
   * Returns a reader of the records that begin within {@code range}.
   *
   * @param file the bytes from the start of {@code range} on; it is read beyond the end of the
   *     range as far as the last record goes
   * @param head what {@link #head} returned for this file
   * @param maxRecordBytes longer records are passed over, in bounded memory, and handed out as
   *     refused with their beginning
   */
  RecordReader reader(InputStream file, FileRange range, FileHead head, int maxRecordBytes);
}
