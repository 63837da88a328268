package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.alert.Lane;
import dev.lockstep.connector.kafka.DeadLetterFile;
import dev.lockstep.connector.kafka.DeadLetterProducer;
import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.job.config.LockstepConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters on real Kafka and the real detection job. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** As many fields as an alert shows. */
  private static final int FIELDS = 50;

  private LocalSystem system;

  @BeforeAll
  void startServices(@TempDir Path directory) throws Exception {
    system = LocalSystem.startWithoutElasticsearch(directory, Map.of());
  }

  @AfterAll
  void stopServices() throws Exception {
    if (system != null) {
      system.close();
    }
  }

  @BeforeEach
  void writeRules() throws Exception {
    LocalSystem.write(system.rules.resolve("wide.yml"), tooWide());
    LocalSystem.write(system.rules.resolve("other.yml"), LocalSystem.rule("other", "User: root"));
  }

  @Test
  void aRuleThatFailsIsReplacedAndTheLetterBecomesOneAlertBesideThoseOfOtherRules()
      throws Exception {
    LockstepConfig config =
        config("blue", Map.of("dead-letters.retry-delays", "1 s, 1 s" + ", 4 s".repeat(30)));
    List<JobID> jobs = system.start(config);
    system.send(config, "acme", event("e1"));
    LocalSystem.await("the first letter", () -> !letters(config).isEmpty());
    LocalSystem.await("a try that fails", () -> newest(config).letter().attempt >= 1);
    FiledLetter failed = newest(config);
    assertThat(failed.letter().identity()).endsWith(" RULE_ERROR wide");
    assertThat(failed.letter().reason).contains("rule wide");

    system.flink.killTaskManager();
    LocalSystem.write(
        system.rules.resolve("wide.yml"), LocalSystem.rule("wide", "F0|contains: marker"));
    LocalSystem.await("the alert", () -> rulesOf(config).contains("wide"));
    LocalSystem.await("its note", () -> "resolved".equals(newest(config).letter().command));
    system.send(config, "acme", event("e2"));
    LocalSystem.await("alerts of the next event", () -> rulesOf(config).size() >= 4);

    assertThat(rulesOf(config)).containsExactlyInAnyOrder("other", "wide", "other", "wide");
    assertThat(system.alerts(config, Lane.SHADOW))
        .extracting(alert -> alert.id())
        .doesNotHaveDuplicates();
    assertThat(letters(config).stream().map(each -> each.letter().attempt).toList())
        .as("each attempt once")
        .doesNotHaveDuplicates();
    assertThat(system.committed(config.deadLetters().parkedTopic())).isEmpty();
    system.cancel(jobs);
  }

  @Test
  void whatIsParkedIsTriedAgainWhenSomebodyAsks() throws Exception {
    LockstepConfig config = config("green", Map.of("dead-letters.retry-delays", "1 s"));
    List<JobID> jobs = system.start(config);
    system.send(config, "acme", event("e1"));
    system.send(config, "acme", "no JSON");
    LocalSystem.await("two parked letters", () -> parked(config).size() == 2);
    assertThat(parked(config))
        .extracting(filed -> filed.letter().deadLetterClass + " " + filed.letter().attempt)
        .containsExactlyInAnyOrder("MALFORMED 0", "RULE_ERROR 1");

    LocalSystem.write(
        system.rules.resolve("wide.yml"), LocalSystem.rule("wide", "F0|contains: marker"));
    LocalSystem.await(
        "the new rule in force",
        () -> {
          system.send(config, "globex", event("probe"));
          system.awaitDrained(config);
          return rulesOf(config).contains("wide");
        });
    long before = rulesOf(config).size();
    redrive(config, parked(config));
    LocalSystem.await("its alert", () -> rulesOf(config).size() == before + 1);
    LocalSystem.await(
        "the other letter to be parked again",
        () ->
            parked(config).stream()
                    .filter(filed -> filed.letter().deadLetterClass.equals("MALFORMED"))
                    .count()
                == 2);
    assertThat(newest(config).letter().command).isEqualTo("resolved");
    assertThat(
            system.alerts(config, Lane.SHADOW).stream()
                .filter(alert -> alert.customer().equals("acme"))
                .map(alert -> alert.rule().id()))
        .containsExactlyInAnyOrder("other", "wide");
    system.cancel(jobs);
  }

  @Test
  void aLateEventIsJudgedAndKept() throws Exception {
    LockstepConfig config =
        config(
            "violet",
            Map.of(
                "events.max-out-of-orderness", "1 s",
                "events.allowed-lateness", "1 min",
                "events.idleness", "1 s"));
    List<JobID> jobs = system.start(config);
    AtomicInteger sent = new AtomicInteger();
    // Event time follows the newest event when the partitions without any are idle.
    LocalSystem.await(
        "an event to be late",
        () -> {
          system.send(config, "acme", logon("on-time-" + sent, "23:59:00"));
          system.send(config, "acme", logon("behind-" + sent.getAndIncrement(), "23:57:58"));
          system.send(config, "acme", logon("just-so-" + sent, "23:58:30"));
          system.awaitDrained(config);
          return !parked(config).isEmpty();
        });
    assertThat(parked(config))
        .allSatisfy(
            filed -> {
              assertThat(filed.letter().deadLetterClass).isEqualTo("LATE");
              assertThat(filed.letter().bytes).asString(UTF_8).contains("behind-");
            });
    assertThat(rulesOf(config)).hasSize(3 * sent.get()).containsOnly("other");
    system.cancel(jobs);
  }

  private static String logon(String id, String time) {
    return "{\"event_id\":\"%s\",\"@timestamp\":\"2026-01-31T%sZ\",\"User\":\"root\"}"
        .formatted(id, time);
  }

  private LockstepConfig config(String engine, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("flags.source", "none");
    options.put("flags.on-missing", "shadow");
    options.put("alerts.max-event-size", "1 kb");
    return system.config(engine, options);
  }

  private void redrive(LockstepConfig config, List<FiledLetter> letters) throws Exception {
    try (DeadLetterProducer producer =
        DeadLetterProducer.open(config.kafka(), config.deadLetters().topic(), PATIENCE)) {
      for (FiledLetter filed : letters) {
        producer.send(filed.letter().withCommand(LetterCommand.REDRIVE));
      }
    }
  }

  private List<String> rulesOf(LockstepConfig config) {
    return system.alerts(config, Lane.SHADOW).stream().map(alert -> alert.rule().id()).toList();
  }

  /** The newest letter or note about the rule. */
  private static FiledLetter newest(LockstepConfig config) throws Exception {
    List<FiledLetter> ofRule =
        read(config, config.deadLetters().topic()).stream()
            .filter(filed -> filed.letter().deadLetterClass.equals("RULE_ERROR"))
            .filter(filed -> !"redrive".equals(filed.letter().command))
            .filter(
                filed ->
                    filed.letter().customer == null || !filed.letter().customer.equals("globex"))
            .toList();
    return ofRule.get(ofRule.size() - 1);
  }

  private static List<FiledLetter> letters(LockstepConfig config) throws Exception {
    return read(config, config.deadLetters().topic()).stream()
        .filter(filed -> filed.letter().command == null)
        .toList();
  }

  private static List<FiledLetter> parked(LockstepConfig config) throws Exception {
    return read(config, config.deadLetters().parkedTopic()).stream()
        .filter(filed -> !"globex".equals(filed.letter().customer))
        .toList();
  }

  private static List<FiledLetter> read(LockstepConfig config, String topic) throws Exception {
    List<FiledLetter> letters = new ArrayList<>();
    try (DeadLetterFile file = DeadLetterFile.open(config.kafka(), PATIENCE)) {
      file.read(topic, letters::add);
    }
    return letters;
  }

  /** Matches so many long fields that no alert can show them. */
  private static String tooWide() {
    StringBuilder selection = new StringBuilder("F0|contains: marker");
    for (int i = 1; i < FIELDS; i++) {
      selection.append("\n    F").append(i).append("|contains: marker");
    }
    return LocalSystem.rule("wide", selection.toString());
  }

  /** What JSON must escape takes six times its length in an alert. */
  private static String event(String id) throws Exception {
    ObjectNode event = new ObjectMapper().createObjectNode();
    event.put("event_id", id).put("@timestamp", "2026-01-31T23:59:00Z").put("User", "root");
    for (int i = 0; i < FIELDS; i++) {
      event.put("F" + i, "marker" + "\u0001".repeat(1000));
    }
    assertThat(event.toString().getBytes(UTF_8)).hasSizeLessThan(1 << 20);
    return event.toString();
  }
}
