package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.LockstepCalls;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.CustomerStatisticsJson;
import dev.lockstep.statistics.EventFate;
import dev.lockstep.statistics.StatisticsKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two engines on one stream, and the command that compares them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompareIT {

  private static final Instant BEGIN = Instant.parse("2026-01-01T10:00:00Z");
  private static final int EVENTS = 300;

  private LocalSystem system;

  @BeforeAll
  void startServices(@TempDir Path directory) throws Exception {
    system = LocalSystem.startWithoutElasticsearch(directory, Map.of());
    LocalSystem.write(system.rules.resolve("r.yml"), LocalSystem.rule("r", "user: root"));
  }

  @AfterAll
  void stopServices() throws Exception {
    if (system != null) {
      system.close();
    }
  }

  @Test
  void enginesAgreeThoughOneIsKilledAndDifferWhenOneIsSetOtherwise() throws Exception {
    LockstepConfig blue = config("compared", Map.of());
    // What nobody would see in a bundle: it lets fewer alerts through.
    LockstepConfig green = config("compared-too", Map.of("rules.matches-per-minute", "7"));
    system.start(blue);
    system.restart(green, new Recovery.Newest());
    // Six matches in each minute.
    send(blue, 0, /* everySeconds= */ 5);
    system.awaitDrained(blue);
    system.flink.killTaskManager();
    // Event time goes on, past the first hours.
    send(blue, 10 * 3600, 5);
    moveOn(blue, 20 * 3600);

    JsonNode agreed = compare(blue, "--until", "2026-01-01T21:00:00Z", "--wait");
    assertThat(agreed.path("outcome").asText()).as(agreed.toPrettyString()).isEqualTo("agree");
    assertThat(agreed.path("customers").findValuesAsText("customer"))
        .containsExactly("acme", "globex");
    for (String engine : List.of("compared", "compared-too")) {
      assertThat(counted(blue, engine))
          .as("events, matches and alerts of " + engine)
          .containsEntry("acme", List.of(300L, 300L, 150L, 150L))
          .containsEntry("globex", List.of(300L, 300L, 0L, 0L));
    }

    // Thirty in each minute.
    send(blue, 21 * 3600, 1);
    moveOn(blue, 30 * 3600);
    JsonNode differing = compare(blue, "--since", "2026-01-02T06:00:00Z", "--wait");
    assertThat(differing.path("outcome").asText())
        .as(differing.toPrettyString())
        .isEqualTo("differ");
    List<String> rows = new ArrayList<>();
    differing
        .path("customers")
        .forEach(
            customer ->
                customer
                    .path("rows")
                    .forEach(
                        row -> {
                          if (row.path("differs").asBoolean()) {
                            rows.add(
                                customer.path("customer").asText()
                                    + " "
                                    + row.path("kind").asText());
                          }
                        }));
    assertThat(rows).containsExactly("acme alerts", "acme rule_alerts");
  }

  private LockstepConfig config(String engine, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("flags.source", "none");
    options.put("flags.on-missing", "shadow");
    options.put("events.topic", "compared.events");
    options.put("engine-status.topic", "compared.engine-status");
    options.put("alerts.live.topic", "compared.alerts.live");
    options.put("alerts.shadow.topic", "compared.alerts.shadow");
    options.put("dead-letters.topic", "compared.dead-letters");
    options.put("dead-letters.parked.topic", "compared.dead-letters.parked");
    options.put("rule-status.topic", "compared.rule-status");
    options.put("events.max-out-of-orderness", "1 s");
    options.put("events.allowed-lateness", "1 min");
    // Longer than a restart on a busy machine: a partition that is idle holds back no event time.
    options.put("events.idleness", "20 s");
    options.putIfAbsent("rules.matches-per-minute", "1000");
    return system.config(engine, options);
  }

  /** Every second event of acme matches. */
  private void send(LockstepConfig config, long fromSecond, int everySeconds) {
    for (int i = 0; i < EVENTS / (everySeconds == 5 ? 2 : 1); i++) {
      for (String customer : List.of("acme", "globex")) {
        String user = customer.equals("acme") && i % 2 == 0 ? "root" : "bob";
        event(
            config, customer, fromSecond + i + "-" + i, user, fromSecond + (long) i * everySeconds);
      }
    }
    system.flush();
  }

  /** One event in each partition. */
  private void moveOn(LockstepConfig config, long second) {
    for (int i = 0; i < 40; i++) {
      event(config, "clock" + i, "clock" + second + i, "bob", second);
    }
    system.flush();
  }

  private void event(LockstepConfig config, String customer, String id, String user, long second) {
    system.send(
        config,
        customer,
        "{\"customer\":\"%s\",\"event_id\":\"%s\",\"user\":\"%s\",\"@timestamp\":\"%s\"}"
            .formatted(customer, id, user, BEGIN.plusSeconds(second)));
  }

  private JsonNode compare(LockstepConfig config, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "compare",
                "compared",
                "compared-too",
                "--customer",
                "acme,globex",
                "--timeout",
                "60s",
                "--format",
                "json",
                "-Dkafka.bootstrap-servers=" + config.kafka().bootstrapServers(),
                "-Devents.topic=" + config.events().topic(),
                "-Drule-status.topic=" + config.ruleStatusTopic(),
                "-Dengine-status.topic=" + config.engineStatusTopic()));
    arguments.addAll(List.of(more));
    return new ObjectMapper().readTree(LockstepCalls.out(arguments.toArray(new String[0])));
  }

  /** Events in and judged, matches and alerts of all periods, by customer. */
  private Map<String, List<Long>> counted(LockstepConfig config, String engine) {
    Map<String, CustomerStatistics> newest = new HashMap<>();
    system
        .committed(config.engineStatusTopic())
        .forEach(
            record -> {
              String key = new String(record.key(), UTF_8);
              if (record.value() != null && StatisticsKey.parse(key).isPresent()) {
                newest.put(key, CustomerStatisticsJson.read(record.value()).orElseThrow());
              }
            });
    Map<String, Counts> sums = new HashMap<>();
    for (CustomerStatistics each : newest.values()) {
      if (each.engine().equals(engine)) {
        sums.computeIfAbsent(each.customer(), customer -> new Counts())
            .addAll(each.counts(), Integer.MAX_VALUE);
      }
    }
    Map<String, List<Long>> counted = new HashMap<>();
    sums.forEach(
        (customer, sum) ->
            counted.put(
                customer,
                List.of(
                    sum.of(EventFate.IN),
                    sum.of(EventFate.JUDGED),
                    sum.sum(Counted.MATCHES),
                    sum.sum(Counted.SHADOW))));
    return counted;
  }
}
