package dev.lockstep.parity;

import static java.util.Objects.requireNonNull;

import dev.lockstep.alert.Lane;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one alert.
 *
 * <p>Of the records with the same customer and alert id the one that comes last in the topic
 * counts; the others were replaced by it, mostly because a copy came late. A verdict on a pair
 * ({@link Verdict#NEAR_MATCH}) stands for both alerts, and is filed under the first one's id. To
 * count verdicts, read summaries: they have those that were replaced taken out, and the verdicts
 * {@link Verdict#MATCHED} in, which are not written one by one unless an option says so.
 *
 * @param rule the rule that found it, as the first of the copies names it
 * @param occurredAt event time of the alert
 * @param copies what the two engines sent, in the order of the engines; at least one
 * @param differences fields that differ; empty unless both engines have a copy
 * @param pair the other alert of a near match, else null
 * @param control what the control engine has to say, or null if there is none
 * @param noise whether the control engine shows the same against the engine that it is like, so
 *     that this is no difference between versions
 * @param replaces the verdict that was given before, or null if this is the first one
 * @param reason what people should know in addition, in words; null if there is nothing
 */
public record VerdictRecord(
    Verdict verdict,
    String customer,
    String alertId,
    Rule rule,
    Instant occurredAt,
    List<Copy> copies,
    List<FieldDifference> differences,
    @Nullable Pair pair,
    @Nullable Control control,
    boolean noise,
    @Nullable Verdict replaces,
    @Nullable String reason)
    implements ParityRecord {

  public VerdictRecord {
    requireNonNull(verdict, "verdict is null");
    requireNonNull(customer, "customer is null");
    requireNonNull(alertId, "alertId is null");
    requireNonNull(rule, "rule is null");
    requireNonNull(occurredAt, "occurredAt is null");
    copies = List.copyOf(copies);
    if (copies.isEmpty()) {
      throw new IllegalArgumentException("verdict on " + alertId + " must have a copy");
    }
    differences = List.copyOf(differences);
  }

  /**
   * The engines that have the alert live: those whose copies are; where none is, those that the
   * flag set sends it live in. None where the copies were decided by different flag sets: who is
   * live was just changing.
   */
  public SortedSet<String> liveEngines() {
    SortedSet<String> live = new TreeSet<>();
    if (copies.stream().map(Copy::flags).distinct().count() > 1) {
      return live;
    }
    copies.stream().filter(copy -> isLive(copy.lane())).forEach(copy -> live.add(copy.engine()));
    if (live.isEmpty()) {
      for (Copy copy : copies) {
        copy.lanes().entrySet().stream()
            .filter(lane -> isLive(lane.getValue()))
            .forEach(lane -> live.add(lane.getKey()));
      }
    }
    return live;
  }

  private static boolean isLive(String lane) {
    return lane.equals(Lane.LIVE.wireName());
  }

  /** Returns the verdict that this one is seen to be, for a reason in words. */
  public VerdictRecord explained(Verdict better, @Nullable String why) {
    return with(better, pair, false, replaces, why);
  }

  /** Returns this one as the first verdict, or as the one that follows {@code before}. */
  public VerdictRecord replacing(@Nullable Verdict before) {
    return with(verdict, pair, noise, before, reason);
  }

  /** Returns this one, no noise whatever the control engine shows. */
  public VerdictRecord withoutNoise() {
    return with(verdict, pair, false, replaces, reason);
  }

  /** Returns this one with something to add. */
  public VerdictRecord withReason(String more) {
    return with(verdict, pair, noise, replaces, reason == null ? more : reason + "; " + more);
  }

  private VerdictRecord with(
      Verdict newVerdict,
      @Nullable Pair newPair,
      boolean newNoise,
      @Nullable Verdict before,
      @Nullable String newReason) {
    return new VerdictRecord(
        newVerdict,
        customer,
        alertId,
        rule,
        occurredAt,
        copies,
        differences,
        newPair,
        control,
        newNoise,
        before,
        newReason);
  }

  /**
   * A rule as people know it.
   *
   * @param level Sigma level, or null when the rule has none
   */
  public record Rule(String id, String title, @Nullable String level) {
    public Rule {
      requireNonNull(id, "id is null");
      requireNonNull(title, "title is null");
    }
  }

  /**
   * One engine's copy of the alert, without what was compared.
   *
   * @param engine that sent it
   * @param lane that it lies in, {@code live} or {@code shadow}
   * @param bundle version of the bundle that its rule came in
   * @param flags version of the flag set that decided its lane
   * @param lanes where that flag set sends it in each engine: {@code live}, {@code shadow} or
   *     {@code off}; empty if the engine did not say
   */
  public record Copy(
      String engine, String lane, String bundle, String flags, Map<String, String> lanes) {
    public Copy {
      requireNonNull(engine, "engine is null");
      requireNonNull(lane, "lane is null");
      requireNonNull(bundle, "bundle is null");
      requireNonNull(flags, "flags is null");
      lanes = ordered(lanes);
    }
  }

  /**
   * A field in which the engines' copies differ.
   *
   * @param field its path, for example {@code matched_fields.User} or {@code events[0].id}
   * @param values what each engine has there, cut at 500 characters; an engine without the field is
   *     not in it
   * @param expected the declaration that this difference falls under, or null
   */
  public record FieldDifference(
      String field, Map<String, String> values, @Nullable Declared expected) {
    public FieldDifference {
      requireNonNull(field, "field is null");
      values = ordered(values);
    }
  }

  /**
   * A difference that somebody has declared.
   *
   * @param owner who has
   * @param until last day on which it is expected, by the alert's event time in UTC
   * @param expired whether that day is over, so that the difference counts like any other
   */
  public record Declared(String owner, String reason, LocalDate until, boolean expired) {
    public Declared {
      requireNonNull(owner, "owner is null");
      requireNonNull(reason, "reason is null");
      requireNonNull(until, "until is null");
    }
  }

  /**
   * The second alert of a near match.
   *
   * @param alertId its id
   * @param occurredAt its event time
   * @param why the two are taken for one, and in what they are not alike, in words
   */
  public record Pair(String alertId, Instant occurredAt, String why) {
    public Pair {
      requireNonNull(alertId, "alertId is null");
      requireNonNull(occurredAt, "occurredAt is null");
      requireNonNull(why, "why is null");
    }
  }

  /**
   * The control engine against the first of the two engines, which runs the same version.
   *
   * @param engine name of the control engine
   * @param result what the two come to
   * @param fields in which they differ
   */
  public record Control(String engine, Noise result, List<String> fields) {
    public Control {
      requireNonNull(engine, "engine is null");
      requireNonNull(result, "result is null");
      fields = List.copyOf(fields);
    }
  }

  private static Map<String, String> ordered(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
