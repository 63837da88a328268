package dev.lockstep.connector.files;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.jspecify.annotations.Nullable;

/** Some records of one part, and whether it is done with. */
final class FileBatch implements RecordsWithSplitIds<ReadRecord> {

  private final Set<String> finished;
  private final Iterator<ReadRecord> records;
  private @Nullable String next;

  FileBatch(String split, List<ReadRecord> records, boolean finished) {
    this.next = split;
    this.records = records.iterator();
    this.finished = finished ? Set.of(split) : Set.of();
  }

  private FileBatch() {
    this.finished = Set.of();
    this.records = List.<ReadRecord>of().iterator();
  }

  /** Nothing, for now. */
  static FileBatch empty() {
    return new FileBatch();
  }

  @Override
  public @Nullable String nextSplit() {
    String split = next;
    next = null;
    return split;
  }

  @Override
  public @Nullable ReadRecord nextRecordFromSplit() {
    return records.hasNext() ? records.next() : null;
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }
}
