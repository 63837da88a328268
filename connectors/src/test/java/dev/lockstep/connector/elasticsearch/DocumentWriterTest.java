package dev.lockstep.connector.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.IndexRecord;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class DocumentWriterTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final ElasticsearchSettings NOBODY_THERE =
      ElasticsearchSettings.of(List.of(URI.create("http://127.0.0.1:1")));

  private final List<RejectedDocument<IndexRecord>> rejected = new ArrayList<>();
  private final List<String> written = new ArrayList<>();
  private boolean closed;

  @Test
  void rejectsEveryRecordThatMakesNoDocumentAndWritesTheOthers() throws Exception {
    String good = new String(AlertJson.write(SampleAlert.of("acme", TIME, "{}")), UTF_8);
    DocumentWriter<IndexRecord> writer = writer();
    write(writer, good.getBytes(UTF_16));
    write(writer, "not JSON".getBytes(UTF_8));
    write(writer, good.replace("2026-01-01", "+10000-01-01").getBytes(UTF_8));
    write(writer, good.replace("0123456789abcdef", "../").getBytes(UTF_8));
    write(writer, good.getBytes(UTF_8));

    assertThat(written).containsExactly("acme " + good);
    assertThat(rejected)
        .extracting(RejectedDocument::customer)
        .containsExactly(null, null, "acme", "acme");
    assertThat(rejected)
        .extracting(RejectedDocument::reason)
        .first()
        .isEqualTo("not an alert: it must be in UTF-8");
    assertThat(rejected).allMatch(document -> document.status() == 0 && document.index() == null);
  }

  @Test
  void leavesNothingOpenWhenTheConnectorCannotStart() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    assertThatThrownBy(
            () -> DocumentWriter.open(NOBODY_THERE, new AlertForm(), Keeping::new, context()))
        .hasMessage("no metrics");

    assertThat(closed).isTrue();
    assertThat(startedSince(before)).isEmpty();
  }

  @Test
  void leavesNoClientOpenWhenThereIsNoPlaceForRejections() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    RejectedDocuments.Factory<IndexRecord> none =
        () -> {
          throw new IllegalStateException("no place");
        };
    assertThatThrownBy(() -> DocumentWriter.open(NOBODY_THERE, new AlertForm(), none, context()))
        .hasMessage("no place");

    assertThat(startedSince(before)).isEmpty();
  }

  private DocumentWriter<IndexRecord> writer() {
    return new DocumentWriter<>(
        new AlertForm(),
        new CountedRejections<>(new Keeping(), new UnregisteredMetricsGroup()),
        () -> {},
        new Written());
  }

  private static void write(DocumentWriter<IndexRecord> writer, byte[] alert) throws Exception {
    writer.write(IndexRecord.of(alert), new NoTime());
  }

  /** The client's threads end a moment after it is closed. */
  private static Set<Thread> startedSince(Set<Thread> before) throws InterruptedException {
    Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
    started.removeAll(before);
    started.removeIf(thread -> !thread.getName().matches("pool-.*|I/O dispatcher.*"));
    for (Thread thread : started) {
      thread.join(5_000);
    }
    started.removeIf(thread -> !thread.isAlive());
    return started;
  }

  /** A task without metrics, so that whatever asks for them fails. */
  @SuppressWarnings("deprecation") // The connector has no other context.
  private static Sink.InitContext context() {
    return (Sink.InitContext)
        Proxy.newProxyInstance(
            DocumentWriterTest.class.getClassLoader(),
            new Class<?>[] {Sink.InitContext.class},
            (proxy, method, arguments) -> {
              throw new IllegalStateException("no metrics");
            });
  }

  private final class Keeping implements RejectedDocuments<IndexRecord> {
    @Override
    public void reject(RejectedDocument<IndexRecord> document) {
      rejected.add(document);
    }

    @Override
    public void resolve(IndexRecord input, String customer) {
      throw new AssertionError("nothing here was refused before");
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final class Written implements SinkWriter<DocumentRequest<IndexRecord>> {
    @Override
    public void write(DocumentRequest<IndexRecord> request, Context context) {
      written.add(request.customer() + " " + new String(request.input().json, UTF_8));
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }

  private static final class NoTime implements SinkWriter.Context {
    @Override
    public long currentWatermark() {
      return Long.MIN_VALUE;
    }

    @Override
    @SuppressWarnings("NullAway") // The interface allows null without saying so.
    public Long timestamp() {
      return null;
    }
  }
}
