package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import dev.lockstep.connector.content.BundleArchive;
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

  @Test
  void eachEventIsJudgedOnceAndByOneBundleWhileRulesAreExchanged(@TempDir Path directory)
      throws Exception {
    DeliveryEvents events =
        CORPORA.isEmpty() ? DeliveryEvents.madeUp() : DeliveryEvents.of(Path.of(CORPORA));
    MarkedRules rules = events.rules(MADE_UP_RULES);
    try (LocalSystem system =
        LocalSystem.startWithoutElasticsearch(directory, TaskMetrics.flinkOptions())) {
      LockstepConfig config =
          system.config(
              "delivery",
              Map.of(
                  "flags.source", "none",
                  "flags.on-missing", "live"));
      Topics.create(config);
      Path file = system.rules.resolve("rules.tar.gz");
      publish(rules.version(0).encode(), file);
      LocalJobs.submitDetection(system.flink, config, PARALLELISM, new Recovery.Nothing());
      int sent;
      try (EngineStatusTail status = new EngineStatusTail(config)) {
        status.awaitInForce(rules.version(0).manifest().version());
        try (EventLoad load =
            EventLoad.start(RATE, i -> system.send(config, /* key= */ null, events.event(i)))) {
          LocalSystem.await("the first events", () -> load.sent() > 10 * RATE);
          changeOneRule(rules, file, status, config);
          exchangeAll(rules, file, status, config);
          load.close();
          sent = load.sent();
        }
      }
      system.awaitDrained(config);
      assertJudgedOnceByOneBundle(system.alerts(config, Lane.LIVE), sent);
    }
  }

  private static void changeOneRule(
      MarkedRules rules, Path file, EngineStatusTail status, LockstepConfig config)
      throws Exception {
    List<Long> millis = new ArrayList<>();
    try (Throughput throughput = throughput(config)) {
      for (int i = 1; i <= PUBLICATIONS; i++) {
        millis.add(millisUntilInForce(rules.version(i), file, status));
      }
      report("one change among %,d rules".formatted(rules.count()), millis, throughput);
    }
  }

  private static void exchangeAll(
      MarkedRules rules, Path file, EngineStatusTail status, LockstepConfig config)
      throws Exception {
    List<Long> millis = new ArrayList<>();
    try (Throughput throughput = throughput(config)) {
      for (int i = 1; i <= Math.max(1, PUBLICATIONS / 10); i++) {
        millis.add(millisUntilInForce(rules.wholeVersion(PUBLICATIONS + i), file, status));
      }
      report("all of %,d rules".formatted(rules.count()), millis, throughput);
    }
  }

  private static Throughput throughput(LockstepConfig config) throws InterruptedException {
    return new Throughput(DetectionJob.name(config), "Detect");
  }

  private static long millisUntilInForce(BundleArchive archive, Path file, EngineStatusTail status)
      throws Exception {
    Instant published = publish(archive.encode(), file);
    JsonNode bundle = status.awaitInForce(archive.manifest().version());
    Instant inForce = Instant.parse(bundle.path("in_force_at").asText());
    return Duration.between(published, inForce).toMillis();
  }

  /** As {@code lockstep rules publish} does it. */
  private static Instant publish(byte[] archive, Path file) throws IOException {
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

  private static void assertJudgedOnceByOneBundle(List<Alert> alerts, int sent) {
    Map<String, List<Alert>> byEvent = new HashMap<>();
    for (Alert alert : alerts) {
      String rule = alert.rule().id();
      if (rule.equals(MarkedRules.FIRST) || rule.equals(MarkedRules.LAST)) {
        byEvent.computeIfAbsent(alert.events().get(0).id(), id -> new ArrayList<>()).add(alert);
      }
    }
    Set<String> bundles = new HashSet<>();
    byEvent.forEach(
        (event, found) -> {
          assertThat(found)
              .as("alerts of event %s", event)
              .extracting(alert -> alert.rule().id())
              .containsExactlyInAnyOrder(MarkedRules.FIRST, MarkedRules.LAST);
          assertThat(found.get(0).bundle()).isEqualTo(found.get(1).bundle());
          assertThat(found.get(0).rule().title()).isEqualTo(found.get(1).rule().title());
          bundles.add(found.get(0).bundle());
        });
    assertThat(byEvent).hasSize((sent + DeliveryEvents.MARKED - 1) / DeliveryEvents.MARKED);
    assertThat(bundles).hasSizeGreaterThan(PUBLICATIONS);
  }
}
