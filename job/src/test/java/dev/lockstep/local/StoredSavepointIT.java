package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.savepoint.SavepointContract;
import dev.lockstep.job.savepoint.SavepointReader;
import dev.lockstep.job.savepoint.SavepointSummary;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints of all releases are restored by the code of today, at another parallelism, and go on
 * where they were: half of each finding was seen before the savepoint, the other half comes after
 * it. Rules, flags and customers are gone meanwhile, so that state alone has them.
 *
 * <p>With {@code -Dlockstep.savepoint.store=0.2} the savepoint of today becomes test data of that
 * release.
 */
class StoredSavepointIT {

  private static final Path STORED = Path.of("src/test/resources/savepoints");
  private static final String ENGINE = "stored";
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static final String CUSTOMER = "acme";

  /** All state lies in the one file of metadata, which can be anywhere. */
  private static final Map<String, String> FLINK = flinkOptions();

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
      name: brute
      level: medium
      correlation:
        type: event_count
        rules: [failed]
        group-by: [user]
        timespan: 2h
        condition: {gte: 3}
      ---
      title: Brute force that succeeded
      id: broken-in
      name: broken-in
      level: high
      correlation:
        type: temporal_ordered
        rules: [brute, succeeded]
        group-by: [user]
        timespan: 2h
        generate: true
      ---
      title: Broken in again
      id: again
      level: critical
      correlation:
        type: event_count
        rules: [broken-in]
        group-by: [user]
        timespan: 12h
        condition: {gte: 2}
        generate: true
      ---
      title: Seen too often
      id: often
      level: low
      logsource: {product: test}
      detection: {s: {outcome: seen}, condition: s}
      lockstep:
        suppress: {by: [user], for: 48h}
      """;

  private static Map<String, String> flinkOptions() {
    Map<String, String> options = new HashMap<>(TaskMetrics.flinkOptions());
    options.put("execution.checkpointing.data-inline-threshold", "1 mb");
    return options;
  }

  static Stream<Path> stored() throws IOException {
    try (Stream<Path> releases = Files.list(STORED)) {
      return releases.sorted().toList().stream();
    }
  }

  @Test
  void aSavepointOfTodayHoldsWhatTheContractSays(@TempDir Path directory) throws Exception {
    try (LocalSystem system = LocalSystem.startWithoutElasticsearch(directory, FLINK)) {
      LockstepConfig config = config(system, directory);
      LocalSystem.write(system.rules.resolve("content.yml"), CONTENT);
      LocalSystem.write(
          system.flags,
          "{\"flagValues\":{\"lockstep-ingress\":true,\"lockstep-egress\":\"live\"}}");
      LocalSystem.write(directory.resolve("customers.yml"), "acme: {tier: gold}\n");
      Topics.create(config);
      JobID job = run(system, config, 2, new Recovery.Nothing());
      sendLetter(system, config);
      List<String> history =
          List.of(
              event("u1", "failure", 1),
              event("u1", "failure", 2),
              event("u2", "failure", 1),
              event("u2", "failure", 2),
              event("u2", "failure", 3),
              event("u3", "failure", 1),
              event("u3", "failure", 2),
              event("u3", "failure", 3),
              event("u3", "success", 4),
              event("n1", "seen", 5));
      history.forEach(event -> system.send(config, CUSTOMER, event));
      AtomicInteger second = new AtomicInteger(30);
      LocalSystem.await(
          "all alerts before the savepoint, and the letter",
          () -> {
            advance(system, config, second.getAndIncrement());
            return told(system, config)
                    .equals(List.of("broken-in u3", "brute u2", "brute u3", "often n1", "success"))
                && lettersWaiting(config) == 1;
          });
      system.awaitDrained(config);
      URI savepoint = system.flink.savepoint(job, DetectionJob.name(config));
      int records = history.size() + second.get() - 30;
      store(Path.of(savepoint), records);

      SavepointSummary summary = SavepointReader.read(savepoint.toString(), null);
      assertThat(summary.engine()).isEqualTo(ENGINE);
      assertThat(summary.job()).isEqualTo("detection");
      assertThat(summary.savepoint()).isTrue();
      assertThat(states(summary)).isEqualTo(contract());
      assertThat(summary.updates())
          .extracting(SavepointSummary.Update::kind)
          .containsExactlyInAnyOrder("rules", "flags", "customers", "quarantine", "correlations");
    }
  }

  @ParameterizedTest
  @MethodSource("stored")
  void aSavepointOfEachReleaseGoesOnWhereItWas(Path stored, @TempDir Path directory)
      throws Exception {
    try (LocalSystem system = LocalSystem.startWithoutElasticsearch(directory, FLINK)) {
      LockstepConfig config = config(system, directory);
      Topics.create(config);
      // Topics as they were: the savepoint knows how far it has read.
      sendLetter(system, config);
      int records = Integer.parseInt(Files.readString(stored.resolve("records")).strip());
      for (int i = 0; i < records; i++) {
        system.send(config, CUSTOMER, "read before the savepoint");
      }
      system.flush();
      run(system, config, 3, Recovery.Savepoint.of(stored.toAbsolutePath()));
      assertThat(lettersWaiting(config)).isEqualTo(1);
      List.of(
              event("u1", "failure", 3600),
              event("u2", "success", 3601),
              event("n1", "seen", 3602),
              event("n2", "seen", 3603),
              event("u3", "failure", 10_800),
              event("u3", "failure", 10_801),
              event("u3", "failure", 10_802),
              event("u3", "success", 10_803))
          .forEach(event -> system.send(config, CUSTOMER, event));
      AtomicInteger second = new AtomicInteger(20_000);
      List<String> expected =
          List.of(
              "again u3",
              "broken-in u2",
              "broken-in u3",
              "brute u1",
              "brute u3",
              "often n2",
              "success",
              "success");
      LocalSystem.await(
          "all alerts after the savepoint",
          () -> {
            advance(system, config, second.getAndIncrement());
            return told(system, config).size() >= expected.size();
          });
      system.awaitDrained(config);

      assertThat(told(system, config)).isEqualTo(expected);
    }
  }

  private static LockstepConfig config(LocalSystem system, Path directory) {
    return system.config(
        ENGINE,
        Map.of(
            "events.max-out-of-orderness", "10 s",
            "events.idleness", "5 s",
            "customers.file", directory.resolve("customers.yml").toString(),
            "files.sources.logs.path", directory.toUri() + "files/{customer}/",
            "dead-letters.retry-delays", "30 d"));
  }

  private static JobID run(
      LocalSystem system, LockstepConfig config, int parallelism, Recovery recovery)
      throws Exception {
    JobID job = LocalJobs.submitDetection(system.flink, config, parallelism, recovery);
    system.flink.awaitRunning(job);
    return job;
  }

  /** A rule has failed on an event; it will be tried again in a month. */
  private static void sendLetter(LocalSystem system, LockstepConfig config) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            config.deadLettersTopic(), CUSTOMER.getBytes(UTF_8), "{}".getBytes(UTF_8));
    Map.of(
            "class", "RULE_ERROR",
            "reason", "failed in a test",
            "origin", "events/0/0",
            "attempt", "0",
            "engine", ENGINE,
            "rule-id", "often")
        .forEach((name, value) -> letter.headers().add(name, value.getBytes(UTF_8)));
    system.send(letter);
    system.flush();
  }

  private static void advance(LocalSystem system, LockstepConfig config, int second) {
    system.send(config, CUSTOMER, event("nobody", "none", second));
  }

  private static long lettersWaiting(LockstepConfig config) {
    return TaskMetrics.values(DetectionJob.name(config), "Retry", "deadLettersWaiting").stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** The alerts of both lanes by rule and user, sorted. Of a single logon the user is not told. */
  private static List<String> told(LocalSystem system, LockstepConfig config) {
    return system.alerts(config, Lane.LIVE).stream().map(StoredSavepointIT::told).sorted().toList();
  }

  private static String told(Alert alert) {
    Alert.Correlated correlated = alert.correlation();
    if (correlated != null) {
      return alert.rule().id() + " " + correlated.group().get("user");
    }
    return alert.rule().id().equals("often")
        ? "often " + alert.events().get(0).id().split("-", 2)[0]
        : "success";
  }

  private static String event(String user, String outcome, int second) {
    return "{\"event_id\":\"%s-%d\",\"user\":\"%s\",\"outcome\":\"%s\",\"@timestamp\":\"%s\"}"
        .formatted(user, second, user, outcome, BEGIN.plusSeconds(second));
  }

  private static void store(Path savepoint, int records) throws IOException {
    String release = System.getProperty("lockstep.savepoint.store", "");
    if (!release.isEmpty()) {
      Path folder = Files.createDirectories(STORED.resolve(release));
      Files.copy(
          savepoint.resolve("_metadata"),
          folder.resolve("_metadata"),
          StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(folder.resolve("records"), records + "\n");
    }
  }

  private static Map<String, Set<String>> states(SavepointSummary summary) {
    return summary.operators().stream()
        .collect(
            toMap(
                operator -> operator.uid() == null ? operator.id() : operator.uid(),
                operator -> new TreeSet<>(operator.states())));
  }

  private static Map<String, Set<String>> contract() {
    return SavepointContract.operators().stream()
        .filter(operator -> operator.job().equals("detection"))
        .collect(
            toMap(
                operator -> operator.uidIn(ENGINE), operator -> new TreeSet<>(operator.states())));
  }
}
