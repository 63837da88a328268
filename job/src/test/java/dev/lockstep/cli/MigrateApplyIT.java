package dev.lockstep.cli;

import static dev.lockstep.cli.StatusRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.launchdarkly.FakeFlagApi;
import dev.lockstep.connector.launchdarkly.LaunchDarklyServer;
import dev.lockstep.local.KafkaBroker;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.parity.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steps of a migration made by the command: by records of a real broker, with flags of a
 * LaunchDarkly and changes by its REST API.
 */
class MigrateApplyIT {

  private static final String FLAGS =
      RecordedParity.flags(List.of("trickler"), List.of("acme"), List.of("wayne"), List.of("done"));

  private final Path folder;
  private KafkaBroker broker;
  private LaunchDarklyServer launchDarkly;
  private FakeFlagApi api;

  MigrateApplyIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() throws Exception {
    broker = KafkaBroker.start(folder.resolve("kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("engine-status", 1, (short) 1),
                  new NewTopic("parity", 1, (short) 1)))
          .all()
          .get();
    }
    launchDarkly = new LaunchDarklyServer(FLAGS);
    api = new FakeFlagApi(FLAGS);
    Files.writeString(folder.resolve("token"), FakeFlagApi.TOKEN + "\n");
    Files.writeString(folder.resolve("sdk-key"), LaunchDarklyServer.SDK_KEY);
  }

  @AfterEach
  void stop() {
    api.close();
    launchDarkly.close();
    broker.close();
  }

  @Test
  void makesStepsThatAreSafeAndTakesThemBack() throws Exception {
    compared(99);
    CommandRun tooFew = apply();
    assertThat(tooFew.exitCode()).as(tooFew.err()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(tooFew.out()).contains("99 alerts compared, 100 are needed");
    assertThat(api.patches()).isEmpty();

    compared(100);
    CommandRun live = apply();
    assertThat(live.exitCode()).as(live.out() + live.err()).isEqualTo(ExitCode.GOOD);
    assertThat(live.out()).contains("Changed lockstep-egress in production.");
    assertThat(api.patches()).hasSize(1);
    assertThat(api.patches().get(0).get("comment").stringValue())
        .isEqualTo("lockstep migrate: acme from shadow full to live, engine blue to green");
    take();
    assertThat(status()).containsPattern("acme +live +100 +0 +retired, not safe");

    CommandRun early = apply();
    assertThat(early.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(early.out()).contains("0 alerts compared with green live, 100 are needed");

    CommandRun back = apply("--back");
    assertThat(back.exitCode()).as(back.out() + back.err()).isEqualTo(ExitCode.GOOD);
    take();
    assertThat(status()).containsPattern("acme +shadow full ");
  }

  @Test
  void saysWhatLaunchDarklyRefuses() throws Exception {
    compared(100);
    // Of both flags the ids come first.
    int before = api.requests().size();
    Files.writeString(folder.resolve("token"), "api-of-somebody-else");

    CommandRun refused = apply();

    assertThat(refused.exitCode()).isEqualTo(ExitCode.DEPENDENCY_FAILED);
    assertThat(refused.err()).contains("401").doesNotContain("api-of-somebody-else");
    assertThat(api.requests().size()).isGreaterThan(before);
    assertThat(api.patches()).isEmpty();
  }

  /** LaunchDarkly tells its clients, and engines say that they decide by it. */
  private void take() throws Exception {
    launchDarkly.put(api.engineForm());
    engines();
  }

  private void engines() throws Exception {
    for (String engine : List.of("blue", "green")) {
      send(
          "engine-status",
          engine,
          bytes(
              """
              {"engine": "%1$s", "updated_at": "%2$s",
               "bundle": {"version": "b1", "parts": [], "in_force_at": "2026-01-01T00:00:00Z",
                          "in_force_subtasks": 1, "subtasks": 1},
               "rules": {"in_force": 1, "uncovered": 0, "rejected": 0, "quarantined": 0},
               "flags": {"version": "%3$s", "in_force_subtasks": 1, "subtasks": 1},
               "event_time": {"watermark": "%2$s", "behind_millis": 10}}
              """
                  .formatted(engine, Instant.now(), launchDarkly.version())));
    }
  }

  /** So many alerts matched while blue was live. */
  private void compared(long alerts) throws Exception {
    engines();
    SummaryRecord summary =
        new SummaryRecord(
            "acme",
            Instant.now().truncatedTo(ChronoUnit.HOURS),
            1,
            alerts,
            List.of("blue", "green"),
            Map.of(Verdict.MATCHED, alerts),
            Map.of(),
            Map.of("blue", Map.of(Verdict.MATCHED, alerts)),
            Map.of(),
            Map.of(),
            0,
            Map.of(),
            Map.of());
    send("parity", "acme", ParityJson.write(summary));
  }

  private void send(String topic, String key, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, bytes(key), value)).get();
      producer.close(Duration.ofSeconds(5));
    }
  }

  private CommandRun apply(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "next",
                "--customer",
                "acme",
                "--apply",
                "--api-uri",
                api.uri().toString(),
                "--api-token",
                "file:" + folder.resolve("token"),
                "--project",
                FakeFlagApi.PROJECT,
                "--environment",
                FakeFlagApi.ENVIRONMENT));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private String status() {
    return run(List.of("status")).out();
  }

  private CommandRun run(List<String> command) {
    List<String> arguments = new ArrayList<>(List.of("migrate"));
    arguments.addAll(command);
    arguments.addAll(
        List.of(
            "-Dkafka.bootstrap-servers=" + broker.bootstrapServers(),
            "-Dflags.source=launchdarkly",
            "-Dflags.relay-uri=" + launchDarkly.uri(),
            "-Dflags.sdk-key=file:" + folder.resolve("sdk-key")));
    return CommandRun.of(arguments.toArray());
  }
}
