package dev.lockstep.evidence;

import dev.lockstep.parity.Noise;
import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.parity.VerdictRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Verdicts added up in every way in which people look at them. */
public final class ParitySums {

  private final Tally total = new Tally();
  private final SortedMap<String, Tally> customers = new TreeMap<>();
  private final SortedMap<Instant, Tally> hours = new TreeMap<>();
  private final Map<String, RuleTally> rules = new HashMap<>();
  private final SortedMap<String, Long> fields = new TreeMap<>();
  private final Map<Noise, Long> noise = new EnumMap<>(Noise.class);
  private final SortedMap<String, Long> noiseFields = new TreeMap<>();
  private final SortedSet<String> engines = new TreeSet<>();
  private long expired;

  ParitySums() {}

  void add(SummaryRecord summary) {
    engines.addAll(summary.engines());
    for (Tally tally : tallies(summary.customer(), summary.hour())) {
      summary.verdicts().forEach(tally::add);
      summary.noisy().forEach(tally::addNoisy);
      summary
          .live()
          .forEach(
              (engine, counts) ->
                  counts.forEach((verdict, alerts) -> tally.addLive(engine, verdict, alerts)));
    }
    summary
        .rules()
        .forEach(
            (id, counts) -> {
              RuleTally rule =
                  rules.computeIfAbsent(
                      id, name -> new RuleTally(name, counts.title(), counts.level()));
              rule.addCustomer(summary.customer(), counts.verdicts().keySet());
              counts.verdicts().forEach(rule.tally()::add);
            });
    summary.fields().forEach((field, alerts) -> fields.merge(field, alerts, Long::sum));
    summary.noise().forEach((result, alerts) -> noise.merge(result, alerts, Long::sum));
    summary.noiseFields().forEach((field, alerts) -> noiseFields.merge(field, alerts, Long::sum));
    expired += summary.expired();
  }

  void add(VerdictRecord verdict) {
    Instant hour = verdict.occurredAt().truncatedTo(ChronoUnit.HOURS);
    for (Tally tally : tallies(verdict.customer(), hour)) {
      tally.add(verdict.verdict(), 1);
      if (verdict.noise()) {
        tally.addNoisy(verdict.verdict(), 1);
      } else {
        verdict.liveEngines().forEach(engine -> tally.addLive(engine, verdict.verdict(), 1));
      }
    }
    VerdictRecord.Rule found = verdict.rule();
    RuleTally rule =
        rules.computeIfAbsent(
            found.id(), name -> new RuleTally(name, found.title(), found.level()));
    rule.addCustomer(verdict.customer(), List.of(verdict.verdict()));
    rule.tally().add(verdict.verdict(), 1);
    verdict.differences().forEach(each -> fields.merge(each.field(), 1L, Long::sum));
    verdict.copies().forEach(copy -> engines.add(copy.engine()));
    VerdictRecord.Control control = verdict.control();
    if (control != null) {
      engines.add(control.engine());
      noise.merge(control.result(), 1L, Long::sum);
      control.fields().forEach(field -> noiseFields.merge(field, 1L, Long::sum));
    }
    if (verdict.differences().stream()
        .anyMatch(each -> each.expected() != null && each.expected().expired())) {
      expired++;
    }
  }

  private List<Tally> tallies(String customer, Instant hour) {
    return List.of(
        total,
        customers.computeIfAbsent(customer, name -> new Tally()),
        hours.computeIfAbsent(hour, begin -> new Tally()));
  }

  public Tally total() {
    return total;
  }

  /** By customer, those without a verdict left out. */
  public SortedMap<String, Tally> customers() {
    return new TreeMap<>(customers);
  }

  /** Of a customer; an empty one if nothing of it was judged. */
  public Tally of(String customer) {
    return customers.getOrDefault(customer, new Tally());
  }

  /** By hour of event time, hours without a verdict left out. */
  public SortedMap<Instant, Tally> hours() {
    return new TreeMap<>(hours);
  }

  /** Those with most differences first, then those with most alerts. */
  public List<RuleTally> rules() {
    return rules.values().stream()
        .sorted(
            Comparator.comparingLong((RuleTally rule) -> -rule.tally().differences())
                .thenComparingLong(rule -> -rule.tally().judged())
                .thenComparing(RuleTally::id))
        .toList();
  }

  /** The rules that raised alerts of one of these customers, by id. */
  public SortedSet<String> rulesOf(Collection<String> names) {
    SortedSet<String> ids = new TreeSet<>();
    for (RuleTally rule : rules.values()) {
      if (rule.customers().stream().anyMatch(names::contains)) {
        ids.add(rule.id());
      }
    }
    return ids;
  }

  /** How many alerts differ in which field, the most first. */
  public List<Map.Entry<String, Long>> fields() {
    return fields.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** What a control engine came to; empty if there was none. */
  public Map<Noise, Long> noise() {
    return new EnumMap<>(noise.isEmpty() ? new EnumMap<Noise, Long>(Noise.class) : noise);
  }

  /** How many alerts the control engine has otherwise than the engine of its version. */
  public long noisy() {
    return controlled() - noise.getOrDefault(Noise.MATCHED, 0L);
  }

  /** How many alerts the control engine has anything to say about. */
  public long controlled() {
    return noise.values().stream().mapToLong(Long::longValue).sum();
  }

  /** In which fields the control engine differs from the engine of its version. */
  public SortedMap<String, Long> noiseFields() {
    return new TreeMap<>(noiseFields);
  }

  /** All engines that verdicts are about. */
  public SortedSet<String> engines() {
    return new TreeSet<>(engines);
  }

  /** How many alerts fall under a declared difference that is over. */
  public long expired() {
    return expired;
  }
}
