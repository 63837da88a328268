package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import dev.lockstep.connector.content.BundleArchive;
import dev.lockstep.connector.kafka.RulesPublisher;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules are exchanged while events come: each event is judged once, by one bundle. How long a
 * publication takes until it is in force on all subtasks, and what it costs, is printed; the
 * profile {@code delivery} measures it with all rules of the corpora.
 */
class RuleDeliveryIT {

  private static final int PARALLELISM = 4;
  private static final int PUBLICATIONS = Integer.getInteger("delivery.publications", 3);
  private static final int RATE = Integer.getInteger("delivery.rate", 200);
  private static final String CORPORA = System.getProperty("delivery.corpora", "");
  private static final int MADE_UP_RULES = 300;
  private static final int WARM_UP_SECONDS = PUBLICATIONS < 10 ? 2 : 20;

  /** Between two publications, longer where throughput is measured. */
  private static final Duration PAUSE = Duration.ofMillis(PUBLICATIONS < 10 ? 200 : 1500);

  /** How a bundle comes to the engine. */
  @FunctionalInterface
  private interface Publisher {

    /** Publishes the bytes of a bundle and returns when it did so. */
    Instant publish(byte[] archive) throws Exception;
  }

  @Test
  void eachEventIsJudgedOnceAndByOneBundleWhileRulesComeFromAFolder(@TempDir Path directory)
      throws Exception {
    try (LocalSystem system = start(directory)) {
      Path file = system.rules.resolve("rules.tar.gz");
      exchangeUnderLoad(system, config(system, "folder"), archive -> replace(file, archive));
    }
  }

  @Test
  void eachEventIsJudgedOnceAndByOneBundleWhileRulesComeFromATopic(@TempDir Path directory)
      throws Exception {
    try (LocalSystem system = start(directory)) {
      LockstepConfig config = config(system, "topic", "rules.source", "kafka");
      try (RulesPublisher publisher =
          RulesPublisher.open(config.kafka(), config.rules().topic(), Duration.ofSeconds(30))) {
        exchangeUnderLoad(
            system,
            config,
            archive -> {
              Instant published = Instant.now();
              publisher.publish("rules", archive);
              return published;
            });
      }
    }
  }

  private static LocalSystem start(Path directory) throws Exception {
    return LocalSystem.startWithoutElasticsearch(directory, TaskMetrics.flinkOptions());
  }

  private static LockstepConfig config(LocalSystem system, String engine, String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("flags.source", "none");
    options.put("flags.on-missing", "live");
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return system.config(engine, options);
  }

  private static void exchangeUnderLoad(
      LocalSystem system, LockstepConfig config, Publisher publisher) throws Exception {
    DeliveryEvents events =
        CORPORA.isEmpty() ? DeliveryEvents.madeUp() : DeliveryEvents.of(Path.of(CORPORA));
    MarkedRules rules = events.rules(MADE_UP_RULES);
    List<BundleArchive> single = new ArrayList<>();
    List<BundleArchive> whole = new ArrayList<>();
    for (int i = 1; i <= PUBLICATIONS; i++) {
      single.add(rules.version(i));
    }
    for (int i = 1; i <= Math.max(1, PUBLICATIONS / 10); i++) {
      whole.add(rules.wholeVersion(PUBLICATIONS + i));
    }
    Topics.create(config);
    publisher.publish(rules.version(0).encode());
    LocalJobs.submitDetection(system.flink, config, PARALLELISM, new Recovery.Nothing());
    int sent;
    try (EngineStatusTail status = new EngineStatusTail(config)) {
      status.awaitInForce(rules.version(0).manifest().version());
      try (EventLoad load =
          EventLoad.start(RATE, i -> system.send(config, /* key= */ null, events.event(i)))) {
        LocalSystem.await("the first events", () -> load.sent() > WARM_UP_SECONDS * RATE);
        exchange("one change among", rules, single, publisher, status, config);
        exchange("all of", rules, whole, publisher, status, config);
        load.close();
        sent = load.sent();
      }
    }
    system.awaitDrained(config);
    assertJudgedOnceByOneBundle(system, config, sent);
  }

  private static void exchange(
      String what,
      MarkedRules rules,
      List<BundleArchive> bundles,
      Publisher publisher,
      EngineStatusTail status,
      LockstepConfig config)
      throws Exception {
    List<Long> millis = new ArrayList<>();
    try (Throughput throughput = throughput(config)) {
      for (BundleArchive bundle : bundles) {
        byte[] archive = bundle.encode();
        LocalSystem.await("a moment of rest", restOf(PAUSE));
        Instant published = publisher.publish(archive);
        JsonNode inForce = status.awaitInForce(bundle.manifest().version());
        Instant at = Instant.parse(inForce.path("in_force_at").asText());
        millis.add(Duration.between(published, at).toMillis());
      }
      report(
          "%s: %s %,d rules".formatted(config.engine(), what, rules.count()), millis, throughput);
    }
  }

  private static Callable<Boolean> restOf(Duration pause) {
    Instant over = Instant.now().plus(pause);
    return () -> Instant.now().isAfter(over);
  }

  private static Throughput throughput(LockstepConfig config) throws InterruptedException {
    return new Throughput(DetectionJob.name(config), "Detect");
  }

  /** As {@code lockstep rules publish} does it. */
  private static Instant replace(Path file, byte[] archive) throws IOException {
    Path next = file.resolveSibling(".next");
    Files.write(next, archive);
    Instant published = Instant.now();
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return published;
  }

  private static void report(String what, List<Long> millis, Throughput throughput) {
    List<Long> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    System.out.printf(
        "%d publications of %s at %.0f events/s, until in force on %d subtasks: p50 %d ms, p99 %d ms,"
            + " most %d ms; least of half a second %.0f %% of the mean, below 80 %% for %d ms%n",
        sorted.size(),
        what,
        throughput.perSecond(),
        PARALLELISM,
        sorted.get(sorted.size() / 2),
        sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1),
        sorted.get(sorted.size() - 1),
        100 * throughput.leastShare(),
        throughput.millisBelow(0.8));
  }

  /** What is compared of an alert: all of them would not fit into memory. */
  private record Judged(String rule, String title, String bundle) {}

  private static void assertJudgedOnceByOneBundle(
      LocalSystem system, LockstepConfig config, int sent) {
    Map<String, List<Judged>> byEvent = new HashMap<>();
    CommittedRecords.forEach(
        system.kafka.bootstrapServers(),
        config.alerts().topic(Lane.LIVE),
        record -> {
          String rule = new String(record.headers().lastHeader("rule-id").value(), UTF_8);
          if (rule.equals(MarkedRules.FIRST) || rule.equals(MarkedRules.LAST)) {
            Alert alert = AlertJson.read(record.value());
            byEvent
                .computeIfAbsent(alert.events().get(0).id(), id -> new ArrayList<>())
                .add(new Judged(rule, alert.rule().title(), alert.bundle()));
          }
        });
    Set<String> bundles = new HashSet<>();
    byEvent.forEach(
        (event, found) -> {
          assertThat(found)
              .as("alerts of event %s", event)
              .extracting(Judged::rule)
              .containsExactlyInAnyOrder(MarkedRules.FIRST, MarkedRules.LAST);
          assertThat(found.get(0).bundle()).isEqualTo(found.get(1).bundle());
          assertThat(found.get(0).title()).isEqualTo(found.get(1).title());
          bundles.add(found.get(0).bundle());
        });
    assertThat(byEvent).hasSize((sent + DeliveryEvents.MARKED - 1) / DeliveryEvents.MARKED);
    assertThat(bundles).hasSizeGreaterThan(PUBLICATIONS);
  }
}
