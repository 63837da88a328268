package dev.lockstep.connector.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens parts before it is their turn. An object store takes some hundredths of a second to say
 * what an object is, and as much to begin with it; where objects are small that would be most of
 * the time.
 */
final class PartOpener implements Closeable {

  /** How many parts may be open, or being opened, beside the one that is read. */
  static final int AHEAD = 8;

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AHEAD, AHEAD, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);

  PartOpener() {
    threads.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "lockstep-open-files-" + NUMBERS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Opens a part. */
  interface Opening {
    OpenPart open() throws IOException;
  }

  /** A part that is being opened, or is open, and belongs to whoever takes or gives it up. */
  static final class Begun {
    private final CompletableFuture<OpenPart> part = new CompletableFuture<>();

    void open(Opening opening) {
      try {
        part.complete(opening.open());
      } catch (IOException | RuntimeException | Error e) {
        part.completeExceptionally(e);
      }
    }

    /**
     * Waits until it is open.
     *
     * @throws IOException that opening it threw
     */
    OpenPart take() throws IOException {
      try {
        return part.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new IllegalStateException("a file could not be opened", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StorageException(new InterruptedIOException("opening it was interrupted"));
      }
    }

    /** Closes it, now or as soon as it is open. */
    void giveUp() {
      CompletableFuture<Void> unused = part.thenAccept(OpenPart::closeQuietly);
    }
  }

  /** Begins to open a part, and returns at once. */
  Begun begin(Opening opening) {
    Begun begun = new Begun();
    threads.execute(() -> begun.open(opening));
    return begun;
  }

  /** What has been begun is to be given up before. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
