package dev.lockstep.connector.files;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of a file, or what there is to say about a file of which nothing is read.
 *
 * @param file which
 * @param from offset of its first byte
 * @param until offset after its last byte; {@link Long#MAX_VALUE} for the whole rest
 * @param position where reading goes on; negative before its first record
 * @param note what the dead letter about the file says, instead of reading it; empty for a part
 *     that is read
 */
record FilePart(FoundFile file, long from, long until, long position, String note)
    implements SourceSplit {

  private static final int NOT_BEGUN = -1;

  /** A part that nobody has read from. */
  static FilePart of(FoundFile file, long from, long until) {
    return new FilePart(file, from, until, NOT_BEGUN, "");
  }

  /** Something to say about the file. */
  static FilePart note(FoundFile file, String note) {
    return new FilePart(file, 0, 0, NOT_BEGUN, note);
  }

  @Override
  public String splitId() {
    return file.key() + (isNote() ? "!" + file.stamp().modifiedMillis() : "@" + from);
  }

  boolean isNote() {
    return !note.isEmpty();
  }

  /** How much of the file it is, as it lies there. */
  long bytes() {
    return isNote() ? 0 : Math.min(until, file.stamp().size()) - from;
  }

  /** What is left to read. */
  FileRange range() {
    return position < 0
        ? new FileRange(from, until, /* aligned= */ from == 0)
        : new FileRange(position, until, /* aligned= */ true);
  }

  FilePart at(long next) {
    return new FilePart(file, from, until, next, note);
  }

  static long bytes(List<FilePart> parts) {
    return parts.stream().mapToLong(FilePart::bytes).sum();
  }
}
