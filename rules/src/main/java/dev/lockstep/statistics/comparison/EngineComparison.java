package dev.lockstep.statistics.comparison;

import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.EventFate;
import dev.lockstep.statistics.Latency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Two engines side by side.
 *
 * @param obstacles why it would not be fair to judge them now; empty if it is
 * @param leftOut what is not compared of the periods that were asked about
 * @param customers by their ids
 * @param from begin of the first period that is compared; null if none is
 * @param to end of the last one
 */
public record EngineComparison(
    List<String> obstacles,
    List<LeftOut> leftOut,
    List<CustomerComparison> customers,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** What it comes to. */
  public enum Outcome {
    AGREE,
    DIFFER,
    /** Not yet fair to judge. */
    NOT_YET
  }

  public EngineComparison {
    obstacles = List.copyOf(obstacles);
    leftOut = List.copyOf(leftOut);
    customers = List.copyOf(customers);
  }

  /** Compares what two engines say of themselves. */
  public static EngineComparison of(EngineReport first, EngineReport second, Question question) {
    return new Work(first, second, question).result();
  }

  /**
   * Returns what the numbers, and parity's verdicts, come to. A difference that is there counts,
   * whatever else cannot be compared yet.
   */
  public Outcome outcome(ParityCounts parity, double tolerance) {
    if (!obstacles.isEmpty()) {
      return Outcome.NOT_YET;
    }
    if (customers.stream().anyMatch(CustomerComparison::differs)
        || isBeyond(parity.differing(), parity.judged(), tolerance)) {
      return Outcome.DIFFER;
    }
    return customers.isEmpty() || customers.stream().anyMatch(each -> each.periods() == 0)
        ? Outcome.NOT_YET
        : Outcome.AGREE;
  }

  static boolean isBeyond(long difference, long all, double tolerance) {
    return difference > 0 && difference > tolerance * all;
  }

  /** Of one comparison. */
  private static final class Work {
    private final EngineReport first;
    private final EngineReport second;
    private final Question question;
    private final Fairness fairness;
    private @Nullable Instant from;
    private @Nullable Instant to;

    Work(EngineReport first, EngineReport second, Question question) {
      this.first = first;
      this.second = second;
      this.question = question;
      this.fairness = new Fairness(first, second);
    }

    EngineComparison result() {
      Map<String, SortedMap<Instant, Pair>> pairs = new TreeMap<>();
      question.customers().forEach(customer -> pairs.put(customer, new TreeMap<>()));
      first.statistics().forEach(each -> put(each, pairs, Pair::withFirst));
      second.statistics().forEach(each -> put(each, pairs, Pair::withSecond));
      List<LeftOut> leftOut = new ArrayList<>();
      List<CustomerComparison> customers = new ArrayList<>();
      pairs.forEach((customer, periods) -> customers.add(compare(customer, periods, leftOut)));
      return new EngineComparison(fairness.obstacles(question), leftOut, customers, from, to);
    }

    private void put(
        CustomerStatistics statistics,
        Map<String, SortedMap<Instant, Pair>> pairs,
        BiFunction<Pair, CustomerStatistics, Pair> with) {
      if (question.isAbout(statistics.customer())
          && question.isAbout(statistics.from(), statistics.to())) {
        pairs
            .computeIfAbsent(statistics.customer(), key -> new TreeMap<>())
            .compute(
                statistics.from(),
                (key, pair) -> with.apply(pair == null ? new Pair(null, null) : pair, statistics));
      }
    }

    private CustomerComparison compare(
        String customer, SortedMap<Instant, Pair> periods, List<LeftOut> leftOut) {
      Map<LeftOut.Why, Integer> reasons = new EnumMap<>(LeftOut.Why.class);
      List<Pair> fair = new ArrayList<>();
      periods.forEach(
          (begin, pair) ->
              fairness
                  .leftOut(begin, pair.first, pair.second)
                  .ifPresentOrElse(
                      why -> reasons.merge(why, 1, Integer::sum), () -> fair.add(pair)));
      reasons.forEach((why, number) -> leftOut.add(new LeftOut(customer, why, number)));
      fair.forEach(this::extend);
      boolean unnamed = fair.stream().anyMatch(Pair::hasOtherRules);
      return new CustomerComparison(
          customer,
          fair.size(),
          fair.isEmpty() ? List.of() : rows(fair, unnamed),
          latency(fair, Pair::first),
          latency(fair, Pair::second),
          unnamed);
    }

    private static @Nullable Latency latency(
        List<Pair> periods, Function<Pair, @Nullable CustomerStatistics> engine) {
      Counts all = new Counts();
      periods.forEach(pair -> all.addAll(counts(engine.apply(pair)), Integer.MAX_VALUE));
      return Latency.of(all).orElse(null);
    }

    private void extend(Pair pair) {
      CustomerStatistics any = pair.any();
      from = from == null || any.from().isBefore(from) ? any.from() : from;
      to = to == null || any.to().isAfter(to) ? any.to() : to;
    }

    private List<Row> rows(List<Pair> periods, boolean unnamed) {
      List<Row> rows = new ArrayList<>();
      rows.add(row(Row.Kind.EVENTS_IN, "", true, periods, counts -> counts.of(EventFate.IN)));
      rows.add(row(Row.Kind.EVENTS_GATED, "", true, periods, counts -> counts.of(EventFate.GATED)));
      rows.add(
          row(Row.Kind.EVENTS_JUDGED, "", true, periods, counts -> counts.of(EventFate.JUDGED)));
      rows.add(row(Row.Kind.MATCHES, "", true, periods, counts -> counts.sum(Counted.MATCHES)));
      rows.add(row(Row.Kind.ALERTS, "", true, periods, Work::alerts));
      rows.add(row(Row.Kind.LIVE, "", false, periods, counts -> counts.sum(Counted.LIVE)));
      rows.add(row(Row.Kind.SHADOW, "", false, periods, counts -> counts.sum(Counted.SHADOW)));
      rows.add(row(Row.Kind.OFF, "", false, periods, counts -> counts.sum(Counted.OFF)));
      for (String why : labels(periods, counts -> counts.labels(Counted.DEAD_LETTERS))) {
        // How much event time an engine had seen when an event came depends on its speed.
        boolean judged = !why.equals(DeadLetterClass.LATE.name());
        rows.add(
            row(
                Row.Kind.DEAD_LETTERS,
                why,
                judged,
                periods,
                counts -> counts.of(Counted.DEAD_LETTERS, why)));
      }
      for (String rule : labels(periods, Counts::rules)) {
        // Which rules found no place of their own depends on which came first.
        rows.add(
            row(
                Row.Kind.RULE_MATCHES,
                rule,
                !unnamed,
                periods,
                counts -> counts.of(Counted.MATCHES, rule)));
        rows.add(
            row(Row.Kind.RULE_ALERTS, rule, !unnamed, periods, counts -> alerts(counts, rule)));
      }
      return rows;
    }

    private static SortedSet<String> labels(
        List<Pair> periods, Function<Counts, SortedSet<String>> labels) {
      SortedSet<String> all = new TreeSet<>();
      for (Pair pair : periods) {
        all.addAll(labels.apply(counts(pair.first)));
        all.addAll(labels.apply(counts(pair.second)));
      }
      return all;
    }

    private Row row(
        Row.Kind kind,
        String label,
        boolean judged,
        List<Pair> periods,
        ToLongFunction<Counts> number) {
      long one = 0;
      long other = 0;
      long difference = 0;
      for (Pair pair : periods) {
        long ofFirst = number.applyAsLong(counts(pair.first));
        long ofSecond = number.applyAsLong(counts(pair.second));
        one += ofFirst;
        other += ofSecond;
        difference += Math.abs(ofFirst - ofSecond);
      }
      boolean differs = judged && isBeyond(difference, Math.max(one, other), question.tolerance());
      return new Row(kind, label, one, other, difference, judged, differs);
    }

    private static long alerts(Counts counts) {
      return counts.sum(Counted.LIVE) + counts.sum(Counted.SHADOW) + counts.sum(Counted.OFF);
    }

    private static long alerts(Counts counts, String rule) {
      return counts.of(Counted.LIVE, rule)
          + counts.of(Counted.SHADOW, rule)
          + counts.of(Counted.OFF, rule);
    }

    private static Counts counts(@Nullable CustomerStatistics statistics) {
      return statistics == null ? new Counts() : statistics.counts();
    }
  }

  /** A period of a customer in both engines; one of them may have nothing of it. */
  private record Pair(@Nullable CustomerStatistics first, @Nullable CustomerStatistics second) {

    Pair withFirst(CustomerStatistics statistics) {
      return new Pair(statistics, second);
    }

    Pair withSecond(CustomerStatistics statistics) {
      return new Pair(first, statistics);
    }

    CustomerStatistics any() {
      if (first != null) {
        return first;
      }
      if (second != null) {
        return second;
      }
      throw new IllegalStateException("a pair has at least one");
    }

    boolean hasOtherRules() {
      return (first != null && first.counts().hasOtherRules())
          || (second != null && second.counts().hasOtherRules());
    }
  }
}
