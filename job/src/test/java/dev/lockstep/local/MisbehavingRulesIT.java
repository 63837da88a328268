package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules that are broken, too large, too loud or quarantined harm themselves alone, and it shows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisbehavingRulesIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private LocalSystem system;

  @BeforeAll
  void startServices(@TempDir Path directory) throws Exception {
    system = LocalSystem.startWithoutElasticsearch(directory, TaskMetrics.flinkOptions());
  }

  @AfterAll
  void stopServices() throws Exception {
    if (system != null) {
      system.close();
    }
  }

  @AfterEach
  void cancelJobs() throws Exception {
    system.cancelAll();
    try (var files = Files.list(system.rules)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aBrokenAnExplodingAndAnAlwaysMatchingRuleHarmOnlyThemselvesAndTheStatusSaysSo()
      throws Exception {
    write("sound", "CommandLine|contains: alpha");
    write("broken", "CommandLine|nosuchmodifier: alpha");
    write("exploding", "CommandLine|re: '((a{1,100}){1,100}){1,100}'");
    write("always", "event_id|exists: true");
    LockstepConfig config = config("trouble", Map.of("rules.matches-per-minute", "20"));
    Instant begun = Instant.now();
    system.start(config);
    send(config, 0, 100);
    system.awaitDrained(config);

    Map<String, Long> alerts =
        system.alerts(config, Lane.LIVE).stream()
            .collect(Collectors.groupingBy(alert -> alert.rule().id(), Collectors.counting()));
    assertThat(alerts).containsOnlyKeys("sound", "always").containsEntry("sound", 20L);
    assertThat(alerts).containsEntry("always", 20L);

    assertThat(statusOf(config, "sound").path("status").asText()).isEqualTo("accepted");
    JsonNode broken = statusOf(config, "file:broken.yml");
    assertThat(broken.path("status").asText()).isEqualTo("rejected");
    assertThat(broken.path("issues").get(0).asText())
        .startsWith("broken.yml:7:")
        .contains("nosuchmodifier");
    JsonNode exploding = statusOf(config, "file:exploding.yml");
    assertThat(exploding.path("status").asText()).isEqualTo("rejected");
    assertThat(exploding.path("issues").get(0).asText()).startsWith("exploding.yml:7:");
    JsonNode always = statusOf(config, "always");
    assertThat(always.path("status").asText()).isEqualTo("capped");
    assertThat(always.path("reason").asText()).contains("of customer acme");
    for (JsonNode status : List.of(broken, exploding, always)) {
      assertThat(Instant.parse(status.path("since").asText())).isBetween(begun, Instant.now());
    }

    // The next minute of event time: what was over the budget comes as one alert.
    system.send(config, null, event(1000, "2026-01-01T00:30:00Z"));
    system.send(config, null, event(1001, "2026-01-01T01:30:00Z"));
    LocalSystem.await(
        "the alert that stands for all",
        () ->
            system.alerts(config, Lane.LIVE).stream()
                .anyMatch(alert -> alert.suppressed().count() == 79));
    assertThat(system.alerts(config, Lane.LIVE).stream().map(Alert::id)).doesNotHaveDuplicates();
  }

  @Test
  void aRuleInQuarantineComesBackWhenItIsReleasedAndAlsoByItsNextVersion() throws Exception {
    write("alpha", "CommandLine|contains: alpha");
    write("beta", "CommandLine|contains: alpha");
    LockstepConfig config = config("quarantine", Map.of());
    system.start(config);
    send(config, 0, 10);
    LocalSystem.await("alerts", () -> alertsOf(config, "beta") == 2);
    String version =
        system.alerts(config, Lane.LIVE).stream()
            .filter(alert -> alert.rule().id().equals("beta"))
            .findFirst()
            .orElseThrow()
            .rule()
            .version();

    status(config, "beta", "quarantined", version);
    awaitRulesActive(config, 1);
    send(config, 10, 20);
    LocalSystem.await("alerts", () -> alertsOf(config, "alpha") == 4);
    assertThat(alertsOf(config, "beta")).isEqualTo(2);

    status(config, "beta", "released", version);
    awaitRulesActive(config, 2);
    send(config, 20, 30);
    LocalSystem.await("alerts", () -> alertsOf(config, "beta") == 4);

    status(config, "beta", "quarantined", version);
    awaitRulesActive(config, 1);
    write("beta", "CommandLine|contains: ' alpha'");
    awaitRulesActive(config, 2);
    LocalSystem.await(
        "the status of the next version",
        () -> statusOf(config, "beta").path("status").asText().equals("accepted"));
  }

  @Test
  void aRestartWithEverySourceAwayJudgesByTheLastGoodRules() throws Exception {
    write("alpha", "CommandLine|contains: alpha");
    LockstepConfig config = config("away", Map.of());
    List<JobID> jobs = system.start(config);
    send(config, 0, 10);
    LocalSystem.await("alerts", () -> alertsOf(config, "alpha") == 2);
    system.cancel(jobs);

    Files.delete(system.rules.resolve("alpha.yml"));
    LockstepConfig nowhere =
        config("away", Map.of("rules.directory", system.directory.resolve("gone").toString()));
    system.restart(nowhere, new Recovery.Newest());
    send(config, 10, 20);
    LocalSystem.await("alerts", () -> alertsOf(config, "alpha") == 4);
  }

  private LockstepConfig config(String engine, Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("flags.source", "none");
    options.put("flags.on-missing", "live");
    options.putAll(more);
    return system.config(engine, options);
  }

  private void write(String id, String selection) throws IOException {
    LocalSystem.write(system.rules.resolve(id + ".yml"), LocalSystem.rule(id, selection));
  }

  /** Every fifth of them has the word that the rules look for. */
  private void send(LockstepConfig config, int from, int to) {
    for (int i = from; i < to; i++) {
      system.send(config, /* key= */ null, event(i, "2026-01-01T00:00:10Z"));
    }
    system.flush();
  }

  private static String event(int number, String time) {
    return "{\"event_id\":\"%d\",\"customer\":\"acme\",\"@timestamp\":\"%s\",\"CommandLine\":\"x %s\"}"
        .formatted(number, time, number % 5 == 0 ? "alpha" : "beta");
  }

  private long alertsOf(LockstepConfig config, String rule) {
    return system.alerts(config, Lane.LIVE).stream()
        .filter(alert -> alert.rule().id().equals(rule))
        .count();
  }

  private static void awaitRulesActive(LockstepConfig config, long rules) throws Exception {
    String job = DetectionJob.name(config);
    LocalSystem.await(
        rules + " rules active",
        () -> {
          List<Long> active = TaskMetrics.values(job, "Detect", "rulesActive");
          return !active.isEmpty() && active.stream().allMatch(count -> count == rules);
        });
  }

  /** The newest status of the rule. */
  private JsonNode statusOf(LockstepConfig config, String rule) throws IOException {
    JsonNode newest = JSON.missingNode();
    for (ConsumerRecord<byte[], byte[]> record : system.committed(config.ruleStatusTopic())) {
      JsonNode status = JSON.readTree(record.value());
      if (status.path("rule_id").asText().equals(rule)) {
        newest = status;
      }
    }
    return newest;
  }

  /** Writes what a subtask would, or {@code lockstep rules release}. */
  private void status(LockstepConfig config, String rule, String status, String version) {
    String json =
        "{\"engine\":\"%s\",\"rule_id\":\"%s\",\"status\":\"%s\",\"rule_version\":\"%s\"}"
            .formatted(config.engine(), rule, status, version);
    system.sendTo(
        config.ruleStatusTopic(),
        (config.engine() + "/" + rule).getBytes(UTF_8),
        json.getBytes(UTF_8));
  }
}
