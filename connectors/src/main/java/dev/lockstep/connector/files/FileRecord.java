package dev.lockstep.connector.files;

import org.jspecify.annotations.Nullable;

/**
 * One record of a file: an event, or what could not become one. Formats whose records are JSON cut
 * them out and do not judge them: that is done once, where the envelope is read.
 *
 * @param offset of its first byte in the decompressed file
 * @param line of the file, counted from 1, or from 1 within the part when it does not begin at the
 *     beginning; see {@link RecordReader}
 * @param original the record's bytes as they are in the file, without the line's end; of one that
 *     is too long the beginning
 * @param event a JSON object, or null when the record was refused; the same array as {@code
 *     original} where records are JSON
 * @param problem why it was refused, in words for whoever reads the dead letter, or null
 * @param tooLong whether that is its length
 * @param length how many bytes it has; more than {@code original} when that is its beginning
 */
@SuppressWarnings("ArrayRecordComponent") // Only handed on.
public record FileRecord(
    long offset,
    long line,
    byte[] original,
    byte @Nullable [] event,
    @Nullable String problem,
    boolean tooLong,
    long length) {

  static FileRecord event(long offset, long line, byte[] original, byte[] event) {
    return new FileRecord(offset, line, original, event, null, false, original.length);
  }

  static FileRecord refused(long offset, long line, byte[] original, String problem) {
    return new FileRecord(offset, line, original, null, problem, false, original.length);
  }

  /** Of a record that goes on after its beginning, and is refused for another reason. */
  static FileRecord refused(long offset, long line, byte[] beginning, long length, String problem) {
    return new FileRecord(
        offset, line, beginning, null, problem + "; this is its beginning", false, length);
  }

  /** Of a record with more than {@code most} bytes. */
  static FileRecord tooLong(long offset, long line, byte[] beginning, long length, int most) {
    String problem =
        "the record has %d bytes, at most %d are taken; this is its beginning"
            .formatted(length, most);
    return new FileRecord(offset, line, beginning, null, problem, true, length);
  }
}
