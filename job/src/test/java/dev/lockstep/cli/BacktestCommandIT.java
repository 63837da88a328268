package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.local.KafkaBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Backtests over the events of a real broker, each on a cluster of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BacktestCommandIT {

  private static final Instant BEGIN = Instant.parse("2026-01-01T10:00:00Z");
  private static final Instant END = Instant.parse("2026-01-01T11:00:00Z");

  private static final String RULES =
      """
      title: Root logs on
      id: root
      logsource: {product: test}
      detection: {s: {user: root, outcome: success}, condition: s}
      ---
      title: Failed logon
      name: failed
      logsource: {product: test}
      detection: {s: {outcome: failure}, condition: s}
      ---
      title: Brute force
      id: brute
      correlation:
        type: event_count
        rules: [failed]
        group-by: [user]
        timespan: 10m
        condition: {gte: 3}
      ---
      title: Nobody fails any more
      id: silent
      correlation:
        type: absence
        rules: [failed]
        group-by: [user]
        timespan: 10m
      """;

  private KafkaBroker broker;
  private KafkaProducer<byte[], byte[]> producer;
  private Path folder;

  @BeforeAll
  void startBroker(@TempDir Path directory) throws Exception {
    folder = directory;
    broker = KafkaBroker.start(directory.resolve("kafka"));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  // Brokers delete records that say that they are old.
                  new NewTopic("events", 3, (short) 1).configs(Map.of("retention.ms", "-1")),
                  new NewTopic("alerts.live", 2, (short) 1),
                  new NewTopic("alerts.shadow", 2, (short) 1)))
          .all()
          .get();
    }
  }

  @AfterAll
  void stopBroker() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void tellsWhatCandidatesWouldHaveRaisedAndWritesNothing() throws Exception {
    Path before = rules("before", RULES);
    // Two failures before the period, one in it: a window that began before.
    failure("eve", -120);
    failure("eve", -60);
    failure("eve", 60);
    for (long minute = 5; minute < 55; minute += 5) {
      logon("acme", "root", minute * 60);
      logon("globex", "root", minute * 60);
    }
    // Silent after it, which nobody can know at the end of the period.
    failure("mallory", 55 * 60);
    // Not in the period.
    logon("acme", "root", -30);
    logon("acme", "root", 60 * 60);
    producer.flush();
    Path raised = folder.resolve("raised.ndjson");

    JsonNode first = backtest(before, 0, "--write-new", raised.toString());

    assertThat(changes(first))
        .as(first.toPrettyString())
        .containsExactly(
            "acme brute 0 raised, 0 same, 1 new, 0 gone",
            "acme root 0 raised, 0 same, 10 new, 0 gone",
            "acme silent 0 raised, 0 same, 1 new, 0 gone",
            "globex root 0 raised, 0 same, 10 new, 0 gone");
    assertThat(first.path("warmUpMillis").asLong()).isEqualTo(600_000);
    assertThat(Files.readAllLines(raised)).hasSize(22);
    assertThat(records("alerts.live") + records("alerts.shadow")).isZero();

    // An engine has raised them since, some in either lane and some in both.
    int number = 0;
    for (String line : Files.readAllLines(raised)) {
      send(number % 2 == 0 ? "alerts.live" : "alerts.shadow", null, line, Instant.now());
      if (number % 3 == 0) {
        send("alerts.shadow", null, line, Instant.now());
      }
      number++;
    }
    producer.flush();
    Path after =
        rules(
            "after",
            RULES.replace("user: root,", "user: root, hour: even,").replace("gte: 3", "gte: 4"));
    JsonNode second = backtest(after, 1, "--customer", "acme", "--max-gone", "5");

    assertThat(changes(second))
        .as(second.toPrettyString())
        .containsExactly(
            "acme brute 1 raised, 0 same, 0 new, 1 gone",
            "acme root 10 raised, 5 same, 0 new, 5 gone",
            "acme silent 1 raised, 1 same, 0 new, 0 gone");
    assertThat(second.path("events").asLong()).isEqualTo(16);
  }

  @Test
  void noEventsAreNoProof() throws Exception {
    CommandRun run = run(rules("unseen", RULES), "--customer", "nobody");

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.err())
        .contains("there are no events to judge: of these customers, none in topic events was");
  }

  @Test
  void judgesNothingByRulesWithIssuesNorOverNoTime() throws Exception {
    Path broken = rules("broken", "title: Broken\nid: b\ndetection: {condition: s}\n");

    CommandRun issues = run(broken);
    assertThat(issues.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(issues.err()).contains("r.yml:", "in the rules: nothing was judged");
    CommandRun noTime = run(rules("good", RULES), "--to", "2026-01-01T10:00:00Z");
    assertThat(noTime.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(noTime.err()).contains("--from must be before --to");
  }

  @Test
  void aBrokerThatIsNotThereIsAFailedDependency() throws Exception {
    CommandRun run =
        CommandRun.of(
            "backtest",
            "--rules",
            rules("lost", RULES),
            "--from",
            "1h",
            "-Dkafka.bootstrap-servers=127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DEPENDENCY_FAILED);
    assertThat(run.err()).startsWith("lockstep: Kafka does not answer").contains("127.0.0.1:1");
  }

  private void failure(String user, long second) {
    event("acme", user, "failure", second);
  }

  private void logon(String customer, String user, long second) {
    event(customer, user, "success", second);
  }

  private void event(String customer, String user, String outcome, long second) {
    Instant time = BEGIN.plusSeconds(second);
    send(
        "events",
        customer,
        "{\"event_id\":\"%s-%s-%d\",\"customer\":\"%1$s\",\"user\":\"%2$s\",\"outcome\":\"%s\",\"hour\":\"%s\",\"@timestamp\":\"%s\"}"
            .formatted(
                customer, user, second, outcome, second / 300 % 2 == 0 ? "even" : "odd", time),
        time);
  }

  private void send(String topic, @Nullable String key, String value, Instant time) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                /* partition= */ null,
                time.toEpochMilli(),
                key == null ? null : key.getBytes(UTF_8),
                value.getBytes(UTF_8)),
            (metadata, exception) -> assertThat(exception).isNull());
  }

  private long records(String topic) throws Exception {
    long[] number = new long[1];
    PastRecords.read(
        ConfigReader.read(null, Map.of("kafka.bootstrap-servers", broker.bootstrapServers())),
        List.of(topic),
        Instant.EPOCH,
        Duration.ofSeconds(10),
        record -> number[0]++);
    return number[0];
  }

  private Path rules(String name, String text) throws Exception {
    Path rules = Files.createDirectories(folder.resolve(name));
    Files.writeString(rules.resolve("r.yml"), text);
    return rules;
  }

  private JsonNode backtest(Path rules, int exitCode, String... more) throws Exception {
    CommandRun run = run(rules, more);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(exitCode);
    return new ObjectMapper().readTree(run.out());
  }

  private CommandRun run(Path rules, String... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("backtest", "--rules", rules, "--from", BEGIN));
    if (!List.of(more).contains("--to")) {
      arguments.addAll(List.of("--to", END));
    }
    arguments.addAll(List.of("--format", "json"));
    arguments.add("-Dkafka.bootstrap-servers=" + broker.bootstrapServers());
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  private static List<String> changes(JsonNode json) {
    List<String> changes = new ArrayList<>();
    for (JsonNode change : json.path("changes")) {
      changes.add(
          "%s %s %d raised, %d same, %d new, %d gone"
              .formatted(
                  change.path("customer").asText(),
                  change.path("rule").asText(),
                  change.path("raised").asInt(),
                  change.path("same").asInt(),
                  change.path("new").asInt(),
                  change.path("gone").asInt()));
    }
    return changes;
  }
}
