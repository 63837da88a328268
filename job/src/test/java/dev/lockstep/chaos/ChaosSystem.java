package dev.lockstep.chaos;

import dev.lockstep.connector.elasticsearch.IndexTemplate;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.DetectionTopology;
import dev.lockstep.job.IndexJob;
import dev.lockstep.job.IndexTopology;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.local.ElasticsearchNode;
import dev.lockstep.local.KafkaBroker;
import dev.lockstep.local.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/** All processes of an installation, and the two jobs of one engine on them. */
final class ChaosSystem implements AutoCloseable {

  private static final int TASK_MANAGERS = 3;
  private static final int LOW_PARALLELISM = 2;
  private static final int HIGH_PARALLELISM = 3;
  private static final int MORE_THAN_THERE_ARE_SLOTS = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path directory;
  private final KafkaBroker kafka;
  private final ElasticsearchNode elasticsearch;
  private final FlinkCluster flink;
  private final ChaosContent content;
  private final LockstepConfig config;
  private final HttpClient http = HttpClient.newHttpClient();
  private int parallelism = LOW_PARALLELISM;
  private JobID detection;

  private ChaosSystem(Path directory) throws Exception {
    this.directory = directory;
    // Elasticsearch runs as somebody else when a test is run by root.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    content = new ChaosContent(directory);
    kafka = KafkaBroker.start(directory.resolve("kafka"));
    elasticsearch = ElasticsearchNode.start(directory.resolve("elasticsearch"));
    flink = FlinkCluster.start(directory.resolve("flink"), TASK_MANAGERS);
    config = ConfigReader.read(null, options());
    Topics.create(config);
    IndexTemplate.ALERTS.install(config.elasticsearch(), OptionalInt.of(0));
    refuseAlertsOf(ChaosContent.REFUSED);
    detection = submitDetection(null);
    flink.submit(IndexJob.name(config), 1, null, env -> IndexTopology.build(env, config));
  }

  private Map<String, String> options() {
    return Map.of(
        "engine.name", "chaos",
        "kafka.bootstrap-servers", kafka.bootstrapServers(),
        "elasticsearch.hosts", elasticsearch.httpUri().toString(),
        "rules.directory", content.rules().toString(),
        "rules.matches-per-minute", "1000000",
        "flags.file", content.flags().toString());
  }

  /** Starts everything; the jobs may not run yet. */
  static ChaosSystem start(Path directory) throws Exception {
    return new ChaosSystem(directory);
  }

  FlinkCluster flink() {
    return flink;
  }

  KafkaBroker kafka() {
    return kafka;
  }

  ElasticsearchNode elasticsearch() {
    return elasticsearch;
  }

  ChaosContent content() {
    return content;
  }

  LockstepConfig config() {
    return config;
  }

  /** Stops a process where it is, and lets it go on after a while. */
  void pause(long pid, Duration length) throws IOException, InterruptedException {
    Signal.STOP.to(pid);
    LockSupport.parkNanos(length.toNanos());
    Signal.CONT.to(pid);
  }

  /** Makes Elasticsearch answer 429 to every bulk request, as when its memory is full. */
  void refuseForLackOfRoom(Duration length) throws IOException, InterruptedException {
    setBreaker("\"1b\"");
    LockSupport.parkNanos(length.toNanos());
    setBreaker("null");
  }

  private void setBreaker(String limit) throws IOException, InterruptedException {
    put(
        "/_cluster/settings",
        "{\"persistent\":{\"network.breaker.inflight_requests.limit\":" + limit + "}}");
  }

  /** Makes an index that takes no text as a message, unlike those that the template makes. */
  private void refuseAlertsOf(String customer) throws IOException, InterruptedException {
    put(
        "/lockstep-alerts-live-" + customer + "-2026.01",
        "{\"mappings\":{\"properties\":{\"message\":{\"type\":\"long\"}}}}");
  }

  private void put(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(elasticsearch.httpUri().resolve(path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("Elasticsearch did not take " + path + ": " + answer.body());
    }
  }

  /** Stops the detection job with a savepoint, and goes on from it at another parallelism. */
  void rescale() throws Exception {
    String savepoint = stopWithSavepoint();
    parallelism = parallelism == LOW_PARALLELISM ? HIGH_PARALLELISM : LOW_PARALLELISM;
    detection = submitDetection(savepoint);
  }

  /**
   * Replaces the detection job by its next version, by the runbook's script: at another
   * parallelism, and with a source of customers, which are two operators more.
   *
   * @param jar classes of the next version
   */
  UpgradeScript.Result upgrade(Path folder, Path jar) throws Exception {
    LockstepConfig next = withCustomers();
    int higher = HIGH_PARALLELISM;
    return script(
        folder,
        Duration.ofMinutes(2),
        savepoint ->
            detection =
                flink.submit(
                    DetectionJob.name(next),
                    higher,
                    savepoint,
                    env -> DetectionTopology.build(env, next),
                    jar));
  }

  /** Replaces the detection job by one that never comes up, and so gets the old one again. */
  UpgradeScript.Result upgradeInVain(Path folder) throws Exception {
    return script(
        folder,
        Duration.ofSeconds(15),
        savepoint ->
            detection =
                flink.submit(
                    DetectionJob.name(config),
                    MORE_THAN_THERE_ARE_SLOTS,
                    savepoint,
                    env -> DetectionTopology.build(env, config)));
  }

  private UpgradeScript.Result script(Path folder, Duration within, UpgradeScript.Submission start)
      throws Exception {
    return new UpgradeScript(folder)
        .run(
            flink.rest(),
            DetectionJob.name(config),
            flink.savepoints(),
            within,
            start,
            savepoint -> detection = submitDetection(savepoint));
  }

  private LockstepConfig withCustomers() throws IOException {
    Path customers = Files.writeString(directory.resolve("customers.yml"), "acme: {tier: gold}\n");
    Map<String, String> options = new HashMap<>(options());
    options.put("customers.file", customers.toString());
    return ConfigReader.read(null, options);
  }

  /** Tells whether a task of the detection job has failed since, and the job with it. */
  boolean detectionRestartedSince(Instant time) throws Exception {
    return flink.restartedSince(detection, time);
  }

  private JobID submitDetection(@Nullable String savepoint) throws Exception {
    return flink.submit(
        DetectionJob.name(config),
        parallelism,
        savepoint,
        env -> DetectionTopology.build(env, config));
  }

  /** A job that is just restarting cannot be stopped; it is asked again. */
  private String stopWithSavepoint() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return flink.stopWithSavepoint(detection);
      } catch (ExecutionException | TimeoutException e) {
        JobStatus status = flink.status(detection);
        if (status.isTerminalState() || System.nanoTime() > deadline) {
          throw new IllegalStateException("The detection job cannot be stopped: " + status, e);
        }
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      }
    }
  }

  @Override
  public void close() {
    flink.close();
    elasticsearch.kill();
    kafka.kill();
  }
}
