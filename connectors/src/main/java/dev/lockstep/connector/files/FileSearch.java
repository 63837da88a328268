package dev.lockstep.connector.files;

import dev.lockstep.connector.files.FilesState.BegunFile;
import dev.lockstep.connector.files.FoundFile.Stamp;
import dev.lockstep.connector.files.InFlight.Held;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of files, what waits, and what is with readers; without anything of Flink's around
 * it. A file counts as taken as soon as its first part is with a reader. Not safe for use by
 * several threads.
 */
final class FileSearch {

  private static final Logger LOG = LoggerFactory.getLogger(FileSearch.class);

  private static final long MOST_BATCH_BYTES = 8L << 20;
  private static final int MOST_BATCH_PARTS = 64;

  private final FileLimits limits;
  private final SearchMetrics metrics;
  private final KnownFiles known;
  private final PendingFiles pending;
  private final InFlight inFlight;
  // Parts that came back, and notes.
  private final Deque<FilePart> ready = new ArrayDeque<>();
  private long tooOld;
  private boolean complete = true;

  FileSearch(
      FileLimits limits, Predicate<FoundFile> splittable, FilesState state, SearchMetrics metrics) {
    this.limits = limits;
    this.metrics = metrics;
    this.known = new KnownFiles(state.known(), state.forgottenUntilMillis());
    this.pending = new PendingFiles(limits.partBytes(), splittable);
    this.inFlight = new InFlight(limits.inFlightBytes());
    state.begun().forEach(pending::goOn);
    ready.addAll(state.ready());
  }

  /** Takes in what a look at the folders found. */
  void listed(Listing listing) {
    tellProblems(listing.problems());
    if (listing.problems().isEmpty()) {
      metrics.lookedAt(listing.atMillis());
    }
    Set<FileKey> there = new HashSet<>();
    List<FoundFile> old = new ArrayList<>();
    for (FoundFile file : inOrder(listing.files())) {
      FileKey key = file.key();
      there.add(key);
      switch (known.judge(key, file.stamp())) {
        case NEW -> {
          if (pending.add(file)) {
            metrics.discovered.inc();
          }
        }
        case CHANGED -> changed(file);
        case TOO_OLD -> old.add(file);
        case TAKEN -> {
          // Nothing to do.
        }
      }
    }
    tellTooOld(old);
    long waitingSinceMillis = pending.sinceMillis();
    known.forget(
        listing.problems().isEmpty() ? there : null,
        listing.atMillis(),
        limits.remember(),
        limits.maxRemembered(),
        waitingSinceMillis);
    metrics.known(known.size(), tooOld);
    metrics.oldest(waitingSinceMillis, listing.atMillis());
    show();
  }

  private static List<FoundFile> inOrder(List<FoundFile> files) {
    return files.stream()
        .sorted(
            Comparator.comparingLong((FoundFile file) -> file.stamp().modifiedMillis())
                .thenComparing(FoundFile::path))
        .toList();
  }

  /** What a reader has begun it reads to the end or to where that shows; the rest is not read. */
  private void changed(FoundFile file) {
    metrics.changed.inc();
    known.take(file.key(), file.stamp());
    ready.add(
        FilePart.note(
            file,
            "the file has changed after it was taken, to %d bytes, modified at %s; what is new in it"
                    .formatted(
                        file.stamp().size(), Instant.ofEpochMilli(file.stamp().modifiedMillis()))
                + " is not read: files must be complete when they appear, and a new one have a name"
                + " of its own"));
  }

  private void tellProblems(List<String> problems) {
    if (problems.isEmpty()) {
      complete = true;
      return;
    }
    metrics.listingFailures.inc();
    if (complete) {
      complete = false;
      LOG.warn(
          "{} folder(s) of files cannot be looked at; others are, and these again: {}",
          problems.size(),
          problems.get(0));
    }
  }

  private void tellTooOld(List<FoundFile> old) {
    if (old.size() > tooOld) {
      LOG.warn(
          "{} file(s) are not read, the newest of them {}: they are as old as files that have been"
              + " forgotten and may be these (files.remember, files.max-remembered). To have one"
              + " read, copy it under a new time of modification",
          old.size(),
          old.get(old.size() - 1).path());
    }
    tooOld = old.size();
  }

  /** Returns what a reader is to do next; empty when there is nothing for it. */
  List<FilePart> next(int reader) {
    List<FilePart> batch = new ArrayList<>();
    long bytes = 0;
    while (batch.size() < MOST_BATCH_PARTS
        && bytes < Math.min(MOST_BATCH_BYTES, limits.partBytes())) {
      FilePart part = ready.poll();
      if (part == null) {
        part = pending.next(inFlight::mayHave);
      }
      if (part == null) {
        break;
      }
      known.take(part.file().key(), part.file().stamp());
      inFlight.add(reader, Held.of(part));
      batch.add(part);
      bytes += part.bytes();
    }
    return batch;
  }

  /** A reader has done with parts. */
  void done(int reader, ReaderNews.Done news) {
    metrics.failed.inc(news.failed());
    for (String id : news.ids()) {
      Held part = inFlight.remove(reader, id);
      if (part != null && !inFlight.hasPartsOf(part.file()) && !isBegun(part.file())) {
        metrics.done(part.customer());
      }
    }
  }

  private boolean isBegun(String file) {
    return pending.begun().stream().anyMatch(each -> each.file().key().toString().equals(file));
  }

  /** A reader has these, and no other. */
  void restored(int reader, List<Held> parts) {
    inFlight.clear(reader);
    parts.forEach(part -> inFlight.add(reader, part));
  }

  /** A reader has failed, and no checkpoint knows that it had these. */
  void back(int reader, List<FilePart> parts) {
    inFlight.clear(reader);
    ready.addAll(parts);
  }

  /** Shows how things are. */
  void show() {
    metrics.pending(pending);
    metrics.customers(pending.bytes(), inFlight.bytes());
  }

  FilesState state() {
    List<BegunFile> begun = pending.begun();
    return new FilesState(known.all(), known.forgottenUntilMillis(), begun, new ArrayList<>(ready));
  }

  static FilesState nothing() {
    return new FilesState(
        new HashMap<FileKey, Stamp>(), KnownFiles.NOTHING_FORGOTTEN, List.of(), List.of());
  }
}
