package dev.lockstep.correlation;

import dev.lockstep.sigma.Bounds;
import dev.lockstep.sigma.Condition;
import dev.lockstep.sigma.CorrelationQuestion;
import dev.lockstep.sigma.SigmaCorrelation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Judges all occurrences of a group, which are in their order, by looking at whole windows again
 * and again.
 */
final class Oracle implements CorrelationQuestion.Cases<List<Expected>> {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final long timespan;
  private final long step;
  private final List<String> rules;
  private final List<Occurrence> all;

  private Oracle(SigmaCorrelation correlation, List<Occurrence> all) {
    this.timespan = correlation.timespan().toMillis();
    this.step = timespan / 10;
    this.rules = correlation.rules().stream().map(reference -> reference.rule()).toList();
    this.all = all;
  }

  static List<Expected> judge(SigmaCorrelation correlation, List<Occurrence> all) {
    return correlation.question().choose(new Oracle(correlation, all));
  }

  private List<Occurrence> between(List<Occurrence> occurrences, long from, long to) {
    return occurrences.stream()
        .filter(occurrence -> occurrence.atMillis() >= from && occurrence.atMillis() <= to)
        .toList();
  }

  /** Judges the window at each occurrence. An empty window fulfils nothing. */
  private List<Expected> atEach(
      List<Occurrence> occurrences,
      Predicate<List<Occurrence>> condition,
      ToLongFunction<List<Occurrence>> count,
      Function<List<Occurrence>, @Nullable BigDecimal> value,
      Function<List<Occurrence>, List<Occurrence>> shown) {
    List<Expected> found = new ArrayList<>();
    boolean held = false;
    for (int i = 0; i < occurrences.size(); i++) {
      long now = occurrences.get(i).atMillis();
      List<Occurrence> before = between(occurrences.subList(0, i), now - timespan, now);
      List<Occurrence> window = between(occurrences.subList(0, i + 1), now - timespan, now);
      boolean stays = held && !before.isEmpty() && condition.test(before);
      held = condition.test(window);
      if (held && !stays) {
        found.add(
            Expected.of(
                now,
                now - timespan,
                count.applyAsLong(window),
                value.apply(window),
                shown.apply(window)));
      }
    }
    return found;
  }

  private static boolean holds(Bounds bounds, BigDecimal value) {
    for (Bounds.Bound bound : bounds.bounds()) {
      int order = value.compareTo(bound.number());
      boolean compares =
          switch (bound.comparison()) {
            case EQ -> order == 0;
            case LT -> order < 0;
            case LTE -> order <= 0;
            case GT -> order > 0;
            case GTE -> order >= 0;
          };
      if (compares == bound.negated()) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(Bounds bounds, long value) {
    return holds(bounds, BigDecimal.valueOf(value));
  }

  @Override
  public List<Expected> eventCount(CorrelationQuestion.EventCount question) {
    return atEach(
        all,
        window -> holds(question.count(), window.size()),
        List::size,
        window -> null,
        Expected::ends);
  }

  @Override
  public List<Expected> valueCount(CorrelationQuestion.ValueCount question) {
    List<Occurrence> withValues = all.stream().filter(one -> !one.values().isEmpty()).toList();
    return atEach(
        withValues,
        window -> holds(question.count(), newestOfEachValue(window).size()),
        window -> newestOfEachValue(window).size(),
        window -> null,
        window -> Expected.ends(newestOfEachValue(window)));
  }

  private static List<Occurrence> newestOfEachValue(List<Occurrence> window) {
    List<Occurrence> newest = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    for (int i = window.size() - 1; i >= 0; i--) {
      if (seen.add(window.get(i).values())) {
        newest.add(0, window.get(i));
      }
    }
    return newest;
  }

  @Override
  public List<Expected> valueSum(CorrelationQuestion.ValueSum question) {
    return numbers(Oracle::sum, question.sum());
  }

  @Override
  public List<Expected> valueAverage(CorrelationQuestion.ValueAverage question) {
    return numbers(
        window -> sum(window).divide(BigDecimal.valueOf(window.size()), MathContext.DECIMAL128),
        question.mean());
  }

  @Override
  public List<Expected> valuePercentile(CorrelationQuestion.ValuePercentile question) {
    return numbers(window -> percentile(window, question.percentile()), question.value());
  }

  @Override
  public List<Expected> estimated(CorrelationQuestion.Estimated question) {
    if (question.question() instanceof CorrelationQuestion.ValueCount values) {
      if (values.count().saturation() <= question.exactUpTo()) {
        return values.choose(this);
      }
      List<Occurrence> withValues = all.stream().filter(one -> !one.values().isEmpty()).toList();
      Sketched sketched =
          new Sketched(
              question.exactUpTo(),
              values.count(),
              DistinctSketch.FORM,
              Oracle::newestOfEachValue,
              window -> BigDecimal.valueOf(newestOfEachValue(window).size()));
      return estimated(withValues, sketched);
    }
    var numbers = (CorrelationQuestion.ValuePercentile) question.question();
    Sketched sketched =
        new Sketched(
            question.exactUpTo(),
            numbers.value(),
            new PercentileSketch.Form(numbers.percentile()),
            window -> window,
            window -> percentile(window, numbers.percentile()));
    return estimated(withNumbers(), sketched);
  }

  /**
   * How a condition is judged by a sketch.
   *
   * @param kept what is kept of a window
   * @param value what is compared, exactly
   */
  private record Sketched(
      int exactUpTo,
      Bounds bounds,
      Sketch.Form form,
      UnaryOperator<List<Occurrence>> kept,
      Function<List<Occurrence>, BigDecimal> value) {

    /** Made at once of all that is in a window; null if that is nothing. */
    @Nullable Sketch of(List<Occurrence> window) {
      Sketch sketch = form.create();
      window.forEach(sketch::add);
      return sketch.isEmpty() ? null : sketch;
    }

    boolean holds(List<Occurrence> window) {
      Sketch sketch = of(window);
      return sketch != null && Oracle.holds(bounds, sketch.value());
    }

    boolean isTooMuch(List<Occurrence> window) {
      return kept.apply(window).size() > exactUpTo;
    }
  }

  /**
   * Exact, until a window has too much; by a sketch of the last eleven tenths of the timespan then,
   * until nothing is in them, or until a timespan has passed in which no window had too much.
   */
  private List<Expected> estimated(List<Occurrence> taken, Sketched by) {
    List<Expected> found = new ArrayList<>();
    List<Occurrence> sketched = new ArrayList<>();
    boolean held = false;
    int keptFrom = -1;
    for (int i = 0; i < taken.size(); i++) {
      Occurrence one = taken.get(i);
      long now = one.atMillis();
      long from = now - timespan;
      long pane = stepOf(one);
      if (!sketched.isEmpty() && pane > stepOf(taken.get(i - 1)) + 10) {
        sketched.clear();
        held = false;
      }
      if (keptFrom >= 0 && taken.get(keptFrom).atMillis() < from) {
        sketched.clear();
      }
      if (sketched.isEmpty()) {
        keptFrom = -1;
        List<Occurrence> before = between(taken.subList(0, i), from, now);
        List<Occurrence> window = between(taken.subList(0, i + 1), from, now);
        boolean stays = held && !before.isEmpty() && holds(by.bounds, by.value.apply(before));
        BigDecimal value = by.value.apply(window);
        held = holds(by.bounds, value);
        if (held && !stays) {
          List<Occurrence> kept = by.kept.apply(window);
          found.add(
              Expected.of(
                  now,
                  from,
                  kept.size(),
                  by.form.showsValue() ? value : null,
                  Expected.ends(kept)));
        }
        if (by.isTooMuch(window)) {
          sketched.addAll(by.kept.apply(window));
        }
        continue;
      }
      boolean slid = pane != stepOf(taken.get(i - 1));
      List<Occurrence> before = inSteps(sketched, pane - 11, pane);
      boolean stays = held && (!slid || by.holds(before));
      if (keptFrom < 0 && slid && countOf(by.of(before)) < by.exactUpTo) {
        keptFrom = i;
      }
      sketched.add(one);
      List<Occurrence> window = inSteps(sketched, pane - 11, pane);
      held = by.holds(window);
      if (held && !stays) {
        Sketch sketch = Objects.requireNonNull(by.of(window));
        found.add(
            Expected.of(
                now,
                (pane - 10) * step,
                sketch.count(),
                by.form.showsValue() ? sketch.value() : null,
                Expected.newest(window)));
      }
      if (keptFrom >= 0 && by.isTooMuch(between(taken.subList(keptFrom, i + 1), from, now))) {
        keptFrom = -1;
      }
    }
    return found;
  }

  private static long countOf(@Nullable Sketch sketch) {
    return sketch == null ? 0 : sketch.count();
  }

  private static BigDecimal percentile(List<Occurrence> window, BigDecimal percentile) {
    List<BigDecimal> sorted = window.stream().map(Oracle::number).sorted().toList();
    BigDecimal rank = percentile.multiply(BigDecimal.valueOf(sorted.size() - 1)).divide(HUNDRED);
    int low = rank.intValue();
    BigDecimal part = rank.subtract(BigDecimal.valueOf(low));
    BigDecimal least = sorted.get(low);
    BigDecimal next = sorted.get(Math.min(low + 1, sorted.size() - 1));
    return least.add(part.multiply(next.subtract(least)));
  }

  private List<Expected> numbers(Function<List<Occurrence>, BigDecimal> value, Bounds bounds) {
    return atEach(
        withNumbers(),
        window -> holds(bounds, value.apply(window)),
        List::size,
        value,
        Expected::ends);
  }

  private List<Occurrence> withNumbers() {
    return all.stream()
        .filter(one -> !one.values().isEmpty() && one.values().get(0).matches("-?[0-9.]+"))
        .toList();
  }

  private static BigDecimal number(Occurrence occurrence) {
    return new BigDecimal(occurrence.values().get(0));
  }

  private static BigDecimal sum(List<Occurrence> window) {
    return window.stream().map(Oracle::number).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Override
  public List<Expected> temporal(CorrelationQuestion.Temporal question) {
    return atEachMoment(rules -> question.occurring().choose(new Truth(rules)));
  }

  @Override
  public List<Expected> distinctRules(CorrelationQuestion.DistinctRules question) {
    return atEachMoment(rules -> holds(question.count(), rules.size()));
  }

  /** What happens in one millisecond is judged together. */
  private List<Expected> atEachMoment(Predicate<Set<String>> condition) {
    List<Expected> found = new ArrayList<>();
    boolean held = false;
    for (long now : moments()) {
      List<Occurrence> before = between(all, now - timespan, now - 1);
      List<Occurrence> window = newestOfEachRule(between(all, now - timespan, now));
      boolean stays = held && !before.isEmpty() && condition.test(rulesOf(before));
      held = condition.test(rulesOf(window));
      if (held && !stays) {
        found.add(Expected.of(now, now - timespan, window.size(), null, window));
      }
    }
    return found;
  }

  private SortedSet<Long> moments() {
    TreeSet<Long> moments = new TreeSet<>();
    all.forEach(one -> moments.add(one.atMillis()));
    return moments;
  }

  private static List<Occurrence> newestOfEachRule(List<Occurrence> window) {
    List<Occurrence> newest = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int i = window.size() - 1; i >= 0; i--) {
      if (seen.add(window.get(i).member())) {
        newest.add(0, window.get(i));
      }
    }
    return newest;
  }

  private Set<String> rulesOf(List<Occurrence> window) {
    Set<String> names = new HashSet<>();
    window.forEach(one -> names.add(rules.get(one.member())));
    return names;
  }

  /** Whether an expression is true of the rules that occur. */
  private record Truth(Set<String> occurring) implements Condition.Cases<Boolean> {
    @Override
    public Boolean allOf(List<Condition> parts) {
      return parts.stream().allMatch(part -> part.choose(this));
    }

    @Override
    public Boolean anyOf(List<Condition> parts) {
      return parts.stream().anyMatch(part -> part.choose(this));
    }

    @Override
    public Boolean not(Condition negated) {
      return !negated.choose(this);
    }

    @Override
    public Boolean identifier(String name) {
      return occurring.contains(name);
    }
  }

  /** Which of several chains is shown is not promised, so no events are expected. */
  @Override
  public List<Expected> temporalOrdered(CorrelationQuestion.TemporalOrdered question) {
    return atEach(
        all,
        window -> hasChain(window, 0, Long.MIN_VALUE, new HashSet<>()),
        window -> rules.size(),
        window -> null,
        window -> List.of());
  }

  private boolean hasChain(List<Occurrence> window, int member, long since, Set<String> used) {
    if (member == rules.size()) {
      return true;
    }
    for (Occurrence one : window) {
      if (one.member() == member && one.atMillis() >= since && used.add(one.id())) {
        boolean found = hasChain(window, member + 1, one.atMillis(), used);
        used.remove(one.id());
        if (found) {
          return true;
        }
      }
    }
    return false;
  }

  /** At each moment the window is looked at before what happens in that moment. */
  @Override
  public List<Expected> absence(CorrelationQuestion.Absence question) {
    long forget = question.forget().toMillis();
    TreeSet<Long> moments = new TreeSet<>();
    for (Occurrence one : all) {
      moments.addAll(
          List.of(one.atMillis(), one.atMillis() + timespan + 1, one.atMillis() + forget + 1));
    }
    List<Expected> found = new ArrayList<>();
    Optional<Long> first = Optional.empty();
    boolean held = false;
    for (long now : moments) {
      List<Occurrence> past = between(all, Long.MIN_VALUE, now - 1);
      Optional<Occurrence> last =
          past.isEmpty() ? Optional.empty() : Optional.of(past.get(past.size() - 1));
      if (last.isPresent() && now > last.get().atMillis() + forget) {
        first = Optional.empty();
        held = false;
      }
      int count = between(past, now - timespan, now).size();
      if (first.isPresent()
          && !held
          && now > first.get() + timespan
          && holds(question.count(), count)) {
        held = true;
        found.add(Expected.of(now, now - timespan, count, null, List.of(last.orElseThrow())));
      }
      if (!between(all, now, now).isEmpty()) {
        first = first.or(() -> Optional.of(now));
        held = held && holds(question.count(), between(all, now - timespan, now).size());
      }
    }
    return found;
  }

  private long stepOf(Occurrence occurrence) {
    return Math.floorDiv(occurrence.atMillis(), step);
  }

  private List<Occurrence> inSteps(List<Occurrence> occurrences, long after, long to) {
    return occurrences.stream().filter(one -> stepOf(one) > after && stepOf(one) <= to).toList();
  }

  @Override
  public List<Expected> shift(CorrelationQuestion.Shift question) {
    List<Occurrence> taken = question.field().isPresent() ? withNumbers() : all;
    long horizon = 10L * (question.windows() + 1);
    List<Expected> found = new ArrayList<>();
    int begin = 0;
    while (begin < taken.size()) {
      int end = begin + 1;
      while (end < taken.size() && stepOf(taken.get(end)) - stepOf(taken.get(end - 1)) <= horizon) {
        end++;
      }
      List<Occurrence> known = taken.subList(begin, end);
      found.addAll(question.up() ? spikes(question, known) : drops(question, known, horizon));
      begin = end;
    }
    return found;
  }

  private List<Expected> spikes(CorrelationQuestion.Shift question, List<Occurrence> known) {
    List<Expected> found = new ArrayList<>();
    boolean held = false;
    for (int i = 0; i < known.size(); i++) {
      long now = stepOf(known.get(i));
      boolean stays = held && shifted(question, known.subList(0, i), now);
      List<Occurrence> past = known.subList(0, i + 1);
      held = shifted(question, past, now);
      if (held && !stays) {
        found.add(shift(question, past, known.get(i).atMillis(), now));
      }
    }
    return found;
  }

  private List<Expected> drops(
      CorrelationQuestion.Shift question, List<Occurrence> known, long horizon) {
    List<Expected> found = new ArrayList<>();
    boolean held = false;
    long last = stepOf(known.get(known.size() - 1)) + horizon;
    for (long now = stepOf(known.get(0)); now <= last; now++) {
      List<Occurrence> past = inSteps(known, Long.MIN_VALUE, now);
      boolean stays = held;
      held = shifted(question, past, now);
      if (held && !stays) {
        found.add(shift(question, past, (now + 1) * step, now));
      }
    }
    return found;
  }

  private Expected shift(
      CorrelationQuestion.Shift question, List<Occurrence> past, long at, long now) {
    List<Occurrence> window = inSteps(past, now - 10, now);
    List<Occurrence> shown =
        window.isEmpty() ? past.subList(past.size() - 1, past.size()) : Expected.newest(window);
    return Expected.of(at, (now - 9) * step, window.size(), amount(question, window), shown);
  }

  private boolean shifted(CorrelationQuestion.Shift question, List<Occurrence> past, long now) {
    long beginOfWindows = now - 9 - 10L * question.windows();
    if (past.isEmpty() || stepOf(past.get(0)) >= beginOfWindows) {
      return false;
    }
    BigDecimal windows = BigDecimal.valueOf(question.windows());
    BigDecimal current = amount(question, inSteps(past, now - 10, now));
    BigDecimal reference = amount(question, inSteps(past, beginOfWindows - 1, now - 10));
    if (reference.compareTo(question.leastReference().multiply(windows)) < 0) {
      return false;
    }
    return question.up()
        ? current.compareTo(question.leastCurrent()) >= 0
            && current.multiply(windows).compareTo(reference.multiply(question.ratio())) >= 0
        : current.multiply(windows).multiply(question.ratio()).compareTo(reference) <= 0;
  }

  private static BigDecimal amount(CorrelationQuestion.Shift question, List<Occurrence> window) {
    return question.field().isPresent() ? sum(window) : BigDecimal.valueOf(window.size());
  }

  /** A group is known until nothing has come for the timespan and the sixteenth that was begun. */
  @Override
  public List<Expected> newTerm(CorrelationQuestion.NewTerm question) {
    List<Occurrence> withValues = all.stream().filter(one -> !one.values().isEmpty()).toList();
    long part = timespan / 16;
    List<Expected> found = new ArrayList<>();
    long first = Long.MIN_VALUE;
    for (int i = 0; i < withValues.size(); i++) {
      Occurrence one = withValues.get(i);
      long now = one.atMillis();
      if (i == 0
          || now >= (Math.floorDiv(withValues.get(i - 1).atMillis(), part) + 1) * part + timespan) {
        first = now;
      }
      boolean known =
          between(withValues.subList(0, i), now - timespan, now).stream()
              .anyMatch(earlier -> earlier.values().equals(one.values()));
      if (!known && now - first >= question.learning().toMillis()) {
        found.add(Expected.of(now, now - timespan, 1, null, List.of(one)));
      }
    }
    return found;
  }

  @Override
  public List<Expected> change(CorrelationQuestion.Change question) {
    List<Occurrence> withValues = all.stream().filter(one -> !one.values().isEmpty()).toList();
    List<Expected> found = new ArrayList<>();
    for (int i = 1; i < withValues.size(); i++) {
      Occurrence last = withValues.get(i - 1);
      Occurrence one = withValues.get(i);
      long from = one.atMillis() - timespan;
      if (last.atMillis() >= from && !last.values().equals(one.values())) {
        found.add(Expected.of(one.atMillis(), from, 2, null, List.of(last, one)));
      }
    }
    return found;
  }

  @Override
  public List<Expected> ratio(CorrelationQuestion.Ratio question) {
    List<Expected> found = new ArrayList<>();
    boolean held = false;
    for (long moment : moments()) {
      long now = Math.floorDiv(moment, step);
      List<Occurrence> before = inSteps(between(all, Long.MIN_VALUE, moment - 1), now - 10, now);
      List<Occurrence> window = inSteps(between(all, Long.MIN_VALUE, moment), now - 10, now);
      boolean stays = held && ratioHolds(question, before);
      held = ratioHolds(question, window);
      if (held && !stays) {
        List<Occurrence> parts = ofRule(question.part(), window);
        List<Occurrence> shown =
            parts.isEmpty() ? window.subList(window.size() - 1, window.size()) : parts;
        found.add(
            Expected.of(
                moment,
                (now - 9) * step,
                parts.size(),
                percent(question, window),
                Expected.newest(shown)));
      }
    }
    return found;
  }

  private boolean ratioHolds(CorrelationQuestion.Ratio question, List<Occurrence> window) {
    int total = ofRule(question.of(), window).size();
    return total > 0
        && total >= question.least()
        && holds(question.percent(), percent(question, window));
  }

  private BigDecimal percent(CorrelationQuestion.Ratio question, List<Occurrence> window) {
    return BigDecimal.valueOf(100L * ofRule(question.part(), window).size())
        .divide(BigDecimal.valueOf(ofRule(question.of(), window).size()), MathContext.DECIMAL128);
  }

  private List<Occurrence> ofRule(String rule, List<Occurrence> window) {
    return window.stream().filter(one -> rules.get(one.member()).equals(rule)).toList();
  }
}
