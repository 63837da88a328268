package dev.lockstep.connector.files;

/**
 * A part of a file's decompressed bytes. Parts of one file share no record and miss none: a record
 * belongs to the part in which its first byte lies.
 *
 * @param from offset of the first byte
 * @param until offset after the last byte; {@link Long#MAX_VALUE} for the whole rest. It may lie
 *     before {@code from}: where the last record reached beyond it, reading goes on with nothing
 * @param aligned whether a record is known to begin at {@code from}: at the beginning of a file,
 *     and where reading goes on after a restore. Otherwise, which only a format that is {@link
 *     FileFormat#splittable} allows, reading begins after the first line feed at or after {@code
 *     from - 1}; the reader is then given the bytes from {@code from - 1} on
 */
public record FileRange(long from, long until, boolean aligned) {

  public static final FileRange WHOLE = new FileRange(0, Long.MAX_VALUE, true);

  public FileRange {
    if (from < 0) {
      throw new IllegalArgumentException("from must not be negative, was " + from);
    }
    if (from == 0 && !aligned) {
      throw new IllegalArgumentException("the part at the beginning of a file is aligned");
    }
  }
}
