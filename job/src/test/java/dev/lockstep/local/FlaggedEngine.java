package dev.lockstep.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import dev.lockstep.connector.launchdarkly.FlagJson;
import dev.lockstep.connector.launchdarkly.LaunchDarklyServer;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.config.LockstepConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/** The detection job of one engine, under the flags of a LaunchDarkly of its own. */
final class FlaggedEngine implements AutoCloseable {

  /** The operators that work under flags. */
  private static final List<String> GATES = List.of("Detect", "Egress gate");

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

  final LaunchDarklyServer launchDarkly;
  private final LocalSystem system;
  private final LockstepConfig config;
  private final Path keyFile;
  private int parallelism;
  private @Nullable JobID job;

  /**
   * An engine with topics of its own. The job does not run yet; {@code flags} is what LaunchDarkly
   * serves.
   */
  FlaggedEngine(LocalSystem system, String name, String flags) throws Exception {
    this(system, name, flags, Map.of());
    Topics.create(config);
  }

  /** An engine whose topics are others' business. */
  FlaggedEngine(LocalSystem system, String name, String flags, Map<String, String> more)
      throws Exception {
    this.system = system;
    this.launchDarkly = new LaunchDarklyServer(flags);
    this.keyFile = system.directory.resolve(name + ".sdk-key");
    Map<String, String> options = new HashMap<>(more);
    options.put("flags.source", "launchdarkly");
    options.put("flags.relay-uri", launchDarkly.uri().toString());
    options.put("flags.sdk-key", "file:" + keyFile);
    options.put("flags.on-missing", "hold");
    this.config = system.config(name, options);
    giveKey(LaunchDarklyServer.SDK_KEY);
  }

  LockstepConfig config() {
    return config;
  }

  /** Takes the job away without a savepoint, as a crash does; what was not committed is undone. */
  void kill() throws Exception {
    system.flink.cancel(requireNonNull(job));
  }

  void giveKey(String key) throws Exception {
    Files.writeString(keyFile, key);
  }

  /** Starts the job, from its savepoint if there is one, and returns when all tasks run. */
  void start(int atParallelism) throws Exception {
    parallelism = atParallelism;
    job = LocalJobs.submitDetection(system.flink, config, atParallelism, new Recovery.Newest());
    system.flink.awaitRunning(job);
  }

  void stopWithSavepoint() throws Exception {
    system.flink.stopWithSavepoint(requireNonNull(job), DetectionJob.name(config));
  }

  /** Sends an event that one rule finds. */
  void send(String customer, String eventId) {
    system.send(
        config,
        customer,
        "{\"event_id\":\"%s\",\"@timestamp\":\"2026-01-31T23:59:00Z\",\"CommandLine\":\"run alpha\"}"
            .formatted(eventId));
  }

  /** Waits until rules and flags are in force in every subtask. */
  void awaitControl() throws Exception {
    LocalSystem.await(
        "rules and flags in every subtask",
        () ->
            metric("Detect", "controlSequence").stream().allMatch(newest -> newest >= 2)
                && sequences().size() == GATES.size() * parallelism
                && sequences().stream().allMatch(newest -> newest >= 1));
  }

  /**
   * Waits until so many alerts are committed. The consumer group's offsets would tell, too, but in
   * a quiet topic they are ten seconds late: Flink's source commits them between two polls.
   */
  void awaitAlerts(int count) throws Exception {
    system.flush();
    LocalSystem.await(
        count + " committed alerts", () -> alerts().size() >= count, () -> howItGoes());
  }

  /** Waits for a checkpoint of all that has come out until now. */
  void awaitCheckpoint() throws Exception {
    LocalSystem.awaitCheckpoints(DetectionJob.name(config));
  }

  /** Patches the egress flag; returns how long it took until every subtask had it in force. */
  Duration patchEgress(String member) {
    return inForce(
        () -> launchDarkly.patch("/flags/" + FlagJson.KEYS.egress(), FlagJson.item(member)));
  }

  /** Changes flags; returns how long it took until every subtask had them in force. */
  Duration inForce(Runnable change) {
    long newest = sequences().stream().mapToLong(Long::longValue).max().orElse(0);
    long start = System.nanoTime();
    change.run();
    while (sequences().stream().anyMatch(sequence -> sequence <= newest)) {
      assertThat(System.nanoTime() - start)
          .as("waiting for new flags in every subtask, have " + sequences())
          .isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertThat(sequences()).hasSize(GATES.size() * parallelism);
    return taken;
  }

  private List<Long> sequences() {
    return GATES.stream().flatMap(gate -> metric(gate, "controlSequence").stream()).toList();
  }

  /** What a metric shows in each subtask. */
  List<Long> metric(String operator, String name) {
    return TaskMetrics.values(DetectionJob.name(config), operator, name);
  }

  /** The sum of a counter over all subtasks. */
  long count(String operator, String name) {
    return metric(operator, name).stream().mapToLong(Long::longValue).sum();
  }

  /** Fails if the job does not run, or was restarted since it was submitted. */
  void assertNeverRestarted() throws Exception {
    assertThat(system.flink.status(requireNonNull(job))).isEqualTo(JobStatus.RUNNING);
    assertThat(metric("", "numRestarts")).containsExactly(0L);
  }

  private String howItGoes() throws Exception {
    return "%d alerts are there; the job is %s; events in %s, alerts %s %s"
        .formatted(
            alerts().size(),
            system.flink.status(requireNonNull(job)),
            metric("Detect", "eventsIn"),
            metric("Egress gate", "alertsLive"),
            system.howItGoes(DetectionJob.name(config)));
  }

  /** Returns the committed alerts of both lanes, those of a customer and lane in their order. */
  List<Alert> alerts() {
    return Stream.of(Lane.values()).flatMap(lane -> alerts(lane).stream()).toList();
  }

  /** Returns the committed alerts in the topic of the lane, which each of them names. */
  List<Alert> alerts(Lane lane) {
    List<Alert> alerts = new ArrayList<>(system.alerts(config, lane));
    assertThat(alerts)
        .allSatisfy(alert -> assertThat(requireNonNull(alert.routing()).lane()).isEqualTo(lane));
    return alerts;
  }

  @Override
  public void close() throws Exception {
    if (job != null) {
      system.flink.cancel(job);
    }
    launchDarkly.close();
  }
}
