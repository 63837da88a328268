package dev.lockstep.local;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.item;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import dev.lockstep.connector.launchdarkly.FlagJson;
import dev.lockstep.job.IndexJob;
import dev.lockstep.job.ParityJob;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Customers move from one engine to another under load, while flags reach the two at different
 * times, in either order, and one of them is killed: each alert is live once in Elasticsearch, and
 * parity knows what happened to it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParityIT {

  private static final int RATE_PER_CUSTOMER = 10;

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

  @AfterEach
  void cancelJobs() throws Exception {
    system.cancelAll();
  }

  @Test
  void aCutOverUnderLoadLosesNoAlertAndTellsEachThatCameTwice() throws Exception {
    long first = Long.getLong("parity.seed", 1);
    int rescued = 0;
    int duplicates = 0;
    for (long seed = first; seed < first + Integer.getInteger("parity.seeds", 1); seed++) {
      Outcome outcome = cutOver(seed);
      rescued += outcome.rescued;
      duplicates += outcome.duplicates;
      system.cancelAll();
    }
    System.out.printf("all seeds: %d rescued, %d duplicates%n", rescued, duplicates);
    assertThat(rescued).as("the test must meet alerts that flags lose").isPositive();
    assertThat(duplicates).as("and alerts that both engines send").isPositive();
  }

  private record Outcome(int rescued, int duplicates) {}

  private Outcome cutOver(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> customers = new ArrayList<>();
    for (int i = 0; i < Integer.getInteger("parity.customers", 4); i++) {
      customers.add("s" + seed + "c" + i);
    }
    Map<String, String> options = options("seed" + seed);
    AtomicInteger sent = new AtomicInteger();
    String start = set(ingress(1, true), egress(1, routes(List.of())));
    try (FlaggedEngine blue = new FlaggedEngine(system, "blue" + seed, start, options);
        FlaggedEngine green = new FlaggedEngine(system, "green" + seed, start, options)) {
      Topics.create(blue.config());
      system.startIndex(blue.config());
      system.startParity(blue.config());
      blue.start(1);
      green.start(1);
      blue.awaitControl();
      green.awaitControl();
      int kill = customers.size() / 2;
      try (EventLoad load =
          EventLoad.start(
              RATE_PER_CUSTOMER * customers.size(),
              i -> {
                send(blue, customers.get(i % customers.size()), i);
                sent.set(i + 1);
              })) {
        await(sent, customers.size() * 5);
        List<String> moved = new ArrayList<>();
        for (String customer : customers) {
          moved.add(customer);
          boolean blueFirst = moved.size() == 1 || (moved.size() > 2 && random.nextBoolean());
          move(
              moved,
              blueFirst ? blue : green,
              blueFirst ? green : blue,
              Duration.ofMillis(
                  moved.size() <= 2
                      ? Integer.getInteger("parity.apart", 800)
                      : random.nextInt(Integer.getInteger("parity.apart", 800))));
          if (moved.size() == kill) {
            FlaggedEngine victim = random.nextBoolean() ? blue : green;
            victim.kill();
            await(sent, sent.get() + customers.size() * 5);
            victim.start(1);
          }
        }
        await(sent, sent.get() + customers.size() * 10);
      }
      return check(seed, blue, customers, sent.get());
    }
  }

  private static Map<String, String> options(String topics) {
    Map<String, String> options = ParityTopic.topics(topics);
    options.put("parity.first", "blue" + topics.substring("seed".length()));
    options.put("parity.second", "green" + topics.substring("seed".length()));
    options.put("parity.window", "5 s");
    options.put("parity.max-wait", "10 s");
    options.put("parity.keep", "5 min");
    options.put("parity.idleness", "5 s");
    options.put("parity.summary-interval", "1 s");
    options.put("elasticsearch.mode", "index-job");
    return options;
  }

  /** Blue is live for all but the customers that have moved, green for these alone. */
  private static String routes(List<String> moved) {
    return "\"rules\":["
        + rule("to-green", 0, moved, "green")
        + ","
        + rule("from-blue", 1, moved, "blue")
        + ",{\"id\":\"green\",\"variation\":1,\"clauses\":["
        + clause("engine", "startsWith", List.of("green"))
        + "]}],\"fallthrough\":{\"variation\":0}";
  }

  private static String rule(String id, int variation, List<String> customers, String engine) {
    List<String> values = customers.isEmpty() ? List.of("nobody") : customers;
    return "{\"id\":\"%s\",\"variation\":%d,\"clauses\":[%s,%s]}"
        .formatted(
            id,
            variation,
            clause("engine", "startsWith", List.of(engine)),
            clause("customer", "in", values));
  }

  private static String clause(String kind, String operator, List<String> values) {
    return "{\"contextKind\":\"%s\",\"attribute\":\"key\",\"op\":\"%s\",\"values\":[\"%s\"]}"
        .formatted(kind, operator, String.join("\",\"", values));
  }

  private static void move(
      List<String> moved, FlaggedEngine early, FlaggedEngine late, Duration apart) {
    String flag = item(egress(1 + moved.size(), routes(moved)));
    early.launchDarkly.patch("/flags/" + FlagJson.KEYS.egress(), flag);
    LockSupport.parkNanos(apart.toNanos());
    late.launchDarkly.patch("/flags/" + FlagJson.KEYS.egress(), flag);
  }

  private void send(FlaggedEngine engine, String customer, int i) {
    system.send(
        engine.config(),
        customer,
        "{\"event_id\":\"e%d\",\"@timestamp\":\"%s\",\"CommandLine\":\"run alpha\"}"
            .formatted(i, Instant.now()));
  }

  private static void await(AtomicInteger sent, int count) throws Exception {
    LocalSystem.await(count + " events", () -> sent.get() >= count);
  }

  private Outcome check(long seed, FlaggedEngine engine, List<String> customers, int sent)
      throws Exception {
    system.flush();
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < sent; i++) {
      expected.add(AlertId.ofEvent(customers.get(i % customers.size()), "alpha", "e" + i));
    }
    awaitVerdicts(engine, expected);
    LocalSystem.await(
        "every alert in Elasticsearch",
        () -> system.indexedIds(Lane.LIVE, "s" + seed + "c").size() >= expected.size());

    Map<String, Integer> live = new HashMap<>();
    Set<String> rescued = new HashSet<>();
    for (var record : system.committed(engine.config().alerts().liveTopic())) {
      Alert alert = AlertJson.read(record.value());
      live.merge(alert.id(), 1, Integer::sum);
      if (!requireNonNull(alert.routing()).rescuedFrom().isEmpty()) {
        assertThat(rescued.add(alert.id())).as("rescued twice: " + alert.id()).isTrue();
      }
    }
    Set<String> twice = new HashSet<>();
    live.forEach(
        (id, times) -> {
          if (times > 1) {
            twice.add(id);
          }
        });
    Map<Verdict, Long> counted = counted(engine);
    System.out.printf(
        "seed %d: %d alerts of %d customers, %d rescued, %d live twice, verdicts %s%n",
        seed, expected.size(), customers.size(), rescued.size(), twice.size(), counted);
    assertThat(live.keySet()).as("live in Kafka, seed " + seed).isEqualTo(expected);
    assertThat(system.indexedIds(Lane.LIVE, "s" + seed + "c"))
        .as("live in Elasticsearch, seed " + seed)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(verdictsOf(engine, Verdict.DUPLICATE_LIVE)).isEqualTo(twice);
    Set<String> sentByParityAlone = new HashSet<>(rescued);
    sentByParityAlone.removeAll(twice);
    assertThat(verdictsOf(engine, Verdict.RESCUED)).isEqualTo(sentByParityAlone);
    assertThat(Set.of(Verdict.MATCHED, Verdict.RESCUED, Verdict.DUPLICATE_LIVE))
        .as("nothing else is said to be wrong, seed " + seed)
        .containsAll(counted.keySet());
    return new Outcome(rescued.size(), twice.size());
  }

  /** Waits until all are judged and none lacks a copy; else says which do. */
  private void awaitVerdicts(FlaggedEngine engine, Set<String> expected) throws Exception {
    try {
      LocalSystem.await(
          "every alert judged, and none without its other copy",
          () -> {
            Map<Verdict, Long> counted = counted(engine);
            return counted.values().stream().mapToLong(Long::longValue).sum() == expected.size()
                && !counted.containsKey(Verdict.ONLY_LIVE)
                && !counted.containsKey(Verdict.ONLY_SHADOW);
          });
    } catch (AssertionError e) {
      Set<String> live = new HashSet<>();
      for (Alert alert : system.alerts(engine.config(), Lane.LIVE)) {
        live.add(alert.id());
      }
      Set<String> absent = new HashSet<>(expected);
      absent.removeAll(live);
      throw new AssertionError(
          "%d alerts expected, counted %s; %d are not live: %s; without a copy: %s; %s"
              .formatted(
                  expected.size(),
                  counted(engine),
                  absent.size(),
                  absent.stream().limit(5).toList(),
                  parity(engine).verdicts().stream()
                      .filter(each -> each.verdict().name().startsWith("ONLY"))
                      .limit(5)
                      .toList(),
                  system.howItGoes(
                      ParityJob.name(engine.config()), IndexJob.name(engine.config()))),
          e);
    }
  }

  private Map<Verdict, Long> counted(FlaggedEngine engine) {
    return parity(engine).counted();
  }

  private Set<String> verdictsOf(FlaggedEngine engine, Verdict wanted) {
    return parity(engine).verdicts().stream()
        .filter(record -> record.verdict() == wanted)
        .map(VerdictRecord::alertId)
        .collect(Collectors.toSet());
  }

  private ParityTopic parity(FlaggedEngine engine) {
    return new ParityTopic(system, engine.config());
  }
}
