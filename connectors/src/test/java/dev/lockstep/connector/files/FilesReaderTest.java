package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.files.FoundFile.Stamp;
import dev.lockstep.connector.latest.Await;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesReaderTest {

  private static final long PART = 1000;

  private final FileSettings source =
      new FileSettings(
          "logs",
          List.of(PathPattern.parse("file:///logs/{customer}/*")),
          FileFormats.named("ndjson"),
          "acme",
          new EnvelopeLayout(
              List.of(new EnvelopePlace.Header("customer")), List.of(), List.of(), 1 << 20));
  private final Told told = new Told();
  private final List<String> events = new ArrayList<>();
  private final FilesReader reader =
      new FilesReader(
          () ->
              new FilePartReader(
                  Map.of("logs", source),
                  List.of(),
                  new ReadMetrics(new UnregisteredMetricsGroup())),
          PART,
          told);

  private final Path folder;

  FilesReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void itTellsWhatItWasRestoredWithAndGoesOnWhereItWas() throws Exception {
    FilePart part = part("a", "{\"n\":1}\n{\"n\":2}\n").at(8);
    reader.addSplits(List.of(part));
    reader.start();

    assertThat(told.news).containsExactly(new ReaderNews.Restored(List.of(InFlight.Held.of(part))));
    pollUntil(() -> told.news.size() == 2);

    assertThat(events).containsExactly("{\"n\":2}");
    assertThat(told.news.get(1)).isEqualTo(new ReaderNews.Done(List.of(part.splitId()), 0));
    reader.close();
  }

  @Test
  void itAsksForMoreAtItsStartAndBeforeItHasReadAllAndNotTwice() throws Exception {
    reader.start();
    assertThat(told.requests).isOne();

    // More than half a part is left to read: it has enough.
    reader.addSplits(List.of(part("big", "{\"n\":1}\n".repeat(100))));
    assertThat(told.requests).isOne();
    pollUntil(() -> told.news.size() == 2);
    assertThat(told.requests).isEqualTo(2);

    reader.addSplits(List.of(part("small", "{\"n\":1}\n")));
    assertThat(told.requests).isEqualTo(3);
    pollUntil(() -> told.news.size() == 3);
    assertThat(told.requests).isEqualTo(3);
    reader.close();
  }

  @Test
  void itsCheckpointHasAPartUpToTheRecordThatWasPutOutLast() throws Exception {
    FilePart part = part("a", "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
    reader.start();
    reader.addSplits(List.of(part));
    assertThat(reader.snapshotState(1)).containsExactly(part);

    pollUntil(() -> events.size() == 2);

    assertThat(reader.snapshotState(2)).containsExactly(part.at(16));
    pollUntil(() -> told.news.size() == 2);
    assertThat(reader.snapshotState(3)).isEmpty();
    reader.close();
  }

  @Test
  void itTellsHowManyPartsEndedBeforeTheirEnd() throws Exception {
    reader.start();
    FilePart gone = part("a", "{}\n");
    Files.delete(folder.resolve("a"));
    reader.addSplits(List.of(gone));

    pollUntil(() -> told.news.size() == 2);

    assertThat(told.news.get(1)).isEqualTo(new ReaderNews.Done(List.of(gone.splitId()), 1));
    assertThat(events).containsExactly("UNREADABLE_FILE");
    reader.close();
  }

  private FilePart part(String name, String content) throws IOException {
    Path file = Files.write(folder.resolve(name), content.getBytes(UTF_8));
    Stamp stamp = new Stamp(content.length(), Files.getLastModifiedTime(file).toMillis());
    return FilePart.of(
        new FoundFile("logs", 0, file.toUri().toString(), "acme/" + name, "acme", stamp),
        0,
        Long.MAX_VALUE);
  }

  private void pollUntil(BooleanSupplier holds) {
    Await.until(
        "what the reader puts out or tells",
        () -> {
          if (!holds.getAsBoolean()) {
            poll();
          }
          return holds.getAsBoolean();
        });
  }

  private void poll() {
    try {
      reader.pollNext(new Output());
    } catch (Exception e) {
      throw new AssertionError("polling failed", e);
    }
  }

  private final class Output implements ReaderOutput<DecodedRecord> {
    @Override
    public void collect(DecodedRecord record) {
      throw new UnsupportedOperationException("each record has a time");
    }

    @Override
    public void collect(DecodedRecord record, long timestamp) {
      if (record.event != null) {
        events.add(new String(record.event.json, UTF_8));
      } else if (record.deadLetter != null) {
        events.add(record.deadLetter.deadLetterClass);
      }
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new UnsupportedOperationException("the watermark strategy is the caller's");
    }

    @Override
    public void markIdle() {
      throw new UnsupportedOperationException("the watermark strategy is the caller's");
    }

    @Override
    public void markActive() {
      throw new UnsupportedOperationException("the watermark strategy is the caller's");
    }

    @Override
    public SourceOutput<DecodedRecord> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      // There is one output.
    }
  }

  private static final class Told implements SourceReaderContext {
    private final List<SourceEvent> news = new ArrayList<>();
    private int requests;

    @Override
    public SourceReaderMetricGroup metricGroup() {
      return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
    }

    @Override
    public Configuration getConfiguration() {
      return new Configuration();
    }

    @Override
    public String getLocalHostName() {
      return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
      return 0;
    }

    @Override
    public void sendSplitRequest() {
      requests++;
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
      news.add(event);
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      throw new UnsupportedOperationException("the thread has the class loader");
    }
  }
}
