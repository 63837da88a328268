package dev.lockstep.connector.files;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.DecodedRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts one after another. One whose storage fails waits while others are read, and is given
 * up after some tries; what is wrong with a file never fails the job.
 */
final class FilePartReader implements SplitReader<ReadRecord, FilePart> {

  private static final int MOST_RECORDS = 1000;
  private static final int MOST_BYTES = 1 << 20;
  private static final long LONGEST_WAIT_MILLIS = 500;
  private static final int LONGEST_REASON = 1000;

  // -- configuration
  private final Map<String, FileSettings> sources;
  private final List<Duration> retryDelays;
  private final ReadMetrics metrics;

  // -- runtime
  private final Deque<Turn> turns = new ArrayDeque<>();
  private final PartOpener opener = new PartOpener();
  private final List<Turn> resting = new ArrayList<>();
  private @Nullable Reading reading;
  private final Semaphore woken = new Semaphore(0);

  FilePartReader(
      Map<String, FileSettings> sources, List<Duration> retryDelays, ReadMetrics metrics) {
    this.sources = sources;
    this.retryDelays = retryDelays;
    this.metrics = metrics;
  }

  @Override
  public void handleSplitsChanges(SplitsChange<FilePart> change) {
    if (!(change instanceof SplitsAddition)) {
      throw new UnsupportedOperationException("parts are only added, was " + change);
    }
    change.splits().forEach(part -> turns.addLast(new Turn(part, 0, 0)));
  }

  @Override
  public RecordsWithSplitIds<ReadRecord> fetch() throws IOException {
    if (reading == null) {
      Turn turn = next();
      if (turn == null) {
        rest();
        return FileBatch.empty();
      }
      reading = new Reading(turn);
      openAhead();
    }
    return read(reading);
  }

  private @Nullable Turn next() {
    long now = System.nanoTime();
    for (Turn turn : resting) {
      if (turn.dueNanos - now <= 0) {
        resting.remove(turn);
        return turn;
      }
    }
    return turns.poll();
  }

  private void openAhead() {
    int ahead = 0;
    for (Turn turn : turns) {
      if (ahead++ == PartOpener.AHEAD) {
        return;
      }
      FileSettings source = sources.get(turn.part.file().source());
      if (turn.begun == null && turn.failures == 0 && !turn.part.isNote() && source != null) {
        turn.begun = opener.begin(() -> open(turn.part, source));
      }
    }
  }

  private OpenPart open(FilePart part, FileSettings source) throws IOException {
    return OpenPart.open(
        part,
        source.format(),
        source.layout().maxBytes(),
        metrics.of(part.file().customer()).bytes());
  }

  private FileBatch read(Reading current) throws IOException {
    List<ReadRecord> records = new ArrayList<>();
    FilePart part = current.turn.part;
    boolean end;
    try {
      end = current.read(records);
    } catch (StorageException e) {
      Turn again = current.again();
      leave(current);
      if (again != null) {
        metrics.retries.inc();
        resting.add(again);
        return new FileBatch(part.splitId(), records, /* finished= */ false);
      }
      records.add(current.givenUp(e));
      end = true;
    } catch (IOException e) {
      records.add(current.givenUp(e));
      end = true;
    }
    if (end) {
      leave(current);
    }
    return new FileBatch(part.splitId(), records, end);
  }

  private void leave(Reading current) {
    current.close();
    reading = null;
  }

  /** Waits for a new part, or for one that rests. */
  private void rest() {
    try {
      if (woken.tryAcquire(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void wakeUp() {
    woken.release();
  }

  @Override
  public void close() {
    if (reading != null) {
      leave(reading);
    }
    for (Turn turn : turns) {
      if (turn.begun != null) {
        turn.begun.giveUp();
      }
    }
    opener.close();
  }

  /** A part that is to be read. */
  private static final class Turn {
    private final FilePart part;
    private final int failures;
    private final long dueNanos;
    private PartOpener.@Nullable Begun begun;

    Turn(FilePart part, int failures, long dueNanos) {
      this.part = part;
      this.failures = failures;
      this.dueNanos = dueNanos;
    }
  }

  /** A part that is being read. */
  private final class Reading {
    private final Turn turn;
    private final @Nullable FileSettings source;
    private final @Nullable FileDecoder decoder;
    private final ReadMetrics.OfCustomer counts;
    private long position;
    private boolean read;
    private @Nullable OpenPart open;

    Reading(Turn turn) {
      this.turn = turn;
      this.source = sources.get(turn.part.file().source());
      this.decoder = source == null ? null : new FileDecoder(turn.part.file(), source);
      this.counts = metrics.of(turn.part.file().customer());
      this.position = turn.part.position();
    }

    /** Returns whether the part is at its end. */
    boolean read(List<ReadRecord> records) throws IOException {
      FilePart part = turn.part;
      if (part.isNote()) {
        records.add(letter(part.note()));
        return true;
      }
      OpenPart opened = open;
      if (opened == null) {
        opened =
            turn.begun == null ? FilePartReader.this.open(part, settings()) : turn.begun.take();
        open = opened;
      }
      int size = 0;
      while (records.size() < MOST_RECORDS && size < MOST_BYTES) {
        FileRecord record = opened.next();
        if (record == null) {
          return true;
        }
        position = opened.position();
        read = true;
        size += record.original().length;
        DecodedRecord decoded =
            requireNonNull(decoder, "settings() was asked").decode(record, opened.head());
        (decoded.event == null ? counts.letters() : counts.events()).inc();
        records.add(new ReadRecord(decoded, position, /* failed= */ false));
      }
      return false;
    }

    private FileSettings settings() throws IOException {
      if (source == null) {
        throw new IOException(
            "its source '%s' is not among files.sources any more"
                .formatted(turn.part.file().source()));
      }
      return source;
    }

    /** The next try, from where this one came to, or null when there is none. */
    @Nullable Turn again() {
      int failures = read ? 1 : turn.failures + 1;
      if (failures > retryDelays.size()) {
        return null;
      }
      long delay = retryDelays.get(failures - 1).toNanos();
      return new Turn(turn.part.at(position), failures, System.nanoTime() + delay);
    }

    ReadRecord givenUp(IOException why) {
      String reason = why.getMessage() == null ? "it ends too early" : why.getMessage();
      return letter(
          "the file cannot be read%s: %s"
              .formatted(position > 0 ? " from there on" : "", bounded(reason)));
    }

    private ReadRecord letter(String reason) {
      FileDecoder letters = decoder == null ? FileDecoder.withoutSource(turn.part.file()) : decoder;
      long offset = position < 0 ? turn.part.from() : position;
      counts.letters().inc();
      return new ReadRecord(letters.unreadable(offset, reason), offset, /* failed= */ true);
    }

    void close() {
      if (open != null) {
        open.closeQuietly();
      } else if (turn.begun != null) {
        turn.begun.giveUp();
      }
    }
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
