package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.connector.kafka.DeadLetterFile;
import dev.lockstep.connector.kafka.DeadLetterProducer;
import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.job.IndexJob;
import dev.lockstep.job.config.LockstepConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Events in Elasticsearch: each of them once, whatever happens, and none that nobody asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventIndexIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One time for all, so that it is one day. */
  private final String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What some version of some mapping would refuse, though each is an event. */
  private static final List<String> ODD =
      List.of(
          "\"source\":{\"ip\":\"no address\"},\"http\":{\"response\":{\"status_code\":\"none\"}}",
          "\"source\":\"a text\",\"event\":\"a text\",\"process\":[1,{\"pid\":{\"a\":1}}]",
          "\"host\":{\"name\":{\"first\":\"a\"}},\"url.path\":[[\"/a\"],null,true]",
          "\"a\":1,\"a\":2",
          "\"a\\u0000b\":1",
          "\"\":1,\" \":2,\".\":3,\"a..b\":4",
          "\"a\":\"\\ud800\",\"b\":\"x\\udc00y\"",
          "\"a\":" + "9".repeat(400) + ",\"b\":1e400,\"c\":-0.0",
          "\"CommandLine\":\"" + "x".repeat(40_000) + "\"",
          "\"a\":\"" + "\\u20ac".repeat(8_191) + "\"",
          "\"" + "n".repeat(2_600) + "\":\"" + "\\u20ac".repeat(8_191) + "\"",
          "\"" + "n".repeat(40_000) + "\":1",
          "\"a\":" + "{\"a\":".repeat(150) + "1" + "}".repeat(150),
          "\"a\":" + "[".repeat(150) + "1" + "]".repeat(150));

  private LocalSystem system;

  @BeforeAll
  void startServices(@TempDir Path directory) throws Exception {
    system = LocalSystem.start(directory);
    LocalSystem.write(system.rules.resolve("r.yml"), LocalSystem.rule("r", "User: nobody"));
  }

  @AfterAll
  void stopServices() throws Exception {
    if (system != null) {
      system.close();
    }
  }

  /** The slots are few: the jobs of a test that failed would keep the next one from starting. */
  @AfterEach
  void cancelJobs() throws Exception {
    system.cancelAll();
  }

  @Test
  void eachEventIsThereOnceAfterAKill() throws Exception {
    LockstepConfig config = config("azure", Map.of());
    system.start(config);
    sendPlain(config, 0, 3_000);
    LocalSystem.await("the first events", () -> count("azure-corp") > 500);
    long checkpoints = LocalSystem.checkpoints(IndexJob.name(config));
    LocalSystem.await(
        "a checkpoint", () -> LocalSystem.checkpoints(IndexJob.name(config)) > checkpoints);
    sendPlain(config, 3_000, 5_000);
    system.flink.killTaskManager();
    sendPlain(config, 5_000, 6_000);
    for (int i = 0; i < ODD.size(); i++) {
      system.send(config, "azure-corp", "{\"event_id\":\"odd-" + i + "\"," + ODD.get(i) + "}");
    }
    system.send(config, "azure-other", "{\"event_id\":\"1\"}");
    system.send(config, "azure-corp", "no event");

    LocalSystem.await(
        "all events",
        () -> count("azure-corp") >= 6_000 + ODD.size(),
        () -> count("azure-corp") + " are there, letters: " + lettersOf(config));
    LocalSystem.awaitCheckpoints(IndexJob.name(config));

    assertThat(count("azure-corp")).isEqualTo(6_000 + ODD.size());
    assertThat(count("azure-other")).isZero();
    assertThat(lettersOf(config)).isEmpty();
    JsonNode document = hits("azure-corp", "{\"term\":{\"event.id\":\"e-5999\"}}").at("/0/_source");
    assertThat(document)
        .isEqualTo(
            JSON.readTree(
                """
                {"@timestamp":"%s","ecs":{"version":"8.11.0"},
                 "event":{"created":"%s","id":"e-5999","kind":"event"},
                 "http":{"request":{"method":"GET"},"response":{"status_code":200}},
                 "lockstep":{"event":{"event_id":"e-5999","@timestamp":"%s",
                     "c-ip":"192.0.2.111","cs-method":"GET","cs-uri-stem":"/a/5999",
                     "sc-status":200,"own field":"5999"},"origin":"%s"},
                 "organization":{"id":"azure-corp"},"source":{"ip":"192.0.2.111"},
                 "url":{"path":"/a/5999"}}"""
                    .formatted(
                        time.replace("Z", ".000Z"),
                        document.at("/event/created").asText(),
                        time,
                        document.at("/lockstep/origin").asText())));
    for (String query :
        List.of(
            "{\"term\":{\"source.ip\":\"192.0.2.64/26\"}}",
            "{\"range\":{\"http.response.status_code\":{\"gte\":200}}}",
            "{\"term\":{\"lockstep.event.own field\":\"17\"}}",
            "{\"prefix\":{\"lockstep.event.cs-uri-stem\":\"/a/17\"}}",
            "{\"match\":{\"url.path.text\":\"a/17\"}}",
            "{\"term\":{\"lockstep.event\":\"" + "\\u20ac".repeat(8_191) + "\"}}")) {
      assertThat(hits("azure-corp", query)).as(query).isNotEmpty();
    }
  }

  @Test
  void aRefusedEventIsADeadLetterAndComesBackWhenItIsRedriven() throws Exception {
    String index = "/lockstep-events-teal-corp-" + time.substring(0, 10).replace('-', '.');
    LockstepConfig config = config("teal", Map.of("dead-letters.retry-delays", ""));
    system.elasticsearch(
        "PUT",
        index,
        "{\"mappings\":{\"properties\":{\"user\":{\"properties\":{\"name\":{\"type\":\"long\"}}}}}}");
    List<JobID> jobs = system.start(config);
    system.send(config, "teal-corp", event("good", "\"a\":1"));
    system.send(config, "teal-corp", event("bad", "\"user\":{\"name\":\"root\"}"));
    LocalSystem.await("its letter", () -> parked(config).size() == 1);
    LocalSystem.await("the other one", () -> count("teal-corp") == 1);
    FiledLetter parked = parked(config).get(0);
    assertThat(parked.letter().deadLetterClass).isEqualTo("EVENT_NOT_INDEXED");
    assertThat(parked.letter().reason).contains("user.name");
    assertThat(parked.letter().origin).startsWith("teal.events/");

    system.elasticsearch("DELETE", index, "");
    try (DeadLetterProducer producer =
        DeadLetterProducer.open(config.kafka(), config.deadLetters().topic(), PATIENCE)) {
      producer.send(parked.letter().withCommand(LetterCommand.REDRIVE));
    }
    LocalSystem.await(
        "its document", () -> hits("teal-corp", "{\"term\":{\"user.name\":\"root\"}}").size() == 1);
    LocalSystem.await(
        "its note",
        () ->
            letters(config).stream().anyMatch(filed -> "resolved".equals(filed.letter().command)));
    assertThat(letters(config).get(letters(config).size() - 1).letter().identity())
        .isEqualTo(parked.letter().identity());
    system.cancel(jobs);
  }

  private LockstepConfig config(String engine, Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("flags.source", "none");
    options.put("flags.on-missing", "shadow");
    options.put("event-index.customers", engine + "-corp");
    options.put("event-index.bulk.actions", "200");
    options.put("event-index.bulk.interval", "200 ms");
    options.putAll(more);
    return system.config(engine, options);
  }

  private void sendPlain(LockstepConfig config, int from, int to) {
    for (int i = from; i < to; i++) {
      system.send(
          config,
          "azure-corp",
          event(
              "e-" + i,
              "\"c-ip\":\"192.0.2.%d\",\"cs-method\":\"GET\",\"cs-uri-stem\":\"/a/%d\",\"sc-status\":200,\"own field\":\"%d\""
                  .formatted(i % 256, i, i)));
    }
  }

  private String event(String id, String members) {
    return "{\"event_id\":\"%s\",\"@timestamp\":\"%s\",%s}".formatted(id, time, members);
  }

  private long count(String customer) throws Exception {
    system.elasticsearch("POST", "/lockstep-events-" + customer + "-*/_refresh", "");
    return JSON.readTree(
            system.elasticsearch("POST", "/lockstep-events-" + customer + "-*/_count", ""))
        .path("count")
        .asLong();
  }

  private JsonNode hits(String customer, String query) throws Exception {
    system.elasticsearch("POST", "/lockstep-events-" + customer + "-*/_refresh", "");
    String answer =
        system.elasticsearch(
            "POST", "/lockstep-events-" + customer + "-*/_search", "{\"query\":" + query + "}");
    return JSON.readTree(answer).at("/hits/hits");
  }

  /** Of events that were refused, in words. */
  private static List<String> lettersOf(LockstepConfig config) throws Exception {
    return letters(config).stream()
        .filter(filed -> filed.letter().deadLetterClass.equals("EVENT_NOT_INDEXED"))
        .map(filed -> filed.letter().reason)
        .toList();
  }

  private static List<FiledLetter> letters(LockstepConfig config) throws Exception {
    return read(config, config.deadLetters().topic());
  }

  private static List<FiledLetter> parked(LockstepConfig config) throws Exception {
    return read(config, config.deadLetters().parkedTopic());
  }

  private static List<FiledLetter> read(LockstepConfig config, String topic) throws Exception {
    List<FiledLetter> letters = new ArrayList<>();
    try (DeadLetterFile file = DeadLetterFile.open(config.kafka(), PATIENCE)) {
      file.read(topic, letters::add);
    }
    return letters;
  }
}
