package dev.lockstep.connector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.latest.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class FileWatchTest {

  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  private final FakeFiles files = new FakeFiles();

  @Test
  void takesAFileOnlyWhenItHasStoppedToChange() {
    files.growing = true;
    try (var watch = start()) {
      files.awaitLists(20);
      assertThat(files.accepted).isEmpty();
      files.growing = false;
      Await.until("the content", () -> !files.accepted.isEmpty());
    }
  }

  @Test
  void readsAnewWhatChangedWhileItWasRead() {
    files.changesWhileRead.set(3);
    try (var watch = start()) {
      Await.until("the content", () -> !files.accepted.isEmpty());
      assertThat(files.reads.get()).isEqualTo(4);
      assertThat(files.accepted).hasSize(1);
    }
  }

  @Test
  void readsNothingTwiceThatStaysTheSame() {
    try (var watch = start()) {
      files.awaitLists(50);
      assertThat(files.reads).hasValue(1);
    }
  }

  @Test
  void readsOnceMoreWhatWasWrittenJustBefore() {
    files.modifiedAt = Instant.now();
    try (var watch = start()) {
      Await.until("a second reading", () -> files.reads.get() == 2);
      files.awaitLists(50);
      assertThat(files.reads).hasValue(2);
    }
  }

  @Test
  void readsAnewWhatWasAway() {
    try (var watch = start()) {
      Await.until("the content", () -> files.accepted.size() == 1);
      files.away = true;
      Await.until("the outage", () -> files.failures.get() > 0);
      files.away = false;
      Await.until("the content again", () -> files.accepted.size() == 2);
    }
  }

  @Test
  void outlivesADefect() {
    files.defective = true;
    try (var watch = start()) {
      Await.until("the outage", () -> files.failures.get() > 1);
      files.defective = false;
      Await.until("the content", () -> !files.accepted.isEmpty());
    }
  }

  @Test
  void takesWhatProvesItselfWhenItIsFirstSeen() {
    files.proving = true;
    try (var watch = start(Duration.ofMillis(100))) {
      Await.until("the content", () -> files.accepted.size() == 1);
      files.length.incrementAndGet();
      Await.until("the change", () -> files.accepted.size() == 2);
      assertThat(files.listsSinceChange).as("the scan and the one after it").hasValue(2);
    }
  }

  @Test
  void waitsForWhatDoesNotProveItself() {
    try (var watch = start(Duration.ofMillis(100))) {
      Await.until("the content", () -> files.accepted.size() == 1);
      files.length.incrementAndGet();
      Await.until("the change", () -> files.accepted.size() == 2);
      assertThat(files.listsSinceChange).hasValueGreaterThan(2);
    }
  }

  @Test
  void waitsForWhatMayBeAboutToComeBackUnderAnotherName() {
    files.proving = true;
    try (var watch = start(Duration.ofMillis(100))) {
      Await.until("the content", () -> files.accepted.size() == 1);
      files.renamed = true;
      files.length.incrementAndGet();
      Await.until("the change", () -> files.accepted.size() == 2);
      assertThat(files.listsSinceChange).hasValueGreaterThan(2);
    }
  }

  @Test
  void doesNotCallUnreadableWhatHasNotSettled() {
    files.proving = true;
    try (var watch = start(Duration.ofMillis(100))) {
      Await.until("the content", () -> files.accepted.size() == 1);
      files.unreadableReads.set(1);
      files.length.incrementAndGet();
      Await.until("the change", () -> files.accepted.size() == 2);
      assertThat(files.failures).hasValue(0);
    }
  }

  @Test
  void spendsLittleTimeOnScanning() {
    files.listing = Duration.ofMillis(10);
    try (var watch = start()) {
      Await.until("the content", () -> files.accepted.size() == 1);
      files.awaitLists(1);
      long start = System.nanoTime();
      files.awaitLists(3);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
    }
  }

  private FileWatch<Long> start() {
    return start(Duration.ofMillis(1));
  }

  private FileWatch<Long> start(Duration settling) {
    FileWatch<Long> watch = new FileWatch<>("watch-under-test", settling, files);
    watch.start();
    return watch;
  }

  /** One file whose content is its length. */
  private static final class FakeFiles implements WatchedFiles<Long> {

    private static final Path FILE = Path.of("file");

    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger changesWhileRead = new AtomicInteger();
    private final List<Long> accepted = new CopyOnWriteArrayList<>();
    private volatile boolean growing;
    private volatile boolean away;
    private volatile boolean defective;
    private final AtomicInteger unreadableReads = new AtomicInteger();
    private final AtomicInteger listsSinceChange = new AtomicInteger();
    private final AtomicLong length = new AtomicLong();
    private volatile boolean proving;
    private volatile boolean renamed;
    private volatile Duration listing = Duration.ZERO;
    private volatile Instant modifiedAt = LONG_AGO;
    private long acceptedLength;

    @Override
    public SortedMap<Path, FileStamp> list() throws IOException {
      lists.incrementAndGet();
      if (away) {
        throw new IOException("away");
      }
      long found = growing ? length.incrementAndGet() : length.get();
      if (found != acceptedLength) {
        listsSinceChange.incrementAndGet();
      }
      LockSupport.parkNanos(listing.toNanos());
      return new TreeMap<>(
          Collections.singletonMap(
              renamed ? Path.of("another") : FILE, new FileStamp(found, modifiedAt, "inode")));
    }

    @Override
    public Long read(SortedMap<Path, FileStamp> stamps) throws IOException {
      if (unreadableReads.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IOException("cut off");
      }
      reads.incrementAndGet();
      if (defective) {
        throw new IllegalStateException("a defect");
      }
      if (changesWhileRead.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        length.incrementAndGet();
      }
      return length.get();
    }

    @Override
    public boolean proveThemselves(Set<Path> changed) {
      return proving;
    }

    @Override
    public void accept(Long content) {
      acceptedLength = content;
      accepted.add(content);
    }

    @Override
    public void unreadable(IOException cause) {
      failures.incrementAndGet();
    }

    void awaitLists(int more) {
      int target = lists.get() + more;
      Await.until(more + " scans", () -> lists.get() >= target);
    }
  }
}
