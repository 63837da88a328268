package dev.lockstep.connector.files;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for files in a thread of Flink's, and gives parts to readers in the coordinator's. */
final class FileEnumerator implements SplitEnumerator<FilePart, FilesState> {

  private static final Logger LOG = LoggerFactory.getLogger(FileEnumerator.class);

  private final SplitEnumeratorContext<FilePart> context;
  private final FileLimits limits;
  private final Supplier<Listing> folders;
  private final FileSearch search;
  private final Set<Integer> asking = new LinkedHashSet<>();

  FileEnumerator(
      SplitEnumeratorContext<FilePart> context,
      FileLimits limits,
      Supplier<Listing> folders,
      FileSearch search) {
    this.context = context;
    this.limits = limits;
    this.folders = folders;
    this.search = search;
  }

  @Override
  public void start() {
    context.callAsync(folders::get, this::listed, 0, limits.discoveryInterval().toMillis());
  }

  private void listed(@Nullable Listing listing, @Nullable Throwable failure) {
    if (listing == null) {
      LOG.warn("Looking for files failed, and is done again: {}", String.valueOf(failure), failure);
      return;
    }
    search.listed(listing);
    assign();
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    asking.add(subtask);
    assign();
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof ReaderNews.Restored restored) {
      search.restored(subtask, restored.parts());
    } else if (event instanceof ReaderNews.Done done) {
      search.done(subtask, done);
    } else {
      throw new IllegalStateException("readers of files tell no such thing: " + event);
    }
    // What a customer has done with makes room for what waits of it.
    assign();
  }

  private void assign() {
    Iterator<Integer> next = asking.iterator();
    while (next.hasNext()) {
      int subtask = next.next();
      if (!context.registeredReaders().containsKey(subtask)) {
        next.remove();
        continue;
      }
      List<FilePart> parts = search.next(subtask);
      if (parts.isEmpty()) {
        break;
      }
      next.remove();
      context.assignSplits(new SplitsAssignment<>(Map.of(subtask, parts)));
    }
    search.show();
  }

  @Override
  public void addSplitsBack(List<FilePart> parts, int subtask) {
    asking.remove(subtask);
    search.back(subtask, parts);
    assign();
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask when they have room.
  }

  @Override
  public FilesState snapshotState(long checkpointId) {
    return search.state();
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
