package dev.lockstep.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever order occurrences come in, and wherever work is interrupted, each type finds what
 * looking at whole windows finds. Moments, values and events are few, so that ends of windows, ties
 * and values that come again are frequent.
 */
class GroupAgreesWithOracleTest {
  private static final int RUNS = Integer.getInteger("lockstep.correlation.runs", 150);
  private static final int MOST = 1000;
  private static final List<Long> GRIDS = List.of(1L, 50L, 100L, 250L, 333L);
  private static final List<String> VALUES = List.of("1", "2", "2.0", "-3", "10", "0.5", "x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: event_count, rules: [a], timespan: 1s, condition: {gte: 3}",
        "type: event_count, rules: [a], timespan: 2s, condition: {gt: 1, lte: 4}",
        "type: event_count, rules: [a], timespan: 1s, condition: {lt: 3}",
        "type: event_count, rules: [a], timespan: 1s, condition: {lte: 2, neq: 1}",
        "type: event_count, rules: [a], timespan: 1s, condition: {eq: 2}",
        "type: event_count, rules: [a], timespan: 1s, condition: {neq: 2}",
        "type: event_count, rules: [a], timespan: 9s, condition: {gte: 25}",
        "type: event_count, rules: [a], timespan: 9s, condition: {gte: 50}",
        "type: value_count, rules: [a], timespan: 1s, condition: {field: v, gte: 3}",
        "type: value_count, rules: [a], timespan: 2s, condition: {field: v, gt: 1, lt: 4}",
        "type: value_count, rules: [a], timespan: 1s, condition: {field: v, lte: 1}",
        "type: value_count, rules: [a], timespan: 1s, condition: {field: v, eq: 2}",
        "type: value_count, rules: [a], timespan: 2s, condition: {field: v, neq: 3}",
        "type: value_count, rules: [a], timespan: 9s, condition: {field: [v, w], gte: 12}",
        "type: value_count, rules: [a], timespan: 9s, condition: {field: [v, w], gte: 22}",
        "type: value_sum, rules: [a], timespan: 1s, condition: {field: v, gt: 10}",
        "type: value_sum, rules: [a], timespan: 2s, condition: {field: v, gte: 2, neq: 4}",
        "type: value_sum, rules: [a], timespan: 1s, condition: {field: v, lt: 1}",
        "type: value_avg, rules: [a], timespan: 1s, condition: {field: v, gt: 2}",
        "type: value_avg, rules: [a], timespan: 2s, condition: {field: v, lte: 1.5}",
        "type: value_avg, rules: [a], timespan: 1s, condition: {field: v, eq: 2}",
        "type: value_percentile, rules: [a], timespan: 1s, condition: {field: v, gte: 2}",
        "type: value_percentile, rules: [a], timespan: 2s,"
            + " condition: {field: v, percentile: 95, gt: 2}",
        "type: value_percentile, rules: [a], timespan: 2s,"
            + " condition: {field: v, percentile: 0, lt: 1}",
        "type: value_percentile, rules: [a], timespan: 2s,"
            + " condition: {field: v, percentile: 100, eq: 10}",
        "type: value_percentile, rules: [a], timespan: 1s,"
            + " condition: {field: v, percentile: 30, neq: 2}",
        "type: value_percentile, rules: [a], timespan: 2s,"
            + " condition: {field: v, percentile: 75, gt: 1, lte: 4}",
        "type: value_median, rules: [a], timespan: 2s, condition: {field: v, eq: 1.5}",
        "type: value_count, rules: [a], timespan: 1s, exact-up-to: 2,"
            + " condition: {field: v, gte: 4}",
        "type: value_count, rules: [a], timespan: 2s, exact-up-to: 3,"
            + " condition: {field: [v, w], eq: 6}",
        "type: value_count, rules: [a], timespan: 1s, exact-up-to: 4,"
            + " condition: {field: [v, w], lt: 5, neq: 2}",
        "type: value_count, rules: [a], timespan: 9s, exact-up-to: 20,"
            + " condition: {field: [v, w], gte: 22}",
        "type: value_count, rules: [a], timespan: 1s, exact-up-to: 5,"
            + " condition: {field: v, gte: 3}",
        "type: value_percentile, rules: [a], timespan: 1s, exact-up-to: 2,"
            + " condition: {field: v, percentile: 90, gt: 5}",
        "type: value_percentile, rules: [a], timespan: 2s, exact-up-to: 4,"
            + " condition: {field: v, percentile: 25, lt: 1}",
        "type: value_median, rules: [a], timespan: 1s, exact-up-to: 3,"
            + " condition: {field: v, gte: 1, lt: 3}",
        "type: temporal, rules: [a, b, c], timespan: 1s",
        "type: temporal, rules: [a, b], timespan: 2s",
        "type: temporal, timespan: 1s, condition: a and not b",
        "type: temporal, timespan: 1s, condition: b and not a",
        "type: temporal, timespan: 2s, condition: (a or b) and not (c or a)",
        "type: temporal, timespan: 1s, condition: not a or not b",
        "type: temporal, rules: [a, b, c], timespan: 1s, condition: {gte: 2}",
        "type: temporal, rules: [a, b, c], timespan: 1s, condition: {eq: 2}",
        "type: temporal, rules: [a, b, c], timespan: 2s, condition: {lt: 3, neq: 1}",
        "type: temporal_ordered, rules: [a], timespan: 1s",
        "type: temporal_ordered, rules: [a, b], timespan: 1s",
        "type: temporal_ordered, rules: [a, b, c], timespan: 1s",
        "type: temporal_ordered, rules: [a, b, c], timespan: 2s",
        "type: temporal_ordered, rules: [a, b, c, d], timespan: 2s",
        "type: absence, rules: [a], timespan: 1s",
        "type: absence, rules: [a], timespan: 1s, forget: 2s",
        "type: absence, rules: [a], timespan: 1s, condition: {lt: 3}, forget: 2s",
        "type: absence, rules: [a], timespan: 1s, condition: {lte: 3}",
        "type: absence, rules: [a], timespan: 2s, condition: {lt: 4}, forget: 3s",
        "type: spike, rules: [a], timespan: 1s, condition: {ratio: 2}",
        "type: spike, rules: [a], timespan: 1s, condition: {ratio: 1.5, min-current: 3}",
        "type: spike, rules: [a], timespan: 1s, condition: {ratio: 3, min-reference: 0}",
        "type: spike, rules: [a], timespan: 1s, windows: 3, condition: {ratio: 3}",
        "type: spike, rules: [a], timespan: 1s, windows: 3,"
            + " condition: {ratio: 1, min-reference: 0.3}",
        "type: spike, rules: [a], timespan: 1s, windows: 2, condition: {ratio: 2, field: v}",
        "type: drop, rules: [a], timespan: 1s, condition: {ratio: 2}",
        "type: drop, rules: [a], timespan: 1s, condition: {ratio: 3, min-reference: 2}",
        "type: drop, rules: [a], timespan: 1s, windows: 3, condition: {ratio: 3}",
        "type: drop, rules: [a], timespan: 1s, windows: 2, condition: {ratio: 2, field: v}",
        "type: new_term, rules: [a], timespan: 1s, condition: {field: v}",
        "type: new_term, rules: [a], timespan: 2s, learning: 1s, condition: {field: v}",
        "type: new_term, rules: [a], timespan: 1s, learning: 3s, condition: {field: [v, w]}",
        "type: change, rules: [a], timespan: 1s, condition: {field: v}",
        "type: change, rules: [a], timespan: 2s, condition: {field: [v, w]}",
        "type: ratio, rules: [a, b], timespan: 1s, condition: {part: a, of: b, gte: 50}",
        "type: ratio, rules: [a, b], timespan: 2s, condition: {part: b, of: a, gt: 40, min: 3}",
        "type: ratio, rules: [a, b], timespan: 1s, condition: {part: a, of: b, lt: 60, min: 2}",
        "type: ratio, rules: [a, b], timespan: 1s, condition: {part: b, of: a, eq: 50}",
        "type: ratio, rules: [a, b], timespan: 1s, condition: {part: a, of: b, neq: 100}",
        "type: ratio, rules: [a], timespan: 1s, condition: {part: a, of: a, gte: 50, min: 4}"
      })
  void findsTheSame(String keys) {
    Correlation correlation = Correlations.of(keys);
    int found = 0;
    int estimated = 0;
    for (int run = 0; run < RUNS; run++) {
      RandomGenerator random = new SplittableRandom(keys.hashCode() * 1_000_003L + run);
      List<Occurrence> timeline = timeline(correlation, random);
      List<Occurrence> ordered = timeline.stream().sorted(Occurrence.ORDER).toList();
      List<Expected> expected = Oracle.judge(correlation.written(), ordered);
      found += expected.size();
      GroupOperator operator = new GroupOperator(correlation, MOST);
      drive(operator, timeline, expected, random);
      int number = run;
      Supplier<String> description =
          () -> "%s, run %d: %s".formatted(keys, number, timesOf(ordered));
      if (keys.contains("temporal_ordered")) {
        assertThat(withoutEvents(operator.found())).as(description).isEqualTo(expected);
        operator.findings().forEach(finding -> assertIsChain(finding, description));
      } else {
        assertThat(operator.found()).as(description).isEqualTo(expected);
      }
      assertThat(operator.findings())
          .allMatch(finding -> finding.approximate() == (finding.estimatedBy() != null));
      estimated += operator.estimated();
      assertThat(operator.givenUp()).isZero();
      assertThat(operator.isEmpty()).as(description).isTrue();
    }
    assertThat(found).as("otherwise the runs say little").isGreaterThan(RUNS / 20);
    assertThat(estimated > RUNS)
        .isEqualTo(keys.contains("exact-up-to") && !keys.contains("gte: 3}"));
  }

  private static String timesOf(List<Occurrence> ordered) {
    return ordered.stream()
        .map(one -> "%d %s/%d %s".formatted(one.atMillis(), one.id(), one.member(), one.values()))
        .collect(Collectors.joining("\n", "\n", "\n"));
  }

  private static List<Expected> withoutEvents(List<Expected> found) {
    return found.stream()
        .map(
            one ->
                new Expected(one.atMillis(), one.fromMillis(), one.count(), one.value(), List.of()))
        .toList();
  }

  private static void assertIsChain(Finding finding, Supplier<String> description) {
    List<Occurrence> events = finding.events();
    long since = finding.fromMillis();
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).member()).as(description).isEqualTo(i);
      assertThat(events.get(i).atMillis()).as(description).isGreaterThanOrEqualTo(since);
      since = events.get(i).atMillis();
    }
    assertThat(since).as(description).isEqualTo(finding.atMillis());
    assertThat(events).as(description).hasSize((int) finding.count());
    assertThat(events).as(description).extracting(Occurrence::id).doesNotHaveDuplicates();
  }

  /** An event is found by one rule or by several. */
  private static List<Occurrence> timeline(Correlation correlation, RandomGenerator random) {
    int rules = correlation.written().rules().size();
    int fields = correlation.question().fields().size();
    int events = 1 + random.nextInt(random.nextInt(4) == 0 ? 120 : 16);
    long grid = GRIDS.get(random.nextInt(GRIDS.size()));
    long range = 1000L * (1 + random.nextInt(8));
    long origin = random.nextBoolean() ? 1_790_000_000_000L : -3000;
    List<Occurrence> timeline = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      long at = origin + grid * (random.nextLong(range) / grid);
      List<String> values = values(fields, random);
      int first = random.nextInt(rules);
      int last = random.nextInt(3) == 0 ? rules - 1 : first;
      for (int member = first; member <= last; member++) {
        timeline.add(new Occurrence(at, "e" + i, member, values, "{}"));
      }
    }
    return timeline;
  }

  /** Now and then an event does not have the fields. */
  private static List<String> values(int fields, RandomGenerator random) {
    List<String> values = new ArrayList<>();
    for (int i = 0; random.nextInt(10) > 0 && i < fields; i++) {
      values.add(VALUES.get(random.nextInt(VALUES.size())));
    }
    return values.size() == fields ? values : List.of();
  }

  /** Input as it comes: out of order within bounds, some of it twice, late, and interrupted. */
  private static void drive(
      GroupOperator operator,
      List<Occurrence> timeline,
      List<Expected> expected,
      RandomGenerator random) {
    long bound = List.of(0L, 100L, 300L, 2000L).get(random.nextInt(4));
    List<Occurrence> input = new ArrayList<>(timeline);
    for (Occurrence occurrence : timeline) {
      if (random.nextInt(10) == 0) {
        input.add(occurrence);
      }
    }
    Map<Integer, Long> arrivals = new HashMap<>();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < input.size(); i++) {
      arrivals.put(i, input.get(i).atMillis() + random.nextLong(bound + 1));
      order.add(i);
    }
    order.sort(Comparator.comparing(arrivals::get));
    List<Occurrence> arriving = order.stream().map(input::get).toList();
    boolean interrupted = random.nextBoolean();
    GroupOperator.Checkpoint checkpoint = operator.checkpoint();
    int from = 0;
    int restarts = interrupted ? 1 + random.nextInt(3) : 0;
    long newest = Long.MIN_VALUE;
    int at = 0;
    while (at < arriving.size()) {
      int end = Math.min(arriving.size(), at + 1 + random.nextInt(3));
      List<Occurrence> batch = arriving.subList(at, end);
      operator.add(batch);
      for (Occurrence occurrence : batch) {
        newest = Math.max(newest, occurrence.atMillis());
      }
      at = end;
      long reached = newest - bound - 1 - (random.nextBoolean() ? 0 : random.nextLong(500));
      if (random.nextInt(3) > 0 && reached > operator.watermark()) {
        operator.advanceTo(reached);
      }
      if (!interrupted) {
        assertThat(operator.findings())
            .as("found as soon as it is time")
            .hasSize(foundUntil(operator.watermark(), expected));
        addLate(operator, arriving.subList(0, at), random);
      }
      if (interrupted && random.nextInt(6) == 0) {
        checkpoint = operator.checkpoint();
        from = at;
      }
      if (restarts > 0 && random.nextInt(5) == 0) {
        restarts--;
        operator.restore(checkpoint);
        at = from;
        newest = Long.MIN_VALUE;
      }
    }
    operator.finish();
  }

  private static int foundUntil(long watermark, List<Expected> expected) {
    return (int) expected.stream().filter(one -> one.atMillis() <= watermark).count();
  }

  /** What comes before something that was taken changes nothing. */
  private static void addLate(
      GroupOperator operator, List<Occurrence> arrived, RandomGenerator random) {
    long taken =
        arrived.stream()
            .mapToLong(Occurrence::atMillis)
            .filter(millis -> millis <= operator.watermark())
            .max()
            .orElse(Long.MIN_VALUE);
    if (!operator.hasProgress() || taken == Long.MIN_VALUE || random.nextInt(4) > 0) {
      return;
    }
    Map<Long, ByteBuffer> held = operator.held();
    int before = operator.late().size();
    long at = taken - 1 - random.nextInt(1500);
    Occurrence late = new Occurrence(at, "late" + before, 0, List.of("1", "2"), "{}");
    operator.add(List.of(late));
    assertThat(operator.late()).hasSize(before + 1).endsWith(late);
    assertThat(operator.held()).isEqualTo(held);
  }
}
