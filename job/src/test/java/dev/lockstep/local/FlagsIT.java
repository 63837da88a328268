package dev.lockstep.local;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.rollout;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static dev.lockstep.connector.launchdarkly.FlagJson.target;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.Lane;
import dev.lockstep.connector.launchdarkly.LaunchDarklyServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole detection job under a LaunchDarkly that patches, fails and goes away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlagsIT {

  private static final int LIVE = 0;
  private static final int SHADOW = 1;
  private static final String OTHER_KEY = "sdk-99999999-8888-7777-6666-555555555555";
  private static final List<String> CUSTOMERS = List.of("acme", "globex", "initech", "umbrella");

  private LocalSystem system;
  private LogWatch log;

  @BeforeAll
  void startServices(@TempDir Path directory) throws Exception {
    log =
        LogWatch.of(
            List.of("dev.lockstep", "com.launchdarkly", "org.apache.flink.streaming"),
            List.of(LaunchDarklyServer.SDK_KEY, OTHER_KEY));
    system = LocalSystem.startWithoutElasticsearch(directory, TaskMetrics.flinkOptions());
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
  void noLogLineHasAKey() {
    assertThat(log.loggers()).anyMatch(logger -> logger.startsWith("com.launchdarkly"));
    assertThat(log.leaks()).isEmpty();
  }

  @Test
  void aPatchIsInForceInEverySubtaskWithinASecond() throws Exception {
    int flips = 200;
    List<Duration> taken = new ArrayList<>();
    try (FlaggedEngine engine = engine("patched", set(ingress(1, true), egress(1, LIVE)))) {
      engine.start(4);
      engine.awaitControl();
      try (EventLoad load = EventLoad.start(100, i -> engine.send(customer(i), "e" + i))) {
        for (int i = 0; i < flips; i++) {
          taken.add(engine.patchEgress(egress(2 + i, i % 2 == 0 ? SHADOW : LIVE)));
        }
        assertThat(load.sent()).isPositive();
      }
    }
    Collections.sort(taken);
    Duration p99 = taken.get(flips * 99 / 100 - 1);
    System.out.printf(
        "%d patches were in force in 8 subtasks after p50 %d ms, p99 %d ms, max %d ms%n",
        flips,
        taken.get(flips / 2 - 1).toMillis(),
        p99.toMillis(),
        taken.get(flips - 1).toMillis());
    assertThat(p99).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void decisionsOutliveSavepointsAndRescalingWhileTheServerIsDown() throws Exception {
    int events = 400;
    String half = set(ingress(1, true), egress(1, rollout("event", 50)));
    try (FlaggedEngine engine = engine("ramped", half)) {
      engine.start(2);
      sendBatch(engine, events);
      engine.awaitAlerts(events);
      Map<String, List<Lane>> before = lanesByEvent(engine);
      assertThat(before).hasSize(events);
      assertThat(before.values()).allMatch(lanes -> lanes.size() == 1);
      assertThat(engine.alerts(Lane.LIVE)).hasSizeBetween(events * 4 / 10, events * 6 / 10);
      String version = engine.launchDarkly.version();

      engine.launchDarkly.stop();
      engine.stopWithSavepoint();
      engine.start(4);
      sendBatch(engine, events);
      engine.awaitAlerts(2 * events);
      engine.stopWithSavepoint();
      engine.start(2);
      sendBatch(engine, events);
      engine.awaitAlerts(3 * events);
      engine.stopWithSavepoint();

      Map<String, List<Lane>> after = lanesByEvent(engine);
      assertThat(after.keySet()).isEqualTo(before.keySet());
      before.forEach(
          (event, lanes) ->
              assertThat(after.get(event))
                  .as(event)
                  .isEqualTo(Collections.nCopies(3, lanes.get(0))));
      assertThat(engine.alerts())
          .allSatisfy(alert -> assertThat(routing(alert).flags()).isEqualTo(version));
    }
  }

  @Test
  void aRefusedKeyLowerVersionsAndAnEmptyPutNeedNoRestart() throws Exception {
    try (FlaggedEngine engine = engine("refused", set(ingress(5, true), egress(5, LIVE)))) {
      engine.launchDarkly.accept(OTHER_KEY);
      engine.start(4);
      engine.send("acme", "under-a-good-key");
      LocalSystem.await("a refusal", () -> engine.launchDarkly.requests().contains("/all 401"));
      assertThat(engine.alerts()).isEmpty();
      engine.giveKey(OTHER_KEY);
      engine.awaitControl();
      engine.awaitAlerts(1);

      engine.inForce(() -> engine.launchDarkly.put(set(ingress(1, true), egress(1, SHADOW))));
      String version = engine.launchDarkly.version();
      engine.send("acme", "under-lower-versions");
      engine.launchDarkly.put(set());
      LocalSystem.await(
          "the empty put to be refused",
          () -> engine.count("Source: Flags", "flagSetsRefused") == 1);
      engine.send("acme", "after-an-empty-put");
      engine.awaitAlerts(3);

      engine.assertNeverRestarted();
      assertThat(engine.alerts(Lane.LIVE))
          .extracting(FlagsIT::eventId)
          .containsExactly("under-a-good-key");
      assertThat(engine.alerts(Lane.SHADOW))
          .extracting(FlagsIT::eventId)
          .containsExactly("under-lower-versions", "after-an-empty-put");
      assertThat(engine.alerts(Lane.SHADOW))
          .allSatisfy(alert -> assertThat(routing(alert).flags()).isEqualTo(version));
    }
  }

  /** Each flip is a version of its own, so that an alert tells which flags decided it. */
  @Test
  void flippingACustomerUnderLoadLosesAndDoublesNoAlert() throws Exception {
    int flips = 100;
    List<String> versions = new ArrayList<>();
    int sent;
    try (FlaggedEngine engine = engine("flipped", set(ingress(1, true), acmeTo(LIVE, 1)))) {
      engine.start(4);
      engine.awaitControl();
      versions.add(engine.launchDarkly.version());
      try (EventLoad load =
          EventLoad.start(
              100,
              i -> {
                engine.send("acme", "e" + i);
                engine.send("globex", "e" + i);
              })) {
        for (int i = 1; i <= flips; i++) {
          load.awaitMore(5);
          engine.patchEgress(acmeTo(i % 2 == 0 ? LIVE : SHADOW, 1 + i));
          versions.add(engine.launchDarkly.version());
        }
        load.close();
        sent = load.sent();
      }
      List<String> expected = expectedIds(sent);
      engine.awaitAlerts(expected.size());
      engine.stopWithSavepoint();

      List<Alert> alerts = engine.alerts();
      assertThat(alerts.stream().map(Alert::id)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(versions).doesNotHaveDuplicates();
      for (Alert alert : alerts) {
        int flip = versions.indexOf(routing(alert).flags());
        assertThat(flip).as("flags of " + alert.id()).isNotNegative();
        boolean shadow = alert.customer().equals("acme") && flip % 2 == 1;
        assertThat(routing(alert).lane()).isEqualTo(shadow ? Lane.SHADOW : Lane.LIVE);
      }
      for (String customer : List.of("acme", "globex")) {
        assertThat(flipsInOrderOfEvents(alerts, customer, versions)).isSorted();
      }
      List<Alert> ofAcme = alerts.stream().filter(each -> each.customer().equals("acme")).toList();
      assertThat(ofAcme).extracting(alert -> routing(alert).lane()).contains(Lane.values());
    }
  }

  @Test
  void holdsEventsUntilTheFirstFlagsComeAndLosesNone() throws Exception {
    int events = 200;
    String flags = set(ingress(1, true), acmeTo(SHADOW, 1));
    try (FlaggedEngine engine = engine("held", flags)) {
      engine.launchDarkly.stop();
      engine.start(4);
      sendBatch(engine, events);
      // Those that come after the source is paused wait in Kafka.
      LocalSystem.await("events to be held", () -> engine.count("Detect", "eventsHeld") > 0);
      engine.awaitCheckpoint();
      assertThat(engine.alerts()).isEmpty();

      engine.launchDarkly.restart(flags);
      engine.awaitAlerts(events);
      engine.assertNeverRestarted();
      engine.stopWithSavepoint();
      assertThat(engine.alerts()).extracting(Alert::id).doesNotHaveDuplicates().hasSize(events);
      assertThat(engine.alerts(Lane.SHADOW)).hasSize(events / CUSTOMERS.size());
      assertThat(engine.alerts(Lane.SHADOW)).extracting(Alert::customer).containsOnly("acme");
    }
  }

  private FlaggedEngine engine(String name, String flags) throws Exception {
    return new FlaggedEngine(system, name, flags);
  }

  /** The egress flag that sends acme to its lane and all others live; another one each time. */
  private static String acmeTo(int variation, int version) {
    return egress(
        version,
        target("customer", "acme", variation)
            + ",\"rules\":[{\"id\":\"r\",\"variation\":2,\"clauses\":[{\"contextKind\":\"customer\","
            + "\"attribute\":\"key\",\"op\":\"in\",\"values\":[\"nobody-%d\"]}]}]"
                .formatted(version)
            + ",\"fallthrough\":{\"variation\":0}");
  }

  private static void sendBatch(FlaggedEngine engine, int events) {
    for (int i = 0; i < events; i++) {
      engine.send(customer(i), "e" + i);
    }
  }

  private static String customer(int i) {
    return CUSTOMERS.get(i % CUSTOMERS.size());
  }

  private static Map<String, List<Lane>> lanesByEvent(FlaggedEngine engine) {
    return engine.alerts().stream()
        .collect(
            groupingBy(
                FlagsIT::eventId, TreeMap::new, mapping(alert -> routing(alert).lane(), toList())));
  }

  private static List<String> expectedIds(int sent) {
    return IntStream.range(0, sent)
        .boxed()
        .flatMap(
            i ->
                Stream.of("acme", "globex")
                    .map(customer -> AlertId.ofEvent(customer, "alpha", "e" + i)))
        .toList();
  }

  private static List<Integer> flipsInOrderOfEvents(
      List<Alert> alerts, String customer, List<String> versions) {
    Map<Integer, Integer> flips = new TreeMap<>();
    for (Alert alert : alerts) {
      if (alert.customer().equals(customer)) {
        flips.put(
            Integer.parseInt(eventId(alert).substring(1)),
            versions.indexOf(routing(alert).flags()));
      }
    }
    return List.copyOf(flips.values());
  }

  private static String eventId(Alert alert) {
    return alert.events().get(0).id();
  }

  private static Routing routing(Alert alert) {
    return requireNonNull(alert.routing(), "an alert of a topic has a lane");
  }
}
