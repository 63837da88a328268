package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.connector.kafka.DeadLetterFile;
import dev.lockstep.connector.kafka.DeadLetterProducer;
import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.local.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands about dead letters on a real broker, without an engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersCommandIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final byte[] NO_TEXT = {(byte) 0xFF, 0, 1};

  private KafkaBroker broker;
  private LockstepConfig config;
  private int tests;

  @BeforeAll
  void startBroker(@TempDir Path directory) throws Exception {
    broker = KafkaBroker.start(directory);
  }

  @AfterAll
  void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  @BeforeEach
  void createTopics() throws Exception {
    tests++;
    config =
        ConfigReader.read(
            null,
            Map.of(
                "kafka.bootstrap-servers", broker.bootstrapServers(),
                "dead-letters.topic", "dead" + tests,
                "dead-letters.parked.topic", "parked" + tests));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("dead" + tests, 1, (short) 1),
                  new NewTopic("parked" + tests, 1, (short) 1)))
          .all()
          .get();
    }
  }

  @Test
  void listsEachLetterOnceInItsNewestState() throws Exception {
    write("dead", ruleError("acme", "r1", 0), ruleError("acme", "r1", 1), malformed());
    write("parked", malformed());
    write("dead", ruleError("globex", "r2", 0));
    write("dead", DeadLetterRecord.resolved(ruleError("globex", "r2", 1)));

    JsonNode listed = list();
    assertThat(listed.path("matching").asInt()).isEqualTo(2);
    assertThat(states(listed))
        .containsExactlyInAnyOrder("waiting RULE_ERROR 1 r1", "parked MALFORMED 0 ");
    assertThat(states(list("--resolved"))).contains("resolved RULE_ERROR 0 r2");
    assertThat(states(list("--parked"))).containsExactly("parked MALFORMED 0 ");
    assertThat(states(list("--class", "RULE_ERROR"))).containsExactly("waiting RULE_ERROR 1 r1");
    assertThat(states(list("--customer", "nobody"))).isEmpty();
    assertThat(states(list("--engine", "blue", "--since", "1h", "--rule", "r1"))).hasSize(1);
    JsonNode limited = list("--limit", "1");
    assertThat(limited.path("matching").asInt()).isEqualTo(2);
    assertThat(states(limited)).hasSize(1);

    CommandRun text = run("list");
    assertThat(text.exitCode()).isZero();
    assertThat(text.out().lines().toList())
        .hasSize(3)
        .first()
        .asString()
        .matches("ID +STATE +CLASS +ATTEMPT +CUSTOMER +TIME +ORIGIN +REASON");
    assertThat(text.out()).contains("dead" + tests + "/0/1 ", "events/0/7\\u{202e}");
  }

  @Test
  void showsAllThatIsKnownOfALetter() throws Exception {
    DeadLetterRecord letter = ruleError("acme", "r1", 1);
    letter.bytes = "{\"user\":\"root\",\"n\":[1,2]}".getBytes(UTF_8);
    letter.transport =
        new Transport(
            "key-1".getBytes(UTF_8),
            1_767_225_600_000L,
            new RecordHeaders(List.of(new RecordHeaders.Header("tenant", "t1".getBytes(UTF_8)))));
    DeadLetterRecord binary = malformed();
    binary.bytes = NO_TEXT;
    write("dead", letter, binary);

    CommandRun json = run("show", "dead" + tests + "/0/0");
    assertThat(json.exitCode()).isZero();
    assertThat(json.out())
        .contains("RULE_ERROR", "rule-id             r1", "attempt             1")
        .contains("original-key        key-1", "original.tenant     t1", "2026-01-01T00:00:00Z")
        .contains("  \"user\" : \"root\",\n");
    assertThat(run("show", "dead" + tests + "/0/1").out()).contains("000000  ff 00 01");
    JsonNode document =
        new ObjectMapper().readTree(run("show", "dead" + tests + "/0/0", "--format", "json").out());
    assertThat(document.path("value").asText()).isEqualTo("{\"user\":\"root\",\"n\":[1,2]}");
    assertThat(document.path("original").path("headers").path(0).path("name").asText())
        .isEqualTo("tenant");
  }

  @Test
  void anIdThatIsNoneOrOfNothingIsAnInputError() {
    for (String id : List.of("17", "dead" + tests + "/0/9", "dead" + tests + "/7/0", "no/0/0")) {
      CommandRun run = run("show", id);
      assertThat(run.exitCode()).as(id).isEqualTo(ExitCode.INPUT_ERROR);
      assertThat(run.err()).as(id).contains(id);
    }
    assertThat(run("redrive", "dead" + tests + "/0/9").exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
  }

  @Test
  void redrivesByIdWithAllThatATryNeeds() throws Exception {
    DeadLetterRecord letter = ruleError("acme", "r1", 3);
    letter.transport = new Transport(NO_TEXT, 7, RecordHeaders.NONE);
    write("parked", letter);

    CommandRun run = run("redrive", "parked" + tests + "/0/0");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("redrive: 1 letters, 0 skipped");
    DeadLetterRecord sent = written("dead").get(0).letter();
    assertThat(sent)
        .usingRecursiveComparison()
        .ignoringFields("command", "engine")
        .isEqualTo(letter);
    assertThat(sent.command).isEqualTo("redrive");
    assertThat(sent.engine).isEqualTo("blue");
    assertThat(states(list())).containsExactly("redriven RULE_ERROR 3 r1");

    assertThat(run("redrive", "parked" + tests + "/0/0", "--to", "green").exitCode()).isZero();
    assertThat(written("dead").get(1).letter().engine).isEqualTo("green");
  }

  @Test
  void redrivesByFilterWhatCanBeTriedAndSaysWhatItSkips() throws Exception {
    DeadLetterRecord late =
        new DeadLetterRecord(
            DeadLetterClass.LATE, "late", "events/0/9", "acme", "{}".getBytes(UTF_8));
    write("parked", malformed(), late, ruleError("globex", "r2", 3));

    CommandRun dry = run("redrive", "--customer", "acme", "--dry-run");
    assertThat(dry.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(dry.out())
        .contains("would redrive  parked" + tests + "/0/0  MALFORMED")
        .contains("skip  parked" + tests + "/0/1  it was judged when it came")
        .contains("redrive: 1 letters (dry run: nothing was sent), 1 skipped");
    assertThat(written("dead")).isEmpty();

    assertThat(run("redrive", "--class", "MALFORMED,RULE_ERROR").exitCode()).isZero();
    assertThat(written("dead"))
        .extracting(filed -> filed.letter().deadLetterClass)
        .containsExactlyInAnyOrder("MALFORMED", "RULE_ERROR");
  }

  @Test
  void parksWhatWaitsAndSkipsWhatIsParked() throws Exception {
    write("dead", ruleError("acme", "r1", 0));
    write("parked", malformed());

    CommandRun run = run("park", "--all", "--format", "json");
    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(document.path("letters")).hasSize(1);
    assertThat(document.path("skipped").path(0).path("why").asText())
        .isEqualTo("it is parked already");
    DeadLetterRecord sent = written("dead").get(1).letter();
    assertThat(sent.command).isEqualTo(LetterCommand.PARK.wireName());
    assertThat(sent.identity()).isEqualTo(ruleError("acme", "r1", 0).identity());
  }

  @Test
  void aBrokerThatIsNotThereIsAFailedDependencyWithinTheTimeout() {
    long start = System.nanoTime();
    CommandRun run =
        CommandRun.of(
            "dead-letters", "list", "--timeout", "2s", "-Dkafka.bootstrap-servers=127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DEPENDENCY_FAILED);
    assertThat(run.err()).startsWith("lockstep: Kafka does not answer").contains("127.0.0.1:1");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void topicsThatAreNotThereYetHoldNothing() {
    CommandRun run =
        CommandRun.of(
            "dead-letters",
            "list",
            "-Dkafka.bootstrap-servers=" + broker.bootstrapServers(),
            "-Ddead-letters.topic=none");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("No dead letters.\n");
    assertThat(run.err()).contains("there is no topic none yet");
  }

  private CommandRun run(String command, String... arguments) {
    return CommandRun.of(
        Stream.of(
                Stream.of("dead-letters", command),
                Stream.of(arguments),
                Stream.of(
                    "-Dkafka.bootstrap-servers=" + broker.bootstrapServers(),
                    "-Ddead-letters.topic=dead" + tests,
                    "-Ddead-letters.parked.topic=parked" + tests))
            .flatMap(part -> part)
            .toArray());
  }

  private JsonNode list(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--format", "json"));
    CommandRun run = run("list", all.toArray(new String[0]));
    assertThat(run.err()).isEmpty();
    return new ObjectMapper().readTree(run.out());
  }

  private static List<String> states(JsonNode listed) {
    List<String> states = new ArrayList<>();
    for (JsonNode letter : listed.path("letters")) {
      states.add(
          "%s %s %s %s"
              .formatted(
                  letter.path("state").asText(),
                  letter.path("class").asText(),
                  letter.path("attempt").asText(),
                  letter.path("ruleId").asText()));
    }
    return states;
  }

  private void write(String topic, DeadLetterRecord... letters) throws Exception {
    try (DeadLetterProducer producer =
        DeadLetterProducer.open(config.kafka(), topic + tests, PATIENCE)) {
      for (DeadLetterRecord letter : letters) {
        producer.send(letter);
      }
    }
  }

  private List<FiledLetter> written(String topic) throws Exception {
    List<FiledLetter> letters = new ArrayList<>();
    try (DeadLetterFile file = DeadLetterFile.open(config.kafka(), PATIENCE)) {
      file.read(topic + tests, letters::add);
    }
    return letters;
  }

  private static DeadLetterRecord ruleError(String customer, String ruleId, int attempt) {
    DeadLetterRecord letter =
        new DeadLetterRecord(
            DeadLetterClass.RULE_ERROR,
            "rule failed",
            "events/0/7\u202e",
            customer,
            "{}".getBytes(UTF_8));
    letter.ruleId = ruleId;
    letter.attempt = attempt;
    return letter;
  }

  private static DeadLetterRecord malformed() {
    return new DeadLetterRecord(
        DeadLetterClass.MALFORMED, "no JSON", "events/0/8", "acme", "oops".getBytes(UTF_8));
  }
}
