package dev.lockstep.connector.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans files, in a daemon thread, and reads them when a change has not gone on for some time and a
 * scan after the reading finds it still so. So neither a file that is being written nor half of an
 * exchanged directory is taken. Changes of files that prove themselves are taken when they are
 * first seen.
 *
 * <p>Scanning instead of {@code WatchService}: that one is blind on network file systems and to an
 * exchange behind a symbolic link, which is how Kubernetes updates a mounted ConfigMap.
 */
public final class FileWatch<C> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  /** The coarsest time of change that a file system in use is known to have. */
  private static final Duration COARSEST_STAMP = Duration.ofSeconds(2);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(25);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** Pauses are so many times as long as scans: scanning takes at most 5 % of the time. */
  private static final int PAUSE_PER_SCAN = 19;

  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  private final WatchedFiles<C> files;
  private final Duration settling;
  private final Thread thread;

  private @Nullable SortedMap<Path, FileStamp> seen;
  private @Nullable SortedMap<Path, FileStamp> taken;
  private @Nullable Instant takenAt;
  private long seenAtNanos;
  private long scanNanos;

  /**
   * Does nothing before {@link #start}.
   *
   * @param settling how long files must be without a change before they are read
   */
  public FileWatch(String threadName, Duration settling, WatchedFiles<C> files) {
    this.files = files;
    this.settling = settling;
    this.thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  /** Starts to scan and returns at once. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        scan();
        Thread.sleep(pause().toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", thread.getName());
    }
  }

  /** A folder of thousands of files is not scanned as often as a single one, to save the work. */
  private Duration pause() {
    if (seen == null) {
      return settling;
    }
    Duration pause = Duration.ofNanos(scanNanos * PAUSE_PER_SCAN);
    Duration longest = seen.equals(taken) ? LONGEST_PAUSE : settling;
    Duration shortest = shorter(SHORTEST_PAUSE, settling);
    return shorter(pause.compareTo(shortest) < 0 ? shortest : pause, longest);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void scan() {
    try {
      long start = System.nanoTime();
      SortedMap<Path, FileStamp> found = files.list();
      long now = System.nanoTime();
      scanNanos = now - start;
      if (found.equals(seen)) {
        boolean settled = now - seenAtNanos >= settling.toNanos();
        if (settled && (!found.equals(taken) || mayHideAChange(found))) {
          take(found);
        }
        return;
      }
      boolean firstSight = seen != null && seen.equals(taken);
      seen = found;
      seenAtNanos = now;
      if (firstSight && provesItself(found)) {
        takeIfWhole(found);
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      // A dead thread would leave the last content in force for ever, and nobody would know.
      fail(new IOException("Scanning failed", e));
    }
  }

  /** What has gone may be about to come back under another name. */
  private boolean provesItself(SortedMap<Path, FileStamp> found) {
    if (taken == null || !found.keySet().containsAll(taken.keySet())) {
      return false;
    }
    Map<Path, FileStamp> changed = new TreeMap<>(found);
    changed.entrySet().removeAll(taken.entrySet());
    return files.proveThemselves(changed.keySet());
  }

  private void takeIfWhole(SortedMap<Path, FileStamp> found) {
    try {
      take(found);
    } catch (IOException e) {
      LOG.debug("{} waits: what has changed is not whole", thread.getName(), e);
    }
  }

  /** What comes back is read anew, even if it carries the old stamps. */
  private void fail(IOException cause) {
    seen = null;
    taken = null;
    files.unreadable(cause);
  }

  private void take(SortedMap<Path, FileStamp> found) throws IOException {
    Instant now = Instant.now();
    C content = files.read(found);
    if (files.list().equals(found)) {
      taken = found;
      takenAt = now;
      files.accept(content);
    }
  }

  /**
   * A file written twice within the grain of its time of change has one stamp for two contents: it
   * is read once more when the grain has passed.
   */
  private boolean mayHideAChange(SortedMap<Path, FileStamp> found) {
    if (takenAt == null) {
      return false;
    }
    Instant readAt = takenAt;
    Instant newest =
        found.values().stream().map(FileStamp::modifiedAt).max(Instant::compareTo).orElse(readAt);
    Instant clear = newest.plus(COARSEST_STAMP);
    return readAt.isBefore(clear) && Instant.now().isAfter(clear);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(END_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
