package dev.lockstep.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.files.FoundFile.Stamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class FileEnumeratorTest {

  private static final FileLimits LIMITS =
      new FileLimits(
          1 << 20,
          1 << 20,
          Duration.ofSeconds(7),
          Duration.ZERO,
          Duration.ofDays(7),
          100,
          List.of());

  private final Coordinator coordinator = new Coordinator();
  private Supplier<Listing> folders = () -> new Listing(List.of(), List.of(), 1_000);
  private final FileEnumerator enumerator =
      new FileEnumerator(
          coordinator,
          LIMITS,
          () -> folders.get(),
          new FileSearch(
              LIMITS,
              file -> true,
              FileSearch.nothing(),
              new SearchMetrics(new UnregisteredMetricsGroup(), Clock.systemUTC())));

  @Test
  void aReaderThatAsksBeforeThereIsAFileHasItAsSoonAsItIsFound() {
    coordinator.register(0);
    enumerator.start();
    enumerator.handleSplitRequest(0, null);
    assertThat(coordinator.periodMillis).isEqualTo(7_000);
    assertThat(coordinator.given).isEmpty();

    find("a");

    assertThat(coordinator.given).containsOnlyKeys(0);
    find("a");
    assertThat(coordinator.given(0)).hasSize(1);
  }

  @Test
  void aLookAtTheFoldersThatFailsIsDoneAgain() {
    coordinator.register(0);
    enumerator.start();
    enumerator.handleSplitRequest(0, null);
    folders =
        () -> {
          throw new IllegalStateException("the store is away");
        };
    coordinator.look();
    assertThat(coordinator.given).isEmpty();

    find("a");

    assertThat(coordinator.given(0)).hasSize(1);
  }

  @Test
  void aReaderThatIsGoneIsGivenNothingAndWhatItHadGoesToAnother() {
    coordinator.register(0);
    coordinator.register(1);
    enumerator.start();
    enumerator.handleSplitRequest(0, null);
    find("a");
    List<FilePart> lost = List.copyOf(coordinator.given(0));
    enumerator.handleSplitRequest(0, null);
    coordinator.unregister(0);

    enumerator.addSplitsBack(lost, 0);
    assertThat(coordinator.given(0)).hasSize(1);
    enumerator.handleSplitRequest(1, null);

    assertThat(coordinator.given(1)).isEqualTo(lost);
  }

  @Test
  void whatACustomerHasDoneWithMakesRoomForWhatWaitsOfIt() {
    coordinator.register(0);
    coordinator.register(1);
    enumerator.start();
    // Each is more than half of what the customer may have in flight.
    folders = () -> new Listing(List.of(file("a", 700_000), file("b", 700_000)), List.of(), 1_000);
    coordinator.look();
    enumerator.handleSplitRequest(0, null);
    enumerator.handleSplitRequest(1, null);
    assertThat(coordinator.given).containsOnlyKeys(0);

    String done = coordinator.given(0).get(0).splitId();
    enumerator.handleSourceEvent(0, new ReaderNews.Done(List.of(done), 0));

    assertThat(coordinator.given(1)).hasSize(1);
  }

  @Test
  void itsCheckpointHasWhatWasGivenAndNotWhatWaits() {
    coordinator.register(0);
    enumerator.start();
    folders = () -> new Listing(List.of(file("a", 700_000), file("b", 700_000)), List.of(), 1_000);
    coordinator.look();
    enumerator.handleSplitRequest(0, null);

    FileKey given = coordinator.given(0).get(0).file().key();
    assertThat(enumerator.snapshotState(1).known()).containsOnlyKeys(given);
  }

  @Test
  void newsThatReadersDoNotTellAreAMistake() {
    assertThatThrownBy(() -> enumerator.handleSourceEvent(0, new SourceEvent() {}))
        .hasMessageContaining("readers of files tell no such thing");
  }

  private void find(String name) {
    folders = () -> new Listing(List.of(file(name, 10)), List.of(), 1_000);
    coordinator.look();
  }

  private static FoundFile file(String name, long size) {
    return new FoundFile(
        "logs", 0, "s3://logs/acme/" + name, "acme/" + name, "acme", new Stamp(size, 500));
  }

  /** Calls what is to be called when the test wants it, in its thread. */
  private static final class Coordinator implements SplitEnumeratorContext<FilePart> {
    private final Map<Integer, ReaderInfo> readers = new HashMap<>();
    private final Map<Integer, List<FilePart>> given = new HashMap<>();
    private Runnable look = () -> {};
    private long periodMillis;

    void register(int subtask) {
      readers.put(subtask, new ReaderInfo(subtask, "localhost"));
    }

    void unregister(int subtask) {
      readers.remove(subtask);
    }

    void look() {
      look.run();
    }

    List<FilePart> given(int subtask) {
      return given.getOrDefault(subtask, List.of());
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
      throw new UnsupportedOperationException("the search has the metrics");
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
      throw new UnsupportedOperationException("readers are told nothing");
    }

    @Override
    public int currentParallelism() {
      return readers.size();
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<FilePart> assignment) {
      assignment
          .assignment()
          .forEach(
              (subtask, parts) ->
                  given.computeIfAbsent(subtask, unused -> new ArrayList<>()).addAll(parts));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
      throw new UnsupportedOperationException("the source never ends");
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
      throw new UnsupportedOperationException("folders are looked at again and again");
    }

    @Override
    @SuppressWarnings("NullAway") // Flink's handler has one of the two.
    public <T> void callAsync(
        Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
      periodMillis = period;
      look =
          () -> {
            try {
              handler.accept(callable.call(), null);
            } catch (Exception e) {
              handler.accept(null, e);
            }
          };
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
      runnable.run();
    }
  }
}
