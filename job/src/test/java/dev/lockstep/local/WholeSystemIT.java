package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.Lane;
import dev.lockstep.job.config.LockstepConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole system on real parts: what comes out of Kafka and Elasticsearch is compared with what a
 * list kept beside the sent events says must come out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeSystemIT {

  private static final List<String> CUSTOMERS = List.of("acme", "globex", "initech", "umbrella");

  private LocalSystem system;
  private Expected expected;

  @BeforeAll
  void startServices(@TempDir Path directory) throws Exception {
    system = LocalSystem.start(directory);
  }

  @AfterAll
  void stopServices() throws Exception {
    if (system != null) {
      system.close();
    }
  }

  @BeforeEach
  void writeRulesAndFlags() throws Exception {
    expected = new Expected();
    LocalSystem.write(
        system.rules.resolve("alpha.yml"),
        LocalSystem.rule("alpha", "CommandLine|contains: alpha"));
    LocalSystem.write(
        system.rules.resolve("beta.yml"), LocalSystem.rule("beta", "Image|endswith: '\\beta.exe'"));
    LocalSystem.write(system.flags, flags("live"));
  }

  @Test
  void everyAlertIsOnceInItsLaneOfBothSystemsThoughATaskManagerIsKilled() throws Exception {
    LockstepConfig config = system.config("blue", Map.of());
    List<JobID> jobs = system.start(config);
    for (int i = 0; i < 1000; i++) {
      sendJudgeable(config, i);
    }
    system.awaitDrained(config);
    assertThat(system.committed(config.alerts().liveTopic())).isNotEmpty();

    sendUnreadable(config);
    for (int i = 1000; i < 2000; i++) {
      sendJudgeable(config, i);
    }
    system.flink.killTaskManager();
    for (int i = 2000; i < 3000; i++) {
      sendJudgeable(config, i);
    }
    system.awaitDrained(config);

    assertKafkaHoldsExactlyTheExpected(config);
    assertElasticsearchHoldsExactlyTheExpected(config);
    assertDeadLetters(config);
    system.cancel(jobs);
  }

  @Test
  void changesOfFlagsAndRulesTakeEffectAndABrokenRuleHarmsNothing() throws Exception {
    LockstepConfig config = system.config("green", Map.of("elasticsearch.mode", "direct"));
    List<JobID> jobs = system.start(config);
    send(config, "acme", "first", "alpha", "x");
    expected.add(Lane.LIVE, "acme", "alpha", "first");
    system.awaitDrained(config);

    LocalSystem.write(system.flags, flags("shadow"));
    LocalSystem.write(system.rules.resolve("alpha.yml"), "title: broken\ndetection: [\n");
    LocalSystem.write(system.rules.resolve("gamma.yml"), LocalSystem.rule("gamma", "User: gamma"));
    LocalSystem.await(
        "the status of the new and of the broken rule",
        () ->
            statuses(config).keySet().containsAll(List.of("green/alpha", "green/gamma"))
                && statuses(config).getOrDefault("green/alpha", "").contains("rejected"));
    assertThat(statuses(config).get("green/alpha"))
        .contains("\"previous_in_force\":true")
        .contains("alpha.yml:");
    assertThat(statuses(config).get("green/gamma")).contains("\"status\":\"accepted\"");

    awaitLaneOfNewAlerts(config, Lane.SHADOW);
    assertThat(system.alerts(config, Lane.SHADOW))
        .as("the last good version of a broken rule stays in force")
        .allSatisfy(alert -> assertThat(alert.rule().id()).isEqualTo("alpha"));
    LocalSystem.await(
        "the direct sink to index both lanes",
        () ->
            system.indexed("green", Lane.LIVE).size() == system.alerts(config, Lane.LIVE).size()
                && system.indexed("green", Lane.SHADOW).size()
                    == system.alerts(config, Lane.SHADOW).size());
    system.cancel(jobs);
  }

  /** Flags and rules travel for some milliseconds: events are sent until one is seen to obey. */
  private void awaitLaneOfNewAlerts(LockstepConfig config, Lane lane) throws Exception {
    int probe = 0;
    while (system.alerts(config, lane).isEmpty()) {
      send(config, "acme", "probe-" + probe, "alpha", "x");
      probe++;
      assertThat(probe).as("alerts to appear in lane " + lane).isLessThan(200);
      system.awaitDrained(config);
    }
  }

  private void sendJudgeable(LockstepConfig config, int i) {
    String customer = CUSTOMERS.get(i % CUSTOMERS.size());
    String id = "e" + i;
    String command = i % 5 == 0 ? "run ALPHA now" : "run nothing";
    String image = i % 7 == 0 ? "C:\\\\bin\\\\Beta.exe" : "C:\\\\bin\\\\other.exe";
    send(config, customer, id, command, image);
    Lane lane =
        switch (customer) {
          case "acme" -> Lane.LIVE;
          case "globex" -> Lane.SHADOW;
          default -> null;
        };
    if (lane != null && i % 5 == 0) {
      expected.add(lane, customer, "alpha", id);
    }
    if (lane != null && i % 7 == 0) {
      expected.add(lane, customer, "beta", id);
    }
  }

  private void send(
      LockstepConfig config, String customer, String id, String command, String image) {
    system.send(
        config,
        customer,
        "{\"event_id\":\"%s\",\"@timestamp\":\"2026-01-31T23:59:%02d.000Z\","
                .formatted(id, Math.floorMod(id.hashCode(), 60))
            + "\"CommandLine\":\"%s\",\"Image\":\"%s\"}".formatted(command, image));
  }

  private void sendUnreadable(LockstepConfig config) {
    system.send(config, "acme", "not json");
    system.send(config, null, "{\"CommandLine\":\"alpha, but whose?\"}");
    system.send(config, "acme", "{\"x\":\"" + "x".repeat(1_200_000) + "\"}");
  }

  private void assertKafkaHoldsExactlyTheExpected(LockstepConfig config) {
    for (Lane lane : Lane.values()) {
      List<Alert> alerts = system.alerts(config, lane);
      assertThat(alerts.stream().map(Alert::id))
          .as("committed alerts of lane " + lane)
          .containsExactlyInAnyOrderElementsOf(expected.ids(lane));
      assertThat(alerts)
          .allSatisfy(
              alert -> assertThat(Objects.requireNonNull(alert.routing()).lane()).isEqualTo(lane));
    }
  }

  private void assertElasticsearchHoldsExactlyTheExpected(LockstepConfig config) throws Exception {
    for (Lane lane : Lane.values()) {
      LocalSystem.await(
          "Elasticsearch to hold " + expected.ids(lane).size() + " alerts of lane " + lane,
          () -> system.indexed(config.engine(), lane).size() >= expected.ids(lane).size());
      Map<String, JsonNode> documents = system.indexed(config.engine(), lane);
      assertThat(documents.keySet()).containsExactlyInAnyOrderElementsOf(expected.ids(lane));
    }
  }

  private void assertDeadLetters(LockstepConfig config) {
    List<String> classes = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> letter : system.committed(config.deadLettersTopic())) {
      classes.add(new String(letter.headers().lastHeader("class").value(), UTF_8));
      assertThat(new String(letter.headers().lastHeader("origin").value(), UTF_8))
          .startsWith(config.events().topic() + "/");
    }
    assertThat(classes).containsExactlyInAnyOrder("MALFORMED", "NO_CUSTOMER", "TOO_LARGE");
  }

  private Map<String, String> statuses(LockstepConfig config) {
    Map<String, String> newest = new TreeMap<>();
    system
        .committed(config.ruleStatusTopic())
        .forEach(
            record ->
                newest.put(new String(record.key(), UTF_8), new String(record.value(), UTF_8)));
    return newest;
  }

  /**
   * acme goes to {@code acmeLane}, globex to shadow, initech's alerts are off, umbrella is not let
   * in.
   */
  private static String flags(String acmeLane) {
    return """
        {"flags":{
          "lockstep-ingress":{"key":"lockstep-ingress","version":1,"on":true,"salt":"i",
            "variations":[true,false],"offVariation":1,"fallthrough":{"variation":0},
            "contextTargets":[{"contextKind":"customer","values":["umbrella"],"variation":1}]},
          "lockstep-egress":{"key":"lockstep-egress","version":1,"on":true,"salt":"e",
            "variations":["live","shadow","off"],"offVariation":1,"fallthrough":{"variation":1},
            "contextTargets":[
              {"contextKind":"customer","values":["acme"],"variation":%d},
              {"contextKind":"customer","values":["initech"],"variation":2}]}},
         "segments":{}}
        """
        .formatted(acmeLane.equals("live") ? 0 : 1);
  }

  /** The alerts that must come out, by lane. */
  private static final class Expected {
    private final Map<Lane, List<String>> ids = new EnumMap<>(Lane.class);

    void add(Lane lane, String customer, String rule, String eventId) {
      ids.computeIfAbsent(lane, unused -> new ArrayList<>())
          .add(AlertId.ofEvent(customer, rule, eventId));
    }

    List<String> ids(Lane lane) {
      return ids.getOrDefault(lane, List.of());
    }
  }
}
