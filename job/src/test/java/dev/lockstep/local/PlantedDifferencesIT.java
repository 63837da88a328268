package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.alert.Lane;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two engines on one stream that do not agree, each in a way that was planted: parity finds each
 * and names it rightly.
 */
class PlantedDifferencesIT {

  private static final Instant BEGIN = Instant.parse("2026-01-01T10:00:00Z");

  /** Blue is live and green in shadow, but for two customers: of one both are, of one neither. */
  private static final String FLAGS =
      """
      {"flags": {
        "lockstep-ingress": {"key": "lockstep-ingress", "version": 1, "on": true, "salt": "i",
          "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 0}},
        "lockstep-egress": {"key": "lockstep-egress", "version": 1, "on": true, "salt": "e",
          "variations": ["live", "shadow", "off"], "offVariation": 1,
          "rules": [%s, %s, %s], "fallthrough": {"variation": 1}}},
       "segments": {}}
      """
          .formatted(
              flagRule(0, "customer", "twice"),
              flagRule(1, "customer", "strayed"),
              flagRule(0, "engine", "blue"));

  private static final String COUNT =
      """
      title: Counted %1$s
      id: count-%1$s
      level: medium
      correlation:
        type: event_count
        rules: [%1$s]
        group-by: [user]
        timespan: 1m
        condition: {gte: %2$d}
      """;

  @Test
  void eachPlantedDifferenceIsFoundAndNamed(@TempDir Path directory) throws Exception {
    try (LocalSystem system = LocalSystem.startWithoutElasticsearch(directory, Map.of())) {
      Files.writeString(system.flags, FLAGS);
      LockstepConfig blue = engine(system, "blue", "high", /* later= */ 3, /* threshold= */ 2);
      LockstepConfig green = engine(system, "green", "low", /* later= */ 5, /* threshold= */ 50);
      only(system, "blue", "missing");
      only(system, "green", "new");
      Topics.create(blue);
      for (LockstepConfig engine : List.of(blue, green)) {
        system.flink.awaitRunning(
            LocalJobs.submitDetection(system.flink, engine, 1, new Recovery.Nothing()));
      }
      for (int i = 0; i < 5; i++) {
        send(system, blue, "acme", "same", i);
        send(system, blue, "acme", "later", i);
      }
      for (String word : List.of("missing", "new", "field", "threshold", "threshold")) {
        send(system, blue, "acme", word, 5);
      }
      send(system, blue, "twice", "same", 5);
      send(system, blue, "strayed", "same", 5);
      stray(system, green);
      awaitCorrelations(system, blue);
      // When every copy lies there, it makes no difference how far one engine is behind the other.
      system.startParity(blue);

      Map<Verdict, Long> planted =
          Map.of(
              Verdict.MATCHED, 5L,
              Verdict.ONLY_LIVE, 2L,
              Verdict.ONLY_SHADOW, 1L,
              Verdict.DIFFERS, 1L,
              Verdict.NEAR_MATCH, 1L,
              Verdict.DUPLICATE_LIVE, 1L,
              Verdict.WRONG_LANE, 1L);
      ParityTopic parity = new ParityTopic(system, blue);
      LocalSystem.await(
          "the verdicts",
          () -> parity.counted().equals(planted),
          () -> parity.counted() + " " + parity.verdicts());

      Map<String, VerdictRecord> named = named(parity);
      assertThat(named.keySet())
          .containsExactlyInAnyOrder(
              "acme ONLY_LIVE missing",
              "acme ONLY_LIVE count-threshold",
              "acme ONLY_SHADOW new",
              "acme DIFFERS field",
              "acme NEAR_MATCH count-later",
              "twice DUPLICATE_LIVE same",
              "strayed WRONG_LANE same");
      assertThat(record(named, "acme DIFFERS field").differences())
          .filteredOn(each -> !each.field().equals("rule.version"))
          .extracting(FieldDifference::field, FieldDifference::values)
          .containsExactly(tuple("rule.level", Map.of("blue", "high", "green", "low")));
      assertThat(record(named, "acme NEAR_MATCH count-later").pair())
          .extracting(VerdictRecord.Pair::why)
          .isEqualTo("3 of 3 and 5 events are the same; green found it 2 s later");
      assertThat(record(named, "twice DUPLICATE_LIVE same").reason())
          .isEqualTo("sent live by blue and green");
      assertThat(record(named, "strayed WRONG_LANE same").reason())
          .isEqualTo("the copy of green says that it is shadow, and lies in live");
    }
  }

  private static VerdictRecord record(Map<String, VerdictRecord> named, String name) {
    return requireNonNull(named.get(name), name);
  }

  /** One engine, with rules of its own that most are like those of the other one. */
  private static LockstepConfig engine(
      LocalSystem system, String engine, String level, int later, int threshold) throws Exception {
    Path rules = Files.createDirectories(system.directory.resolve("rules-" + engine));
    rule(rules, "same", "high");
    rule(rules, "field", level);
    for (String counted : List.of("later", "threshold")) {
      int enough = counted.equals("later") ? later : threshold;
      Files.writeString(
          rules.resolve(counted + ".yml"),
          LocalSystem.rule(counted, "word: " + counted)
              + "---\n"
              + COUNT.formatted(counted, enough));
    }
    Map<String, String> options = ParityTopic.topics("planted");
    options.put("rules.directory", rules.toString());
    options.put("events.max-out-of-orderness", "1 s");
    options.put("events.idleness", "1 s");
    options.put("parity.first", "blue");
    options.put("parity.second", "green");
    options.put("parity.window", "10 s");
    options.put("parity.max-wait", "10 s");
    options.put("parity.keep", "5 min");
    options.put("parity.idleness", "2 s");
    options.put("parity.summary-interval", "1 s");
    return system.config(engine, options);
  }

  private static void only(LocalSystem system, String engine, String id) throws Exception {
    rule(system.directory.resolve("rules-" + engine), id, "high");
  }

  private static void rule(Path folder, String id, String level) throws Exception {
    Files.writeString(
        folder.resolve(id + ".yml"),
        LocalSystem.rule(id, "word: " + id).replace("level: high", "level: " + level));
  }

  private static String flagRule(int variation, String kind, String key) {
    return "{\"id\": \"%s\", \"variation\": %d, \"clauses\": [{\"contextKind\": \"%s\", "
            .formatted(key, variation, kind)
        + "\"attribute\": \"key\", \"op\": \"in\", \"values\": [\"%s\"], \"negate\": false}]}"
            .formatted(key);
  }

  private static void send(
      LocalSystem system, LockstepConfig config, String customer, String word, int second) {
    system.send(
        config,
        customer,
        "{\"user\":\"ann\",\"word\":\"%s\",\"@timestamp\":\"%s\"}"
            .formatted(word, BEGIN.plusSeconds(second)));
  }

  /** As an engine would that takes one topic for the other. */
  private static void stray(LocalSystem system, LockstepConfig green) throws Exception {
    String shadow = green.alerts().topic(Lane.SHADOW);
    LocalSystem.await(
        "green's alert of the customer whose alerts are in shadow",
        () -> system.committed(shadow).stream().anyMatch(PlantedDifferencesIT::isToStray));
    system.committed(shadow).stream()
        .filter(PlantedDifferencesIT::isToStray)
        .forEach(
            record -> system.sendTo(green.alerts().topic(Lane.LIVE), record.key(), record.value()));
  }

  /** Moves event time on until both engines have told what they counted. */
  private static void awaitCorrelations(LocalSystem system, LockstepConfig config)
      throws Exception {
    AtomicInteger second = new AtomicInteger(3600);
    LocalSystem.await(
        "the alerts of both engines' correlations",
        () -> {
          send(system, config, "acme", "nothing", second.getAndIncrement());
          return ruleIds(system, config, Lane.LIVE)
                  .containsAll(Set.of("count-later", "count-threshold"))
              && ruleIds(system, config, Lane.SHADOW).contains("count-later");
        },
        () -> ruleIds(system, config, Lane.LIVE) + " " + ruleIds(system, config, Lane.SHADOW));
  }

  private static Set<String> ruleIds(LocalSystem system, LockstepConfig config, Lane lane) {
    return system.alerts(config, lane).stream().map(alert -> alert.rule().id()).collect(toSet());
  }

  private static boolean isToStray(ConsumerRecord<byte[], byte[]> record) {
    String alert = new String(record.value(), UTF_8);
    return alert.contains("\"customer\":\"strayed\"") && alert.contains("\"engine\":\"green\"");
  }

  /** By customer, verdict and rule. */
  private static Map<String, VerdictRecord> named(ParityTopic parity) {
    Map<String, VerdictRecord> named = new HashMap<>();
    for (VerdictRecord each : parity.verdicts()) {
      named.put("%s %s %s".formatted(each.customer(), each.verdict(), each.rule().id()), each);
    }
    return named;
  }
}
