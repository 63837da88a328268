package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.IndexJob;
import dev.lockstep.job.IndexTopology;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.index.Index;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka, Flink and, where it is wanted, Elasticsearch for a test, with the folders of rules and
 * flags.
 */
final class LocalSystem implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final ObjectMapper JSON = new ObjectMapper();

  final Path directory;
  final Path rules;
  final Path flags;
  final KafkaBroker kafka;
  final EmbeddedFlink flink;
  private final @Nullable ElasticsearchNode elasticsearch;
  private final KafkaProducer<byte[], byte[]> producer;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<JobID> started = new ArrayList<>();

  private LocalSystem(
      Path directory, boolean withElasticsearch, Map<String, String> moreFlinkOptions)
      throws Exception {
    this.directory = directory;
    rules = Files.createDirectories(directory.resolve("rules"));
    flags = directory.resolve("flags.json");
    kafka = KafkaBroker.start(directory.resolve("kafka"));
    elasticsearch =
        withElasticsearch ? ElasticsearchNode.start(directory.resolve("elasticsearch")) : null;
    Map<String, String> flinkOptions = new HashMap<>(TaskMetrics.flinkOptions());
    flinkOptions.putAll(moreFlinkOptions);
    flink = EmbeddedFlink.start(directory.resolve("flink"), 0, flinkOptions);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", "4194304"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static LocalSystem start(Path directory) throws Exception {
    return start(directory, Map.of());
  }

  /** Starts everything, and Flink with these options on top of its own. */
  static LocalSystem start(Path directory, Map<String, String> flinkOptions) throws Exception {
    return new LocalSystem(directory, /* withElasticsearch= */ true, flinkOptions);
  }

  /** Starts all but Elasticsearch, and Flink with these options on top of its own. */
  static LocalSystem startWithoutElasticsearch(Path directory, Map<String, String> flinkOptions)
      throws Exception {
    return new LocalSystem(directory, /* withElasticsearch= */ false, flinkOptions);
  }

  /** Returns options for an engine with topics of its own, so that tests share the services. */
  LockstepConfig config(String engine, Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("engine.name", engine);
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("events.topic", engine + ".events");
    options.put("alerts.live.topic", engine + ".alerts.live");
    options.put("alerts.shadow.topic", engine + ".alerts.shadow");
    options.put("dead-letters.topic", engine + ".dead-letters");
    options.put("dead-letters.parked.topic", engine + ".dead-letters.parked");
    options.put("rule-status.topic", engine + ".rule-status");
    options.put("engine-status.topic", engine + ".engine-status");
    options.put("rules.topic", engine + ".rules");
    options.put("rules.directory", rules.toString());
    options.put("rules.matches-per-minute", "1000000");
    options.put("flags.file", flags.toString());
    if (elasticsearch == null) {
      options.put("elasticsearch.mode", "off");
    } else {
      options.put("elasticsearch.hosts", elasticsearch.httpUri().toString());
    }
    options.putAll(more);
    return ConfigReader.read(null, options);
  }

  /** Creates the engine's topics and starts its jobs. */
  List<JobID> start(LockstepConfig config) throws Exception {
    Topics.create(config);
    return restart(config, new Recovery.Newest());
  }

  /** Starts the jobs of an engine whose topics are there. */
  List<JobID> restart(LockstepConfig config, Recovery recovery) throws Exception {
    List<JobID> jobs = LocalJobs.start(flink, config, OptionalInt.of(0), recovery);
    started.addAll(jobs);
    return jobs;
  }

  /** Remembers a job that was submitted without this, to cancel it with the others. */
  JobID submitted(JobID job) {
    started.add(job);
    return job;
  }

  /** Cancels whatever runs of what was started here. */
  void cancelAll() throws Exception {
    cancel(started);
    started.clear();
  }

  void cancel(List<JobID> jobs) throws Exception {
    for (JobID job : jobs) {
      flink.cancel(job);
    }
  }

  /** Returns a rule of one selection. */
  static String rule(String id, String selection) {
    return """
        title: Rule %s
        id: %s
        logsource:
          product: windows
        detection:
          selection:
            %s
          condition: selection
        level: high
        """
        .formatted(id, id, selection);
  }

  /** Replaces a file as editors and deployments do: whole. */
  static void write(Path file, String text) throws IOException {
    Path next = Files.createTempFile(file.getParent(), ".next", ".tmp");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  void send(LockstepConfig config, @Nullable String key, String value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            config.events().topic(),
            key == null ? null : key.getBytes(UTF_8),
            value.getBytes(UTF_8));
    Future<RecordMetadata> unused =
        producer.send(record, (metadata, exception) -> assertThat(exception).isNull());
  }

  /** Sends a record as it is. */
  void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused =
        producer.send(record, (metadata, exception) -> assertThat(exception).isNull());
  }

  /** Sends a record without a key, of any bytes or none. */
  void send(LockstepConfig config, byte @Nullable [] value) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(config.events().topic(), value),
            (metadata, exception) -> assertThat(exception).isNull());
  }

  /** Sends a record to any topic, and returns when Kafka has it. */
  void sendTo(String topic, byte[] key, byte[] value) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, key, value),
            (metadata, exception) -> assertThat(exception).isNull());
    producer.flush();
  }

  /** Returns when Kafka has all that was sent. */
  void flush() {
    producer.flush();
  }

  /**
   * Waits until every event is judged and every alert of it committed. The source's own metrics
   * tell sooner how far it is than the consumer group's offsets, which come up to ten seconds late
   * in a quiet topic; only where a job has gone on and nothing has come since do these tell alone.
   */
  void awaitDrained(LockstepConfig config) throws Exception {
    flush();
    String job = DetectionJob.name(config);
    try (Backlog backlog = new Backlog(config)) {
      await(
          "all events to be read",
          () -> backlog.events(TaskMetrics.offsets(job, config.events().topic())) == 0,
          () -> "%s of them are not".formatted(backlog.events()));
      awaitCheckpoints(job);
      await("all alerts to be committed", () -> !backlog.hasOpenTransactions());
    }
  }

  /** Waits for a checkpoint of all that a job has read until now. */
  static void awaitCheckpoints(String job) throws Exception {
    // The next one may have begun already.
    long enough = checkpoints(job) + 2;
    await("two more checkpoints", () -> checkpoints(job) >= enough);
  }

  /** Describes how jobs go, and what Kafka keeps from readers of committed records. */
  String howItGoes(String... jobs) throws Exception {
    StringBuilder text = new StringBuilder();
    for (String job : jobs) {
      text.append(
          "%n%s: restarted %s times, %d checkpoints, %s failed, last took %s ms"
              .formatted(
                  job,
                  TaskMetrics.values(job, "", "numRestarts"),
                  checkpoints(job),
                  TaskMetrics.values(job, "", "numberOfFailedCheckpoints"),
                  TaskMetrics.values(job, "", "lastCheckpointDuration")));
    }
    return text
        + OpenTransactions.describe(kafka.bootstrapServers())
        + PendingCheckpoints.describe(flink.uiUri());
  }

  /** Returns how many checkpoints a job has completed since it was submitted. */
  static long checkpoints(String job) {
    return TaskMetrics.values(job, "", "numberOfCompletedCheckpoints").stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Returns all committed records of {@code topic}. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    CommittedRecords.forEach(kafka.bootstrapServers(), topic, records::add);
    return records;
  }

  /** Returns the committed alerts of {@code lane}, those of a customer in their order. */
  List<Alert> alerts(LockstepConfig config, Lane lane) {
    return committed(config.alerts().topic(lane)).stream()
        .map(record -> AlertJson.read(record.value()))
        .toList();
  }

  /** Returns the documents of {@code lane} whose engine is {@code engine}, by id. */
  Map<String, JsonNode> indexed(String engine, Lane lane) throws Exception {
    URI indices =
        requireNonNull(elasticsearch, "started without Elasticsearch")
            .httpUri()
            .resolve("/lockstep-alerts-" + lane.wireName() + "-*/");
    send(HttpRequest.newBuilder(indices.resolve("_refresh")), "");
    String query = "{\"size\":10000,\"query\":{\"term\":{\"lockstep.engine\":\"" + engine + "\"}}}";
    JsonNode hits =
        JSON.readTree(send(HttpRequest.newBuilder(indices.resolve("_search")), query))
            .path("hits")
            .path("hits");
    Map<String, JsonNode> documents = new HashMap<>();
    hits.forEach(hit -> documents.put(hit.path("_id").asText(), hit.path("_source")));
    return documents;
  }

  /** Returns the ids of all documents of {@code lane} of the customers whose names begin so. */
  List<String> indexedIds(Lane lane, String customerPrefix) throws Exception {
    URI indices =
        requireNonNull(elasticsearch, "started without Elasticsearch")
            .httpUri()
            .resolve("/lockstep-alerts-" + lane.wireName() + "-" + customerPrefix + "*/");
    send(HttpRequest.newBuilder(indices.resolve("_refresh")), "");
    List<String> ids = new ArrayList<>();
    String after = "";
    while (true) {
      String query =
          "{\"size\":10000,\"_source\":false,\"fields\":[\"lockstep.alert_id\"],"
              + "\"sort\":[{\"lockstep.alert_id\":\"asc\"}]"
              + after
              + "}";
      JsonNode hits =
          JSON.readTree(send(HttpRequest.newBuilder(indices.resolve("_search")), query))
              .path("hits")
              .path("hits");
      hits.forEach(hit -> ids.add(hit.path("_id").asText()));
      if (hits.size() < 10_000) {
        return ids;
      }
      after = ",\"search_after\":[\"" + ids.get(ids.size() - 1) + "\"]";
    }
  }

  /** Starts the parity job; it is cancelled with the others. */
  JobID startParity(LockstepConfig config) throws Exception {
    JobID job = LocalJobs.startParity(flink, config);
    started.add(job);
    return job;
  }

  /** Starts the index job alone; it is cancelled with the others. */
  JobID startIndex(LockstepConfig config) throws Exception {
    Index.prepare(config, OptionalInt.of(0));
    JobID job =
        flink.submit(
            IndexJob.name(config),
            1,
            new Recovery.Newest(),
            env -> IndexTopology.build(env, config));
    started.add(job);
    flink.awaitRunning(job);
    return job;
  }

  /** Asks Elasticsearch. */
  String elasticsearch(String method, String path, String body) throws Exception {
    URI node = requireNonNull(elasticsearch, "started without Elasticsearch").httpUri();
    return http.send(
            HttpRequest.newBuilder(node.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private String send(HttpRequest.Builder request, String body) throws Exception {
    return http.send(
            request
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Waits for a condition, and fails by its name when it does not come. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    await(what, condition, () -> "");
  }

  /**
   * Waits for a condition, and fails by its name, and with how things are, when it does not come.
   */
  static void await(String what, Callable<Boolean> condition, Callable<String> how)
      throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.call()) {
      if (Instant.now().isAfter(deadline)) {
        fail("waited in vain for: %s %s", what, how.call());
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  @Override
  public void close() throws Exception {
    producer.close(Duration.ofSeconds(5));
    flink.close();
    if (elasticsearch != null) {
      elasticsearch.close();
    }
    kafka.close();
  }
}
