package dev.lockstep.connector.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.AlertJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class AlertIndexWriterTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final List<RejectedDocument> rejected = new ArrayList<>();
  private final List<String> written = new ArrayList<>();

  @Test
  void rejectsEveryRecordThatMakesNoDocumentAndWritesTheOthers() throws Exception {
    String good = new String(AlertJson.write(SampleAlert.of("acme", TIME, "{}")), UTF_8);
    AlertIndexWriter writer = writer();
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

  private AlertIndexWriter writer() {
    return new AlertIndexWriter(
        new CountedRejections(new Keeping(), new UnregisteredMetricsGroup()),
        () -> {},
        new Written());
  }

  private static void write(AlertIndexWriter writer, byte[] alert) throws Exception {
    writer.write(alert, new NoTime());
  }

  private final class Keeping implements RejectedDocuments {
    @Override
    public void reject(RejectedDocument document) {
      rejected.add(document);
    }

    @Override
    public void close() {}
  }

  private final class Written implements SinkWriter<AlertIndexRequest> {
    @Override
    public void write(AlertIndexRequest request, Context context) {
      written.add(request.customer() + " " + request.alert());
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
