package dev.lockstep.connector.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans files at an interval, in a daemon thread, and reads them when two scans running have found
 * the same change and a third finds it still so after the reading. So neither a file that is being
 * written nor half of an exchanged directory is taken.
 *
 * <p>Scanning instead of {@code WatchService}: that one is blind on network file systems and to an
 * exchange behind a symbolic link, which is how Kubernetes updates a mounted ConfigMap.
 */
public final class FileWatch<C> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  /** The coarsest time of change that a file system in use is known to have. */
  private static final Duration COARSEST_STAMP = Duration.ofSeconds(2);

  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  private final WatchedFiles<C> files;
  private final Duration interval;
  private final Thread thread;

  private @Nullable SortedMap<Path, FileStamp> seen;
  private @Nullable SortedMap<Path, FileStamp> taken;
  private @Nullable Instant takenAt;

  /** Does nothing before {@link #start}. */
  public FileWatch(String threadName, Duration interval, WatchedFiles<C> files) {
    this.files = files;
    this.interval = interval;
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
        Thread.sleep(interval.toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", thread.getName());
    }
  }

  private void scan() {
    try {
      SortedMap<Path, FileStamp> found = files.list();
      boolean settled = found.equals(seen);
      seen = found;
      if (settled && (!found.equals(taken) || mayHideAChange(found))) {
        take(found);
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      // A dead thread would leave the last content in force for ever, and nobody would know.
      fail(new IOException("Scanning failed", e));
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
