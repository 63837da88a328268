package dev.lockstep.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.Content;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.correlation.CorrelationPlan.Feed;
import dev.lockstep.correlation.Evidence;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledHarness;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.job.state.HourlyCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each type finds in the operator, with its state and its timers, is what it finds in the
 * ordered stream: in whatever order events come within the bound, wherever the operator is stopped
 * and goes on from its last checkpoint, with all that came since coming again. When all windows
 * have passed nothing is left. That the ordered stream is judged rightly is a test of the judgement
 * itself.
 */
class CorrelateRestartsTest {
  private static final int RUNS = 4;
  private static final long LATENESS = 400;

  private static final OutputTag<GroupOccurrences> NEXT =
      new OutputTag<>("next", TypeInformation.of(GroupOccurrences.class));
  private static final OutputTag<DeadLetterRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetterRecord.class));
  private static final OutputTag<StatusRecord> STATUS =
      new OutputTag<>("status", TypeInformation.of(StatusRecord.class));

  private static final String RULES =
      """
      title: a
      name: a
      logsource: {product: test}
      detection: {s: {a: b}, condition: s}
      ---
      title: b
      name: b
      logsource: {product: test}
      detection: {s: {a: b}, condition: s}
      ---
      title: All of it
      id: c
      correlation: {group-by: [user], %s}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: event_count, rules: [a], timespan: 1s, condition: {gte: 3}",
        "type: event_count, rules: [a], timespan: 3s, condition: {gte: 36}",
        "type: value_count, rules: [a], timespan: 1s, condition: {field: n, gte: 3}",
        "type: value_count, rules: [a], timespan: 1s, exact-up-to: 2, condition: {field: n, gte: 4}",
        "type: value_sum, rules: [a], timespan: 1s, condition: {field: n, gte: 12}",
        "type: value_avg, rules: [a], timespan: 1s, condition: {field: n, gt: 4}",
        "type: value_percentile, rules: [a], timespan: 1s,"
            + " condition: {field: n, percentile: 80, gte: 6}",
        "type: value_median, rules: [a], timespan: 1s, condition: {field: n, lt: 3}",
        "type: value_median, rules: [a], timespan: 1s, exact-up-to: 2,"
            + " condition: {field: n, lt: 3}",
        "type: temporal, rules: [a, b], timespan: 1s",
        "type: temporal, timespan: 1s, condition: a and not b",
        "type: temporal, rules: [a, b], timespan: 1s, condition: {eq: 1}",
        "type: temporal_ordered, rules: [a, b], timespan: 1s",
        "type: absence, rules: [a], timespan: 1s, condition: {lt: 2}",
        "type: spike, rules: [a], timespan: 1s, condition: {ratio: 2}",
        "type: drop, rules: [a], timespan: 1s, condition: {ratio: 2}",
        "type: new_term, rules: [a], timespan: 1s, condition: {field: n}",
        "type: change, rules: [a], timespan: 1s, condition: {field: n}",
        "type: ratio, rules: [a, b], timespan: 1s, condition: {part: a, of: b, gte: 150}"
      })
  void findsWhatTheOrderedStreamHas(String keys) throws Exception {
    RuleDocument document = new RuleDocument("c.yml", RULES.formatted(keys));
    int found = 0;
    for (int run = 0; run < RUNS; run++) {
      RandomGenerator random = new SplittableRandom(keys.hashCode() * 31L + run);
      List<Event> ordered = timeline(random);
      List<String> expected = new ArrayList<>();
      try (var harness = start(new HashMapStateBackend(), /* state= */ null)) {
        harness.control(control(document));
        send(harness, document, ordered);
        harness.watermark(Long.MAX_VALUE);
        expected.addAll(alerts(harness));
      }
      found += expected.size();
      StateBackend backend =
          run == 0 ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
      assertThat(interrupted(backend, document, disordered(ordered, random), random))
          .as("%s, run %d", keys, run)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(found).as("otherwise the runs say little").isGreaterThan(RUNS);
  }

  /** An event of a user, found by one of the rules. */
  private record Event(long atMillis, int number, String rule, String user, String value) {}

  /** Two customers have a user of the same name. */
  private static List<Event> timeline(RandomGenerator random) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      long at = 1_000_000 + 20 * random.nextLong(250);
      events.add(
          new Event(
              at,
              i,
              random.nextInt(3) == 0 ? "b" : "a",
              random.nextBoolean() ? "acme/bob" : "initech/bob",
              String.valueOf(random.nextInt(8))));
    }
    events.sort(Comparator.comparingLong(Event::atMillis));
    return events;
  }

  private static List<Event> disordered(List<Event> ordered, RandomGenerator random) {
    Map<Integer, Long> arrivals = new HashMap<>();
    for (Event event : ordered) {
      arrivals.put(event.number, event.atMillis + random.nextLong(LATENESS));
    }
    return ordered.stream().sorted(Comparator.comparing(e -> arrivals.get(e.number))).toList();
  }

  /** Alerts since the last checkpoint are taken back with what they were made of. */
  private static List<String> interrupted(
      StateBackend backend, RuleDocument document, List<Event> events, RandomGenerator random)
      throws Exception {
    List<String> committed = new ArrayList<>();
    List<String> open = new ArrayList<>();
    OperatorSubtaskState state = null;
    int from = 0;
    int at = 0;
    int restarts = 3;
    var harness = start(backend, /* state= */ null);
    try {
      harness.control(control(document));
      while (at < events.size()) {
        int end = Math.min(events.size(), at + 1 + random.nextInt(12));
        send(harness, document, events.subList(at, end));
        long newest =
            events.subList(0, end).stream().mapToLong(Event::atMillis).max().orElseThrow();
        at = end;
        harness.watermark(newest - LATENESS - 1);
        open.addAll(alerts(harness));
        if (random.nextInt(4) == 0) {
          state = harness.snapshot();
          committed.addAll(open);
          open.clear();
          from = at;
        }
        if (state != null && restarts > 0 && random.nextInt(4) == 0) {
          restarts--;
          open.clear();
          at = from;
          harness.close();
          harness = start(backend, state);
        }
      }
      harness.watermark(Long.MAX_VALUE);
      open.addAll(alerts(harness));
      // RocksDB takes away timers that are over together, with the next snapshot at the latest.
      harness.snapshot();
      assertThat(harness.keyedStateEntries()).isZero();
      assertThat(harness.timers()).isZero();
      assertThat(harness.sideOutput(DEAD_LETTERS)).isEmpty();
    } finally {
      harness.close();
    }
    committed.addAll(open);
    return committed;
  }

  private static void send(
      ControlledHarness<GroupOccurrences, AlertRecord> harness,
      RuleDocument document,
      List<Event> events)
      throws Exception {
    CorrelationPlan plan = Content.read(List.of(document)).correlationPlan();
    for (Event event : events) {
      int slash = event.user.indexOf('/');
      Map<String, String> fields =
          Map.of("user", event.user.substring(slash + 1), "n", event.value);
      String id = "e" + event.number;
      for (Feed feed : plan.feedsOf(event.rule)) {
        harness.send(
            new GroupOccurrences(
                feed.groupOf(event.user.substring(0, slash), fields).orElseThrow().encode(),
                feed.correlation().stage(),
                /* sequence= */ 1,
                List.of(
                    feed.occurrence(
                        event.atMillis, id, fields, Evidence.of("events/0/" + id, fields)))));
      }
    }
  }

  private static ControlUpdate control(RuleDocument document) {
    RuleBundle bundle = new RuleBundle(List.of(document));
    return ControlUpdate.ofCorrelations(bundle.version(), Delivery.of(bundle).encode()).at(1);
  }

  private static List<String> alerts(ControlledHarness<GroupOccurrences, AlertRecord> harness) {
    return harness.output().stream()
        .map(record -> new String(record.json, StandardCharsets.UTF_8))
        .toList();
  }

  private static ControlledHarness<GroupOccurrences, AlertRecord> start(
      StateBackend backend, @Nullable OperatorSubtaskState state) throws Exception {
    return ControlledHarness.start(
        new CorrelateFunction("blue", 1000, NEXT, DEAD_LETTERS, STATUS, HourlyCounts.COUNTING),
        found -> found.group,
        backend,
        state);
  }
}
