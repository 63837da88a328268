package dev.lockstep.local.bench;

import dev.lockstep.connector.launchdarkly.FlagFileText;
import dev.lockstep.connector.launchdarkly.FlagFileText.Targeting;
import dev.lockstep.connector.launchdarkly.FlagKeys;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.local.EmbeddedFlink;
import dev.lockstep.local.KafkaBroker;
import dev.lockstep.local.TaskMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker, the cluster and the folders that all loads share. */
final class BenchSystem implements AutoCloseable {

  /**
   * Where a stream that is written beforehand begins; events are a tenth of a millisecond apart.
   */
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static final long NANOS_APART = 100_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(100);

  final KafkaBroker kafka;
  final EmbeddedFlink flink;
  private final BenchSettings settings;
  private final Path folder;
  private final Admin admin;
  private final Map<String, Long> bytesPerEvent = new HashMap<>();
  private int ruleFolders;

  private BenchSystem(BenchSettings settings, Path folder, KafkaBroker kafka, EmbeddedFlink flink) {
    this.settings = settings;
    this.folder = folder;
    this.kafka = kafka;
    this.flink = flink;
    this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  static BenchSystem start(BenchSettings settings, Path folder) throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("flags.json"), flags());
    KafkaBroker kafka = KafkaBroker.start(folder.resolve("kafka"));
    try {
      return new BenchSystem(
          settings,
          folder,
          kafka,
          EmbeddedFlink.start(
              folder.resolve("flink"),
              /* uiPort= */ 0,
              flinkOptions(settings),
              /* taskManagers= */ 1,
              // The index job runs beside it.
              settings.parallelism() + 1));
    } catch (Exception e) {
      kafka.close();
      throw e;
    }
  }

  /** All customers live, by a flag: each event and each alert is asked about. */
  private static String flags() {
    return new FlagFileText(
            FlagKeys.DEFAULT,
            new Targeting("bench-ingress", List.of(), "{\"variation\": 0}"),
            new Targeting("bench-egress", List.of(), "{\"variation\": 0}"))
        .text();
  }

  private static Map<String, String> flinkOptions(BenchSettings settings) {
    Map<String, String> options = new HashMap<>(TaskMetrics.flinkOptions());
    options.put("taskmanager.memory.managed.size", "512m");
    options.put(
        "execution.checkpointing.interval",
        TimeUtils.formatWithHighestUnit(settings.checkpointInterval()));
    // As flink-conf/ has them.
    options.put("execution.checkpointing.unaligned.enabled", "true");
    options.put("execution.checkpointing.aligned-checkpoint-timeout", "30 s");
    options.put("taskmanager.network.memory.buffer-debloat.enabled", "true");
    options.put("web.checkpoints.history", "1000");
    options.putAll(settings.flinkOptions());
    return options;
  }

  /** Returns the options of an engine with topics of its own but for that of events. */
  LockstepConfig config(String engine, double skew, Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("engine.name", engine);
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("events.topic", eventsTopic(skew));
    options.put("events.from", "earliest");
    if (skew > 0) {
      options.put(
          "events.stripes." + EventStream.customer(0), Integer.toString(settings.stripes()));
    }
    options.put("alerts.live.topic", engine + ".alerts.live");
    options.put("alerts.shadow.topic", engine + ".alerts.shadow");
    options.put("dead-letters.topic", engine + ".dead-letters");
    options.put("dead-letters.parked.topic", engine + ".dead-letters.parked");
    options.put("rule-status.topic", engine + ".rule-status");
    options.put("engine-status.topic", engine + ".engine-status");
    // Each match is an alert: a cap would make a job fast that should be measured.
    options.put("rules.matches-per-minute", Integer.toString(Integer.MAX_VALUE));
    if (!settings.mappings().isEmpty()) {
      options.put("rules.mapping", String.join(";", settings.mappings()));
    }
    options.put("flags.file", folder.resolve("flags.json").toString());
    options.put("elasticsearch.mode", "off");
    options.putAll(more);
    return ConfigReader.read(null, options);
  }

  String eventsTopic(double skew) {
    return "events" + Skew.suffix(skew);
  }

  /** Lays out a folder of rules, with the probe's. */
  Path rules(List<RuleDocument> documents) throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules-" + ruleFolders++));
    for (int i = 0; i < documents.size(); i++) {
      Files.writeString(rules.resolve("%06d.yml".formatted(i)), documents.get(i).text());
    }
    Files.writeString(rules.resolve("probe.yml"), ProbeRule.TEXT);
    return rules;
  }

  void createTopic(String name) throws InterruptedException {
    NewTopic topic = new NewTopic(name, 2 * settings.parallelism(), (short) 1);
    try {
      // Brokers delete records that say that they are old.
      admin.createTopics(List.of(topic.configs(Map.of("retention.ms", "-1")))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Kafka did not create topic " + name + ": " + e.getMessage(), e);
    }
  }

  /** Writes the first events of a stream and returns how many bytes they have. */
  long fill(String topic, EventStream stream, int events) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    long bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = 0; i < events; i++) {
        byte[] event = stream.event(i, BEGIN.plusNanos(i * NANOS_APART));
        bytes += event.length;
        send(producer, topic, event, failure);
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("Kafka did not take events: " + failure.get(), failure.get());
    }
    bytesPerEvent.put(topic, bytes / events);
    return bytes;
  }

  /** Without a key, so that partitions have as many events as one another, whoever they are of. */
  static void send(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      byte[] event,
      AtomicReference<Exception> failure) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, event),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "compression.type",
            "lz4",
            "linger.ms",
            "5",
            "batch.size",
            "65536"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  long bytesPerEvent(String topic) {
    return bytesPerEvent.getOrDefault(topic, 0L);
  }

  /** Waits until all subtasks judge by the same rules, and returns how many these are. */
  long awaitRules(String jobName, JobID job) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      List<Long> active = TaskMetrics.values(jobName, DetectionLoad.OPERATOR, "rulesActive");
      if (active.size() == settings.parallelism()
          && active.get(0) > 0
          && active.stream().distinct().count() == 1) {
        flink.awaitRunning(job);
        return active.get(0);
      }
      if (flink.status(job).isTerminalState()) {
        break;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw new IllegalStateException(
        "The rules did not come into force; the job is %s, its log is %s"
            .formatted(flink.status(job), System.getProperty("lockstep.log.file", "not kept")));
  }

  @Override
  public void close() throws Exception {
    admin.close();
    flink.close();
    kafka.close();
  }
}
