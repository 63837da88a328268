package dev.lockstep.cli;

import static dev.lockstep.cli.StatusRecords.NEW;
import static dev.lockstep.cli.StatusRecords.OLD;
import static dev.lockstep.cli.StatusRecords.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.local.KafkaBroker;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the status of rules on a real broker, with records as an engine writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesStatusCommandIT {

  private KafkaBroker broker;
  private KafkaProducer<byte[], byte[]> producer;
  private int tests;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = KafkaBroker.start(directory);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
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

  @BeforeEach
  void nextTopics() {
    tests++;
  }

  @Test
  void showsTheNewestStatusOfEachEngineAndRule() throws Exception {
    createTopics();
    engine("blue", StatusRecords.engine(OLD, 4, 0));
    engine("blue", StatusRecords.engine(NEW, 4, 1));
    engine("green", StatusRecords.engine(OLD, 4, 0));
    rule("blue/r1", StatusRecords.rule("accepted", ""));
    rule("blue/r1", StatusRecords.rule("rejected", ",\"issues\":[\"r.yml:1:2: no\"]"));
    rule("green/r2", StatusRecords.rule("accepted", ""));

    CommandRun text = run("status");
    assertThat(text.err()).isEmpty();
    assertThat(text.exitCode()).isZero();
    assertThat(text.out())
        .contains("blue\n  bundle     " + NEW, "green\n  bundle     " + OLD, "r.yml:1:2: no")
        .doesNotContain("r2");
    JsonNode green =
        new ObjectMapper()
            .readTree(run("status", "--engine", "green", "--all", "--format", "json").out())
            .path("engines");
    assertThat(green).hasSize(1);
    assertThat(green.path(0).path("rules").path(0).path("rule").asText()).isEqualTo("r2");
    assertThat(run("status", "--engine", "red").exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
  }

  @Test
  void returnsAsSoonAsTheVersionIsInForceOnAllSubtasks() throws Exception {
    createTopics();
    engine("blue", StatusRecords.engine(OLD, 4, 0));
    CompletableFuture<CommandRun> waiting =
        CompletableFuture.supplyAsync(() -> run("status", "--wait", NEW.substring(0, 8)));
    // The third look shows that it waits: it has read what was there before.
    for (int subtasks = 1; subtasks < 4; subtasks++) {
      engine("blue", StatusRecords.engine(NEW, subtasks, 0));
      assertThat(run("status").out()).contains("on " + subtasks + " of 4 subtasks so far");
    }
    assertThat(waiting).isNotDone();
    engine("blue", StatusRecords.engine(NEW, 4, 0));

    assertThat(waiting.get(30, TimeUnit.SECONDS))
        .isEqualTo(
            new CommandRun(0, NEW.substring(0, 8) + " is in force on all subtasks of blue\n", ""));
  }

  @Test
  void rejectedRulesAreNamedAndEndWithOneUnlessTheyAreAllowed() throws Exception {
    createTopics();
    engine("blue", StatusRecords.engine(NEW, 4, 1));
    rule("blue/r1", StatusRecords.rule("rejected", ",\"issues\":[\"r.yml:1:2: no\"]"));

    CommandRun run = run("status", "--wait", NEW);
    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out()).contains("with 1 rule rejected\n", "  r1\n", "r.yml:1:2: no");
    assertThat(run("status", "--wait", NEW, "--allow-rejected").exitCode()).isZero();
  }

  @Test
  void aRefusalAndATimeThatIsUpEndWithOne() throws Exception {
    createTopics();
    engine("blue", StatusRecords.refusing(NEW));

    CommandRun refused = run("status", "--wait", NEW, "--format", "json");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    JsonNode document = new ObjectMapper().readTree(refused.out());
    assertThat(document.path("wait").path("outcome").asText()).isEqualTo("refused");
    assertThat(document.path("engines")).hasSize(1);
    CommandRun late = run("status", "--wait", "11111111", "--timeout", "300ms");
    assertThat(late.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(late.out())
        .isEqualTo(
            "11111111 is not in force after 300 ms: blue has " + OLD + " on 4 of 4 subtasks\n");
  }

  @Test
  void topicsThatComeLaterAreFollowed() throws Exception {
    assertThat(run("status").out()).isEqualTo("No engine has a status.\n");
    StringWriter err = new StringWriter();
    Streams streams =
        new Streams(
            InputStream.nullInputStream(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, /* autoFlush= */ true));
    CompletableFuture<Integer> waiting =
        CompletableFuture.supplyAsync(
            () -> Lockstep.run(streams, arguments("status", "--wait", NEW)));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!err.toString().contains("there is no topic engines" + tests + " yet")) {
      assertThat(System.nanoTime()).as("the time until it has looked").isLessThan(deadline);
      Thread.onSpinWait();
    }
    createTopics();
    engine("blue", StatusRecords.engine(NEW, 4, 0));

    assertThat(waiting.get(30, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aReleaseIsARecordUnderTheRulesKeyWithACommand() throws Exception {
    createTopics();
    rule("blue/a/b", StatusRecords.rule("quarantined", ""));

    CommandRun run = run("release", "a/b", "--engine", "blue");

    assertThat(run).isEqualTo(new CommandRun(0, "asked blue to release a/b\n", ""));
    ConsumerRecord<byte[], byte[]> order = lastRule();
    assertThat(new String(order.key(), UTF_8)).isEqualTo("blue/a/b");
    assertThat(order.headers().lastHeader("command").value()).isEqualTo(bytes("release"));
    JsonNode value = new ObjectMapper().readTree(order.value());
    assertThat(value.path("engine").asText()).isEqualTo("blue");
    assertThat(value.path("rule_id").asText()).isEqualTo("a/b");
    assertThat(value.path("status").asText()).isEqualTo("released");
    assertThat(value.path("since").asText()).endsWith("Z");
    assertThat(run("status").out()).contains("a/b  (in force again as soon as the engine runs)");
  }

  @Test
  void aReleaseMayBeWaitedFor() throws Exception {
    createTopics();
    rule("blue/r1", StatusRecords.rule("quarantined", ""));
    CommandRun unanswered = run("release", "r1", "--engine", "blue", "--wait", "--timeout", "1s");
    assertThat(unanswered.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(unanswered.out()).contains("blue has not answered within 1 s: does its job run?");

    CompletableFuture<CommandRun> waiting =
        CompletableFuture.supplyAsync(
            () -> run("release", "r1", "--engine", "blue", "--wait", "--force"));
    while (endOfRules() < 3 && !waiting.isDone()) {
      Thread.onSpinWait();
    }
    rule("blue/r1", StatusRecords.rule("released", ",\"answered_at\":\"2026-01-01T00:00:00Z\""));

    assertThat(waiting.get(30, TimeUnit.SECONDS))
        .isEqualTo(
            new CommandRun(0, "asked blue to release r1\nr1 is in force again in blue\n", ""));
    assertThat(run("status").out()).contains("r1  (in force again)");
  }

  @Test
  void aRuleThatIsInForceIsReleasedByForceOnly() throws Exception {
    createTopics();
    rule("blue/r1", StatusRecords.rule("accepted", ""));

    CommandRun refused = run("release", "r1", "--engine", "blue");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(refused.err()).contains("'r1' of engine blue is accepted, neither quarantined");
    assertThat(run("release", "r2", "--engine", "blue").err()).contains("is not known");
    assertThat(lastRule().headers()).isEmpty();
    assertThat(run("release", "r1", "--engine", "blue", "--force").exitCode()).isZero();
    assertThat(lastRule().headers()).hasSize(1);
  }

  @Test
  void aBrokerThatIsNotThereIsAFailedDependency() {
    for (List<String> command :
        List.of(
            List.of("status"),
            List.of("status", "--wait", NEW),
            List.of("release", "r", "--engine", "blue"))) {
      CommandRun run =
          CommandRun.of(
              Stream.of(
                      Stream.of("rules"),
                      command.stream(),
                      Stream.of("-Dkafka.bootstrap-servers=127.0.0.1:1"))
                  .flatMap(part -> part)
                  .toArray());
      assertThat(run.exitCode()).as(command.toString()).isEqualTo(ExitCode.DEPENDENCY_FAILED);
      assertThat(run.err()).startsWith("lockstep: Kafka does not answer").contains("127.0.0.1:1");
    }
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of((Object[]) arguments(arguments));
  }

  private String[] arguments(String... arguments) {
    return Stream.of(
            Stream.of("rules"),
            Stream.of(arguments),
            Stream.of(
                "-Dkafka.bootstrap-servers=" + broker.bootstrapServers(),
                "-Dengine-status.topic=engines" + tests,
                "-Drule-status.topic=rules" + tests))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private void createTopics() throws Exception {
    Map<String, String> compacted = Map.of("cleanup.policy", "compact");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("engines" + tests, 1, (short) 1).configs(compacted),
                  new NewTopic("rules" + tests, 1, (short) 1).configs(compacted)))
          .all()
          .get();
    }
  }

  /** Returns when Kafka has it. */
  private void engine(String engine, byte[] value) throws Exception {
    producer.send(new ProducerRecord<>("engines" + tests, bytes(engine), value)).get();
  }

  private void rule(String key, byte[] value) throws Exception {
    producer.send(new ProducerRecord<>("rules" + tests, bytes(key), value)).get();
  }

  private long endOfRules() {
    TopicPartition partition = new TopicPartition("rules" + tests, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }
  }

  private ConsumerRecord<byte[], byte[]> lastRule() {
    TopicPartition partition = new TopicPartition("rules" + tests, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      long last = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L) - 1;
      consumer.seek(partition, last);
      List<ConsumerRecord<byte[], byte[]>> records = List.of();
      while (records.isEmpty()) {
        records = consumer.poll(Duration.ofSeconds(1)).records(partition);
      }
      return records.get(0);
    }
  }
}
