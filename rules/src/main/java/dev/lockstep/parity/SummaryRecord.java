package dev.lockstep.parity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the alerts of one customer and hour of event time were judged so far.
 *
 * <p>Counts are totals, not increments. Of the records with the same customer, hour and {@code
 * part} the one with the greatest sequence counts, of equal ones the last in the topic; the counts
 * of several parts of an hour are added. There is one part, unless alerts of the hour came when its
 * counts were closed already.
 *
 * @param hour its begin
 * @param part tells apart what was counted for an hour at different times; milliseconds since 1970
 * @param sequence grows with each record of a part
 * @param engines the two that are compared, and the control engine if there is one
 * @param verdicts how many alerts have each verdict now; those that were replaced are taken out
 * @param noisy how many of these the control engine shows to be noise
 * @param live the same as {@code verdicts} for each engine that had the alerts live, without noise
 * @param rules the same for each rule, by its id
 * @param fields how many alerts differ in each field, expected differences included
 * @param expired how many of the alerts fall under a declaration that is over
 * @param noise what the control engine came to; empty if there is none
 * @param noiseFields how many alerts differ in each field between the control engine and the engine
 *     that it is like
 */
public record SummaryRecord(
    String customer,
    Instant hour,
    long part,
    long sequence,
    List<String> engines,
    Map<Verdict, Long> verdicts,
    Map<Verdict, Long> noisy,
    Map<String, Map<Verdict, Long>> live,
    Map<String, RuleCounts> rules,
    Map<String, Long> fields,
    long expired,
    Map<Noise, Long> noise,
    Map<String, Long> noiseFields)
    implements ParityRecord {

  public SummaryRecord {
    requireNonNull(customer, "customer is null");
    requireNonNull(hour, "hour is null");
    engines = List.copyOf(engines);
    verdicts = counts(Verdict.class, verdicts);
    noisy = counts(Verdict.class, noisy);
    Map<String, Map<Verdict, Long>> byEngine = new TreeMap<>();
    live.forEach((engine, counts) -> byEngine.put(engine, counts(Verdict.class, counts)));
    live = Collections.unmodifiableMap(byEngine);
    rules = Collections.unmodifiableMap(new TreeMap<>(rules));
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    noise = counts(Noise.class, noise);
    noiseFields = Collections.unmodifiableMap(new TreeMap<>(noiseFields));
  }

  /** Returns how many alerts were judged. */
  public long judged() {
    return verdicts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The verdicts on one rule's alerts.
   *
   * @param level Sigma level, or null when the rule has none
   */
  public record RuleCounts(String title, @Nullable String level, Map<Verdict, Long> verdicts) {
    public RuleCounts {
      requireNonNull(title, "title is null");
      verdicts = counts(Verdict.class, verdicts);
    }
  }

  private static <E extends Enum<E>> Map<E, Long> counts(Class<E> type, Map<E, Long> counts) {
    Map<E, Long> ordered = new EnumMap<>(type);
    ordered.putAll(counts);
    return Collections.unmodifiableMap(ordered);
  }
}
