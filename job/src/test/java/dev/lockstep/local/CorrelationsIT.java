package dev.lockstep.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.config.LockstepConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Correlations from Kafka to Kafka, over the death of a task manager. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorrelationsIT {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int USERS = 40;
  private static final int ENOUGH = 5;

  private static final String CONTENT =
      """
      title: Failed logon
      name: failed
      logsource: {product: test}
      detection: {s: {outcome: failure}, condition: s}
      ---
      title: Logon
      name: succeeded
      logsource: {product: test}
      detection: {s: {outcome: success}, condition: s}
      ---
      title: Brute force
      id: brute
      level: medium
      correlation:
        type: event_count
        rules: [failed]
        group-by: [user]
        timespan: 1m
        condition: {gte: 5}
      ---
      title: Brute force that succeeded
      id: broken-in
      level: high
      correlation:
        type: temporal_ordered
        rules: [brute, succeeded]
        group-by: [user]
        timespan: 5m
        generate: true
      lockstep:
        suppress: {by: [user], for: 1h}
      """;

  private LocalSystem system;

  @BeforeAll
  void startServices(@TempDir Path directory) throws Exception {
    system = LocalSystem.startWithoutElasticsearch(directory, TaskMetrics.flinkOptions());
    LocalSystem.write(system.rules.resolve("brute.yml"), CONTENT);
  }

  @AfterAll
  void stopServices() throws Exception {
    if (system != null) {
      system.close();
    }
  }

  @Test
  void eachGroupAlertsOnceWhateverTheOrderAndThoughATaskManagerDies() throws Exception {
    LockstepConfig config =
        system.config(
            "correlations",
            Map.of(
                "events.max-out-of-orderness", "10 s",
                "events.idleness", "10 s",
                "flags.source", "none",
                "flags.on-missing", "live"));
    system.start(config);
    List<String> events = events();
    int half = events.size() / 2;
    events.subList(0, half).forEach(event -> system.send(config, "acme", event));
    system.awaitDrained(config);
    system.flink.killTaskManager();
    events.subList(half, events.size()).forEach(event -> system.send(config, "acme", event));
    List<String> expected = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      if (user % 2 == 0) {
        expected.add("succeeded u" + user);
      }
      if (failuresOf(user) >= ENOUGH) {
        expected.add("brute u" + user);
        if (user % 2 == 0) {
          expected.add("broken-in u" + user);
        }
      }
    }
    AtomicInteger second = new AtomicInteger(7200);
    LocalSystem.await(
        "all alerts",
        () -> {
          // Moves event time beyond all windows, also after a restart, which forgets how far it
          // was.
          system.send(config, "acme", event("end", "nobody", "none", second.getAndIncrement()));
          return system.alerts(config, Lane.LIVE).size() >= expected.size();
        });
    system.awaitDrained(config);

    List<Alert> alerts = system.alerts(config, Lane.LIVE);
    assertThat(alerts.stream().map(CorrelationsIT::told))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(alerts)
        .filteredOn(alert -> alert.rule().id().equals("brute"))
        .allSatisfy(
            alert -> {
              assertThat(requireNonNull(alert.correlation()).count()).isEqualTo(ENOUGH);
              assertThat(alert.events()).hasSize(ENOUGH);
            });
    assertThat(
            TaskMetrics.values(DetectionJob.name(config), "Correlate 1", "correlationInputsLate"))
        .containsOnly(0L);
  }

  private static String told(Alert alert) {
    Alert.Correlated correlated = alert.correlation();
    // Of a single event it is the successful logon, whose id tells the user.
    return alert.rule().id()
        + " "
        + (correlated == null
            ? alert.events().get(0).id().replace('s', 'u')
            : correlated.group().get("user"));
  }

  private static int failuresOf(int user) {
    return user % 10;
  }

  /** Out of order by less than the engine allows. */
  private static List<String> events() {
    List<String> events = new ArrayList<>();
    Random random = new Random(1);
    for (int user = 0; user < USERS; user++) {
      List<String> own = new ArrayList<>();
      for (int i = 0; i < failuresOf(user); i++) {
        own.add(event("f" + user + "-" + i, "u" + user, "failure", user * 20 + i));
      }
      if (user % 2 == 0) {
        own.add(event("s" + user, "u" + user, "success", user * 20 + 9));
      }
      Collections.shuffle(own, random);
      events.addAll(own);
    }
    return events;
  }

  private static String event(String id, String user, String outcome, long second) {
    return "{\"event_id\":\"%s\",\"user\":\"%s\",\"outcome\":\"%s\",\"@timestamp\":\"%s\"}"
        .formatted(id, user, outcome, BEGIN.plusSeconds(second));
  }
}
