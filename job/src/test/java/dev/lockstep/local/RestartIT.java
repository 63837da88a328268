package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.Lane;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.config.InvalidConfigException;
import dev.lockstep.job.config.LockstepConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Where an engine goes on, and what that does to alerts that are there already. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartIT {

  private LocalSystem system;

  @BeforeAll
  void startServices(@TempDir Path directory) throws Exception {
    system = LocalSystem.start(directory, TaskMetrics.flinkOptions());
    LocalSystem.write(
        system.rules.resolve("alpha.yml"),
        LocalSystem.rule("alpha", "CommandLine|contains: alpha"));
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
  void aRewoundEngineSendsTheSameAlertsAgainAndChangesNoDocument() throws Exception {
    LockstepConfig config = config("rewound", Map.of());
    List<JobID> jobs = system.start(config);
    send(config, 0, 100);
    system.awaitDrained(config);
    List<Alert> first = system.alerts(config, Lane.LIVE);
    Map<String, JsonNode> documents = awaitDocuments(config, 100);
    system.cancel(jobs);

    jobs =
        system.restart(
            config("rewound", Map.of("events.from", "earliest")), new Recovery.Nothing());
    send(config, 100, 110);
    LocalSystem.await("all alerts", () -> system.alerts(config, Lane.LIVE).size() == 210);
    Map<String, JsonNode> after = awaitDocuments(config, 110);
    system.cancel(jobs);

    assertThat(system.alerts(config, Lane.LIVE))
        .as("a reader who knows an alert by its id sees the same ones again, in every field")
        .filteredOn(alert -> first.stream().anyMatch(known -> known.id().equals(alert.id())))
        .hasSize(200)
        .isSubsetOf(first);
    assertThat(after).containsAllEntriesOf(documents);
  }

  @Test
  void anEngineWithoutStateBeginsWhereItIsTold() throws Exception {
    LockstepConfig config = config("told", Map.of());
    Topics.create(config);
    send(config, 0, 10);
    system.flush();
    // The broker's clock is this machine's.
    Instant between = Instant.now().plusMillis(5);
    LocalSystem.await("the time between", () -> Instant.now().isAfter(between));
    send(config, 10, 20);
    system.flush();

    assertThat(begunFrom(between.toString(), config)).isEqualTo(ids(10, 20));
    assertThat(begunFrom("earliest", config)).isEqualTo(ids(0, 20));
    assertThat(begunFrom("latest", config)).isEmpty();
  }

  /** The events that an engine of this beginning finds; each beginning has topics of its own. */
  private List<String> begunFrom(String from, LockstepConfig events) throws Exception {
    String engine = "told-" + (from.length() < 10 ? from : "time");
    LockstepConfig config = config(engine, Map.of("events.from", from));
    Topics.create(config);
    LockstepConfig reading =
        config(engine, Map.of("events.from", from, "events.topic", events.events().topic()));
    List<JobID> jobs = system.restart(reading, new Recovery.Nothing());
    LocalSystem.await(
        "rules and flags in force",
        () ->
            TaskMetrics.values(DetectionJob.name(reading), "Detect", "controlSequence").stream()
                .allMatch(sequence -> sequence >= 1));
    system.awaitDrained(reading);
    List<String> found =
        system.alerts(reading, Lane.LIVE).stream()
            .map(alert -> alert.events().get(0).id())
            .sorted()
            .toList();
    system.cancel(jobs);
    return found;
  }

  @Test
  void anOldSavepointLeavesNoTransactionHanging() throws Exception {
    LockstepConfig config = config("old", Map.of("elasticsearch.mode", "off"));
    List<JobID> jobs = system.start(config);
    send(config, 0, 50);
    system.awaitDrained(config);
    URI savepoint = system.flink.savepoint(jobs.get(0), DetectionJob.name(config));
    send(config, 50, 100);
    system.awaitDrained(config);
    send(config, 100, 150);
    system.flush();
    // Cancelled, a job leaves the transactions that it has open to the brokers.
    system.cancel(jobs);

    jobs = system.restart(config, new Recovery.Savepoint(savepoint, /* ofOtherEngine= */ false));
    send(config, 150, 160);
    LocalSystem.await(
        "an alert of each event",
        () -> system.alerts(config, Lane.LIVE).stream().map(Alert::id).distinct().count() == 160);
    system.awaitDrained(config);
    system.cancel(jobs);
  }

  @Test
  void anEngineStartedFromAnothersSavepointDisturbsNeither() throws Exception {
    LockstepConfig blue = config("pair-blue", Map.of("elasticsearch.mode", "off"));
    List<JobID> blueJobs = system.start(blue);
    send(blue, 0, 200);
    URI savepoint = system.flink.savepoint(blueJobs.get(0), DetectionJob.name(blue));
    LockstepConfig green =
        config(
            "pair-green",
            Map.of(
                "elasticsearch.mode", "off",
                "events.topic", blue.events().topic(),
                "alerts.live.topic", blue.alerts().liveTopic(),
                "alerts.shadow.topic", blue.alerts().shadowTopic(),
                "dead-letters.topic", blue.deadLettersTopic(),
                "dead-letters.parked.topic", blue.engine() + ".dead-letters.parked",
                "rule-status.topic", blue.ruleStatusTopic(),
                "engine-status.topic", blue.engineStatusTopic()));
    List<JobID> greenJobs =
        system.restart(green, new Recovery.Savepoint(savepoint, /* ofOtherEngine= */ true));
    send(blue, 200, 400);
    LocalSystem.await(
        "the last alerts of both",
        () ->
            alertsOf(blue).size() >= 400
                && alertsOf(green).keySet().containsAll(alertIds(200, 400)));
    system.awaitDrained(blue);
    system.awaitDrained(green);

    assertThat(alertsOf(blue)).hasSize(400).allSatisfy((id, times) -> assertThat(times).isOne());
    assertThat(alertsOf(green)).allSatisfy((id, times) -> assertThat(times).isOne());
    for (LockstepConfig engine : List.of(blue, green)) {
      assertThat(TaskMetrics.values(DetectionJob.name(engine), "", "numRestarts"))
          .as("restarts of " + engine.engine())
          .containsOnly(0L);
    }
    system.cancel(blueJobs);
    system.cancel(greenJobs);
  }

  @Test
  void atLeastOnceLosesNothingAndIsToldApartByIds() throws Exception {
    LockstepConfig config =
        config("least", Map.of("elasticsearch.mode", "off", "delivery.kafka", "at-least-once"));
    List<JobID> jobs = system.start(config);
    send(config, 0, 100);
    LocalSystem.await("the first alerts", () -> alertsOf(config).size() == 100);
    send(config, 100, 200);
    system.flink.killTaskManager();
    send(config, 200, 300);
    LocalSystem.await("an alert of each event", () -> alertsOf(config).size() == 300);
    system.awaitDrained(config);

    assertThat(alertsOf(config).keySet()).containsExactlyInAnyOrderElementsOf(alertIds(0, 300));
    system.cancel(jobs);
  }

  @Test
  void aTransactionLongerThanTheBrokersAllowIsRefusedAtTheStart() {
    LockstepConfig config =
        config(
            "long", Map.of("elasticsearch.mode", "off", "delivery.transaction-timeout", "16 min"));
    assertThatThrownBy(() -> system.restart(config, new Recovery.Newest()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(
            "delivery.transaction-timeout: must be at most the brokers'"
                + " transaction.max.timeout.ms, 15 min, was 16 min");
  }

  private LockstepConfig config(String engine, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.putIfAbsent("flags.source", "none");
    options.putIfAbsent("flags.on-missing", "live");
    return system.config(engine, options);
  }

  private void send(LockstepConfig config, int from, int to) {
    for (int i = from; i < to; i++) {
      system.send(
          config,
          "acme",
          "{\"event_id\":\"%s\",\"@timestamp\":\"2026-01-31T23:59:00Z\",\"CommandLine\":\"alpha\"}"
              .formatted(id(i)));
    }
  }

  private static String id(int event) {
    return "e%03d".formatted(event);
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(RestartIT::id).toList();
  }

  /** By alert id, how often this engine has sent it. */
  private Map<String, Integer> alertsOf(LockstepConfig engine) {
    Map<String, Integer> times = new HashMap<>();
    system.alerts(engine, Lane.LIVE).stream()
        .filter(alert -> alert.engine().equals(engine.engine()))
        .forEach(alert -> times.merge(alert.id(), 1, Integer::sum));
    return times;
  }

  private static List<String> alertIds(int from, int to) {
    return ids(from, to).stream().map(id -> AlertId.ofEvent("acme", "alpha", id)).toList();
  }

  private Map<String, JsonNode> awaitDocuments(LockstepConfig config, int count) throws Exception {
    LocalSystem.await(
        count + " documents", () -> system.indexed(config.engine(), Lane.LIVE).size() >= count);
    return system.indexed(config.engine(), Lane.LIVE);
  }
}
