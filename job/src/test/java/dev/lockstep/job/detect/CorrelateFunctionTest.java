package dev.lockstep.job.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.Content;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.correlation.CorrelationPlan.Feed;
import dev.lockstep.correlation.Evidence;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledHarness;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.job.state.HourlyCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelateFunctionTest {

  private static final long SECOND = 1000;
  private static final int MOST = 20;

  private static final OutputTag<GroupOccurrences> NEXT =
      new OutputTag<>("next", TypeInformation.of(GroupOccurrences.class));
  private static final OutputTag<DeadLetterRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetterRecord.class));
  private static final OutputTag<StatusRecord> STATUS =
      new OutputTag<>("status", TypeInformation.of(StatusRecord.class));

  private static final String FAILED =
      """
      title: Failed
      name: failed
      logsource: {product: test}
      detection: {s: {a: b}, condition: s}
      """;

  private static final String THREE =
      """
      title: Three within a minute
      id: three
      level: high
      correlation: {type: event_count, rules: failed, group-by: user, timespan: 1m, condition: {gte: 3}}
      """;

  private static final RuleDocument BRUTE_FORCE =
      new RuleDocument("brute.yml", FAILED + "---\n" + THREE);

  @ParameterizedTest(name = "RocksDB: {0}")
  @ValueSource(booleans = {false, true})
  void aGroupAlertsOnceWhenItsConditionBecomesTrue(boolean rocksDb) throws Exception {
    try (var harness = start(backend(rocksDb), /* state= */ null)) {
      harness.control(correlations(1, BRUTE_FORCE));
      harness.send(failed("bob", "e1", 1), failed("bob", "e2", 2));
      harness.send(failed("eve", "f1", 1), failed("bob", "e4", 4), failed("bob", "e3", 3));
      assertThat(harness.output()).as("event time has not come so far").isEmpty();

      harness.watermark(10 * SECOND);

      List<Alert> alerts = alerts(harness);
      assertThat(alerts).hasSize(1);
      Alert alert = alerts.get(0);
      assertThat(alert.rule().id()).isEqualTo("three");
      assertThat(alert.occurredAt()).isEqualTo(Instant.ofEpochSecond(3));
      assertThat(alert.events())
          .extracting(Alert.EventReference::id)
          .containsExactly("e1", "e2", "e3");
      Alert.Correlated correlated = requireNonNull(alert.correlation());
      assertThat(correlated.group()).containsExactly(Map.entry("user", "bob"));
      assertThat(correlated.count()).isEqualTo(3);
      assertThat(correlated.from()).isEqualTo(Instant.ofEpochSecond(-57));
    }
  }

  @Test
  void countsWhatItFindsAndSaysSoBeforeEventTimePassesTheHour() throws Exception {
    try (var harness = start()) {
      harness.control(correlations(1, BRUTE_FORCE));
      harness.watermark(0);
      harness.send(failed("bob", "e1", 1), failed("bob", "e2", 2), failed("bob", "e3", 3));
      // Found by a timer of this very watermark.
      harness.watermark(3600 * SECOND);

      assertThat(HourlyCounts.sum(harness.sideOutput(HourlyCounts.TAG), "acme", 0))
          .hasToString("MATCHES three 1");
    }
  }

  @Test
  void whatIsFoundDoesNotDependOnTheOrderOfArrivalOrOnARestart() throws Exception {
    List<GroupOccurrences> events = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      events.add(failed("bob", "e" + i, 15L * i));
    }
    List<Alert> inOrder;
    try (var harness = start()) {
      harness.control(correlations(1, BRUTE_FORCE));
      for (GroupOccurrences event : events) {
        harness.send(event);
      }
      harness.watermark(Long.MAX_VALUE);
      inOrder = alerts(harness);
    }
    assertThat(inOrder).hasSize(1);

    List<Alert> found = new ArrayList<>();
    OperatorSubtaskState state;
    try (var harness = start()) {
      harness.control(correlations(1, BRUTE_FORCE));
      harness.send(events.get(2), events.get(0));
      harness.watermark(10 * SECOND);
      harness.send(events.get(1));
      found.addAll(alerts(harness));
      state = harness.snapshot();
    }
    try (var harness = start(new HashMapStateBackend(), state)) {
      for (int i = events.size() - 1; i > 2; i--) {
        harness.send(events.get(i));
      }
      harness.watermark(Long.MAX_VALUE);
      found.addAll(alerts(harness));
    }
    assertThat(found).isEqualTo(inOrder);
  }

  /** Who waits for several subtasks must not stop waiting for one that is about to go on. */
  @Test
  void isNeverIdleForThoseWhoWaitForIt() throws Exception {
    try (var harness = start()) {
      harness.control(correlations(1, BRUTE_FORCE));
      harness.watermark(5 * SECOND);

      harness.idle();

      assertThat(harness.everything()).containsExactly(new Watermark(5 * SECOND));
    }
  }

  @Test
  void nothingIsLeftWhenAllWindowsHavePassed() throws Exception {
    try (var harness = start()) {
      harness.control(correlations(1, BRUTE_FORCE));
      harness.send(failed("bob", "e1", 1), failed("bob", "e2", 2), failed("eve", "f1", 3));
      harness.watermark(5 * SECOND);
      assertThat(harness.keyedStateEntries()).isPositive();

      harness.watermark(64 * SECOND);

      assertThat(harness.keyedStateEntries()).isZero();
      assertThat(harness.timers()).isZero();
    }
  }

  @Test
  void anotherTitleKeepsTheWindowsAndAnotherConditionBeginsAnew() throws Exception {
    try (var harness = start()) {
      harness.control(correlations(1, BRUTE_FORCE));
      harness.send(failed("bob", "e1", 1), failed("bob", "e2", 2));
      harness.watermark(5 * SECOND);

      RuleDocument retitled = edited("Three within", "Many within");
      harness.control(correlations(2, retitled));
      harness.send(found(retitled, "failed", "bob", "e3", 6));
      harness.watermark(10 * SECOND);
      assertThat(alerts(harness))
          .extracting(alert -> alert.rule().title())
          .containsExactly("Many within a minute");

      RuleDocument stricter = edited("gte: 3", "gte: 4");
      harness.control(correlations(3, stricter));
      harness.send(found(stricter, "failed", "bob", "e4", 11));
      harness.watermark(15 * SECOND);
      assertThat(alerts(harness)).as("the window of the other condition").isEmpty();

      harness.watermark(100 * SECOND);
      assertThat(harness.keyedStateEntries()).isZero();
    }
  }

  @Test
  void anotherConditionOfOneCorrelationLeavesTheWindowsOfOthers() throws Exception {
    String four = THREE.replace("id: three", "id: four").replace("gte: 3", "gte: 4");
    RuleDocument both = new RuleDocument("brute.yml", BRUTE_FORCE.text() + "---\n" + four);
    RuleDocument edited = new RuleDocument("brute.yml", both.text().replace("gte: 3", "gte: 2"));
    try (var harness = start()) {
      harness.control(correlations(1, both));
      harness.send(foundByAll(both, "bob", "e1", 1));
      harness.send(foundByAll(both, "bob", "e2", 2));
      harness.send(foundByAll(both, "bob", "e3", 3));
      harness.watermark(5 * SECOND);
      assertThat(alerts(harness)).extracting(alert -> alert.rule().id()).containsExactly("three");

      harness.control(correlations(2, edited));
      harness.send(foundByAll(edited, "bob", "e4", 6));
      harness.watermark(10 * SECOND);

      assertThat(alerts(harness))
          .as("of the other one, a single event of its new window is too few")
          .extracting(alert -> alert.rule().id())
          .containsExactly("four");
    }
  }

  @Test
  void aThousandMoreCorrelationsDisturbNoWindow() throws Exception {
    try (var harness = start()) {
      harness.control(correlations(1, BRUTE_FORCE));
      harness.send(failed("bob", "e1", 1), failed("bob", "e2", 2));
      harness.watermark(5 * SECOND);
      List<RuleDocument> more = new ArrayList<>(List.of(BRUTE_FORCE));
      for (int i = 0; i < 1000; i++) {
        more.add(new RuleDocument(i + ".yml", THREE.replace("id: three", "id: other-" + i)));
      }

      harness.control(correlations(2, more.toArray(new RuleDocument[0])));
      harness.send(failed("bob", "e3", 6));
      harness.watermark(10 * SECOND);

      assertThat(alerts(harness)).extracting(alert -> alert.rule().id()).containsExactly("three");
    }
  }

  @Test
  void occurrencesThatAreAheadOfTheirCorrelationWaitForIt() throws Exception {
    try (var harness = start()) {
      harness.control(correlations(1));
      for (int i = 1; i <= 3; i++) {
        GroupOccurrences ahead = failed("bob", "e" + i, i);
        ahead.sequence = 2;
        harness.send(ahead);
      }
      harness.watermark(10 * SECOND);
      assertThat(alerts(harness)).isEmpty();

      harness.control(correlations(2, BRUTE_FORCE));
      harness.watermark(11 * SECOND);

      assertThat(alerts(harness)).hasSize(1);
    }
  }

  @Test
  void whatEventTimeHasPassedIsADeadLetterIfItsGroupIsFurther() throws Exception {
    try (var harness = start()) {
      harness.control(correlations(1, BRUTE_FORCE));
      harness.send(failed("bob", "e9", 9));
      harness.watermark(10 * SECOND);

      harness.send(failed("bob", "late", 8), failed("eve", "first", 8));

      assertThat(harness.sideOutput(DEAD_LETTERS))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.deadLetterClass).isEqualTo("LATE");
                assertThat(letter.origin).isEqualTo("events/0/late");
                assertThat(letter.ruleId).isEqualTo("three");
                assertThat(letter.isCut()).as("it has an excerpt of the event only").isTrue();
                assertThat(letter.reason).contains("1970-01-01T00:00:08Z");
              });
      assertThat(harness.metrics().count("correlationInputsLate")).isEqualTo(1);
    }
  }

  @Test
  void whatIsBehindItsGroupAfterARestartIsADeadLetterToo() throws Exception {
    OperatorSubtaskState state;
    try (var harness = start()) {
      harness.control(correlations(1, BRUTE_FORCE));
      harness.send(failed("bob", "e9", 9));
      harness.watermark(10 * SECOND);
      state = harness.snapshot();
    }
    try (var harness = start(new HashMapStateBackend(), state)) {
      harness.send(failed("bob", "late", 8), failed("bob", "e9", 9));
      harness.watermark(10 * SECOND);

      assertThat(harness.sideOutput(DEAD_LETTERS))
          .extracting(letter -> letter.origin)
          .containsExactly("events/0/late");
    }
  }

  @Test
  void whatOneCorrelationFindsIsForOthersToTake() throws Exception {
    RuleDocument chain =
        new RuleDocument(
            "chain.yml",
            BRUTE_FORCE.text()
                + """
                ---
                title: Many users
                id: many
                correlation: {type: event_count, rules: [three], timespan: 1h, condition: {gte: 2}}
                """);
    try (var first = start();
        var second = start()) {
      first.control(correlations(1, chain));
      second.control(correlations(1, chain));
      for (String user : List.of("bob", "eve")) {
        for (int i = 1; i <= 3; i++) {
          first.send(found(chain, "failed", user, user + i, i));
        }
      }
      first.watermark(10 * SECOND);
      assertThat(alerts(first)).as("it does not say generate").isEmpty();
      List<GroupOccurrences> next = first.sideOutput(NEXT);
      assertThat(next).extracting(found -> found.stage).containsExactly(2, 2);

      second.send(next.get(0), next.get(1));
      second.watermark(10 * SECOND);

      assertThat(alerts(second)).extracting(alert -> alert.rule().id()).containsExactly("many");
    }
  }

  @Test
  void aGroupThatIsTooLargeSaysSo() throws Exception {
    RuleDocument sum =
        new RuleDocument(
            "sum.yml",
            FAILED
                + """
                ---
                title: Sum
                id: sum
                correlation: {type: value_sum, rules: failed, timespan: 1h, condition: {gte: 1000, field: n}}
                """);
    try (var harness = start()) {
      harness.control(correlations(1, sum));
      for (int i = 0; i <= MOST; i++) {
        harness.send(found(sum, "failed", "bob", "e" + i, i));
      }
      harness.watermark(1000 * SECOND);

      assertThat(harness.metrics().count("rule=sum/correlationGivenUp")).isEqualTo(1);
      assertThat(harness.sideOutput(STATUS))
          .singleElement()
          .satisfies(
              status ->
                  assertThat(new String(status.json, UTF_8))
                      .contains("\"status\":\"capped\"", "more than 20 events or values"));
    }
  }

  private static RuleDocument edited(String before, String after) {
    return new RuleDocument("brute.yml", BRUTE_FORCE.text().replace(before, after));
  }

  private static GroupOccurrences failed(String user, String id, long second) {
    return found(BRUTE_FORCE, "failed", user, id, second);
  }

  /** What the first correlation over the rule takes. */
  private static GroupOccurrences found(
      RuleDocument document, String rule, String user, String id, long second) {
    Feed feed = Content.read(List.of(document)).correlationPlan().feedsOf(rule).get(0);
    Map<String, String> fields = Map.of("user", user, "n", "10");
    return new GroupOccurrences(
        feed.groupOf("acme", fields).orElseThrow().encode(),
        feed.correlation().stage(),
        /* sequence= */ 1,
        List.of(
            feed.occurrence(second * SECOND, id, fields, Evidence.of("events/0/" + id, fields))));
  }

  /** What each correlation over the rule takes. */
  private static GroupOccurrences[] foundByAll(
      RuleDocument document, String user, String id, long second) {
    Map<String, String> fields = Map.of("user", user);
    return Content.read(List.of(document)).correlationPlan().feedsOf("failed").stream()
        .map(
            feed ->
                new GroupOccurrences(
                    feed.groupOf("acme", fields).orElseThrow().encode(),
                    feed.correlation().stage(),
                    /* sequence= */ 1,
                    List.of(feed.occurrence(second * SECOND, id, fields, "{}"))))
        .toArray(GroupOccurrences[]::new);
  }

  private static ControlUpdate correlations(long sequence, RuleDocument... documents) {
    RuleBundle bundle = new RuleBundle(List.of(documents));
    return ControlUpdate.ofCorrelations(bundle.version(), Delivery.of(bundle).encode())
        .at(sequence);
  }

  private static List<Alert> alerts(ControlledHarness<GroupOccurrences, AlertRecord> harness) {
    return harness.output().stream().map(record -> AlertJson.read(record.json)).toList();
  }

  private static StateBackend backend(boolean rocksDb) {
    return rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
  }

  private static ControlledHarness<GroupOccurrences, AlertRecord> start() throws Exception {
    return start(new HashMapStateBackend(), /* state= */ null);
  }

  private static ControlledHarness<GroupOccurrences, AlertRecord> start(
      StateBackend backend, @Nullable OperatorSubtaskState state) throws Exception {
    return ControlledHarness.start(
        new CorrelateFunction("blue", MOST, NEXT, DEAD_LETTERS, STATUS, HourlyCounts.COUNTING),
        found -> found.group,
        backend,
        state);
  }
}
