package dev.lockstep.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lockstep.connector.elasticsearch.ElasticsearchSettings;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings.Backoff;
import dev.lockstep.connector.elasticsearch.IndexTemplate;
import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.elasticsearch.RejectedDocuments;
import dev.lockstep.connector.wire.IndexRecord;
import dev.lockstep.index.AlertJob.Generated;
import dev.lockstep.local.ElasticsearchNode;
import dev.lockstep.local.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The sink against the Elasticsearch that demo and tests run with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertIndexSinkIT {

  private static final String REFUSED = "refused";
  private static final double AT_ONCE = 1e6;

  private static final Queue<RejectedDocument<IndexRecord>> KEPT = new ConcurrentLinkedQueue<>();
  private static volatile CountDownLatch refusalArrived = new CountDownLatch(1);
  private static volatile CountDownLatch keepingAllowed = new CountDownLatch(1);

  private Served served;

  /** The Elasticsearch to run against. */
  Services services() throws IOException {
    return Services.locate();
  }

  @BeforeAll
  void startNode(@TempDir Path temporary) throws IOException {
    // A temporary folder is its owner's alone; the node of a test that root runs is somebody else.
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    served = new Served(ElasticsearchNode.start(temporary.resolve("node"), services(), 0));
    IndexTemplate.ALERTS.install(served.settings(), OptionalInt.of(0));
    IndexTemplate.ALERTS.install(served.settings(), OptionalInt.of(0));
    // Takes no text as a message, unlike the indices that the template makes.
    served.send(
        "PUT",
        "/lockstep-alerts-live-refused-2026.01",
        "{\"mappings\":{\"properties\":{\"message\":{\"type\":\"long\"}}}}");
  }

  @AfterAll
  void stopNode() {
    if (served != null) {
      served.node().close();
    }
  }

  @BeforeEach
  void forget() {
    KEPT.clear();
    refusalArrived = new CountDownLatch(1);
    keepingAllowed = new CountDownLatch(1);
  }

  @Test
  void indexesEachAlertOnceAndKeepsWhatIsRefused() throws Exception {
    Generated alerts = new Generated(AlertIndexSinkIT::oneRefusedAndOneBroken, 1_000, AT_ONCE);
    for (int run = 0; run < 2; run++) {
      KEPT.clear();
      StreamExecutionEnvironment environment = AlertJob.environment();
      AlertJob.alerts(environment, alerts, served.settings(), Keep::new);
      environment.execute();

      assertThat(served.count("acme")).isEqualTo(998);
      assertThat(KEPT)
          .extracting(
              RejectedDocument::status, document -> new String(document.input().json, UTF_8))
          .containsExactlyInAnyOrder(
              tuple(0, "no alert"), tuple(400, new String(SampleAlerts.json(REFUSED, 500), UTF_8)));
    }
  }

  @Test
  void losesNothingInAnOutage() throws Exception {
    ElasticsearchSettings impatient =
        served.settings().with(new Backoff(1, Duration.ofMillis(100)));
    StreamExecutionEnvironment environment = AlertJob.environment();
    Generated alerts = new Generated(n -> SampleAlerts.json("outage", n), 1_500, 200);
    AlertJob.alerts(environment, alerts, impatient, Keep::new);
    JobClient job = environment.executeAsync();
    Waiting.until("the first alerts are there", () -> served.count("outage") > 100);

    served.node().kill();
    Waiting.until("the job restarts", () -> job.getJobStatus().get() == JobStatus.RESTARTING);
    served.node().restart();
    job.getJobExecutionResult().get(2, TimeUnit.MINUTES);

    assertThat(served.count("outage")).isEqualTo(1_500);
    assertThat(KEPT).isEmpty();
  }

  @Test
  void waitsOutAShortOutageWithoutARestart() throws Exception {
    StreamExecutionEnvironment environment = AlertJob.environment();
    Generated alerts = new Generated(n -> SampleAlerts.json("pause", n), 1_000, 200);
    try (Line line = Line.to(served.node().httpUri())) {
      ElasticsearchSettings patient =
          ElasticsearchSettings.of(List.of(line.uri()))
              .with(new Backoff(20, Duration.ofMillis(500)));
      AlertJob.alerts(environment, alerts, patient, Keep::new);
      JobClient job = environment.executeAsync();
      Waiting.until("the first alerts are there", () -> served.count("pause") > 100);

      int openedBefore = Keep.OPENED.get();
      line.cut();
      Waiting.until("it tries again", () -> line.refused() > 2);
      line.mend();
      job.getJobExecutionResult().get(3, TimeUnit.MINUTES);
      assertThat(Keep.OPENED.get()).isEqualTo(openedBefore);
    }
    assertThat(served.count("pause")).isEqualTo(1_000);
  }

  @Test
  void completesNoCheckpointBeforeARefusedAlertIsKept() throws Exception {
    StreamExecutionEnvironment environment = AlertJob.environment();
    Generated alerts = new Generated(n -> SampleAlerts.json(REFUSED, n), 1, AT_ONCE);
    AlertJob.alerts(environment, alerts, served.settings(), KeepWhenAllowed::new);
    Generated other = new Generated(n -> new byte[0], Long.MAX_VALUE, 100);
    environment
        .fromSource(AlertJob.source(other), WatermarkStrategy.noWatermarks(), "other")
        .map(new CheckpointWatch())
        .sinkTo(new DiscardingSink<>());
    JobClient job = environment.executeAsync();
    assertThat(refusalArrived.await(1, TimeUnit.MINUTES)).isTrue();

    // A checkpoint is only begun when the one before has completed or run out of time.
    long begunBefore = CheckpointWatch.BEGUN.get();
    Waiting.until("two are begun", () -> CheckpointWatch.BEGUN.get() >= begunBefore + 2);
    assertThat(CheckpointWatch.COMPLETED.get()).isLessThanOrEqualTo(begunBefore);

    keepingAllowed.countDown();
    Waiting.until("one completes", () -> CheckpointWatch.COMPLETED.get() > begunBefore);
    assertThat(KEPT).hasSize(1);
    job.cancel().get(1, TimeUnit.MINUTES);
  }

  private static byte[] oneRefusedAndOneBroken(long number) {
    if (number == 600) {
      return "no alert".getBytes(UTF_8);
    }
    return SampleAlerts.json(number == 500 ? REFUSED : "acme", number);
  }

  private static final class Keep implements RejectedDocuments<IndexRecord> {

    static final AtomicInteger OPENED = new AtomicInteger();

    Keep() {
      OPENED.incrementAndGet();
    }

    @Override
    public void reject(RejectedDocument<IndexRecord> document) {
      KEPT.add(document);
    }

    @Override
    public void resolve(IndexRecord input, String customer) {
      throw new AssertionError("nothing here was refused before");
    }

    @Override
    public void close() {}
  }

  private static final class KeepWhenAllowed implements RejectedDocuments<IndexRecord> {
    @Override
    public void reject(RejectedDocument<IndexRecord> document) throws IOException {
      refusalArrived.countDown();
      try {
        keepingAllowed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
      KEPT.add(document);
    }

    @Override
    public void resolve(IndexRecord input, String customer) {
      throw new AssertionError("nothing here was refused before");
    }

    @Override
    public void close() {}
  }
}
