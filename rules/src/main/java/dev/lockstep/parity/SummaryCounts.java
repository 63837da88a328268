package dev.lockstep.parity;

import dev.lockstep.parity.SummaryRecord.RuleCounts;
import dev.lockstep.parity.VerdictRecord.Control;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What verdicts add to the counts of a summary; and the summary of counts. */
public final class SummaryCounts {

  /** A field beyond those that are counted by name. */
  public static final String OTHER_FIELDS = "other";

  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
  private static final char SEPARATOR = '|';
  private static final String VERDICT = "verdict|";
  private static final String NOISY = "noisy|";
  private static final String LIVE = "live|";
  private static final String RULE = "rule|";
  private static final String FIELD = "field|";
  private static final String EXPIRED = "expired";
  private static final String NOISE = "noise|";
  private static final String NOISE_FIELD = "noise-field|";

  private SummaryCounts() {}

  /**
   * What a verdict counts for, to be taken out when another one replaces it.
   *
   * @param noise whether it was noise
   * @param liveEngines the engines that had the alert live
   */
  public record Replaced(boolean noise, SortedSet<String> liveEngines) {

    /** Nothing is replaced, or nothing is known of it. */
    public static final Replaced NOTHING = new Replaced(false, new TreeSet<>());

    /** What is replaced when another verdict comes after this one. */
    public static Replaced of(VerdictRecord record) {
      return new Replaced(record.noise(), record.liveEngines());
    }

    public Replaced {
      liveEngines = Collections.unmodifiableSortedSet(new TreeSet<>(liveEngines));
    }
  }

  /**
   * Returns by how much each count changes. A verdict that replaces another takes it out; fields
   * and noise are counted with the first verdict that knows them.
   *
   * @param replaced what is known of the verdict that is replaced
   */
  public static Map<String, Long> changes(VerdictRecord record, Replaced replaced) {
    Map<String, Long> changes = new HashMap<>();
    Verdict before = record.replaces();
    add(VERDICT + record.verdict(), 1, changes);
    add(byLabel(RULE, record.verdict(), record.rule().id()), 1, changes);
    if (record.noise()) {
      add(NOISY + record.verdict(), 1, changes);
    } else {
      record
          .liveEngines()
          .forEach(engine -> add(byLabel(LIVE, record.verdict(), engine), 1, changes));
    }
    if (before != null) {
      add(VERDICT + before, -1, changes);
      add(byLabel(RULE, before, record.rule().id()), -1, changes);
      if (replaced.noise()) {
        add(NOISY + before, -1, changes);
      } else {
        replaced.liveEngines().forEach(engine -> add(byLabel(LIVE, before, engine), -1, changes));
      }
    }
    Control control = record.control();
    if (before == null && control != null) {
      add(NOISE + control.result(), 1, changes);
      paths(control.fields()).forEach(field -> add(NOISE_FIELD + field, 1, changes));
    }
    if (before == null || isLonely(before)) {
      addFields(record, changes);
    }
    changes.values().removeIf(change -> change == 0);
    return changes;
  }

  private static void addFields(VerdictRecord record, Map<String, Long> changes) {
    paths(record.differences().stream().map(FieldDifference::field).toList())
        .forEach(field -> add(FIELD + field, 1, changes));
    if (record.differences().stream()
        .anyMatch(each -> each.expected() != null && each.expected().expired())) {
      add(EXPIRED, 1, changes);
    }
  }

  /** Whether no fields were compared for it. */
  private static boolean isLonely(Verdict verdict) {
    return switch (verdict) {
      case ONLY_LIVE, ONLY_SHADOW, NOT_COMPARED, LATE -> true;
      case MATCHED,
          EXPECTED,
          DIFFERS,
          NEAR_MATCH,
          DUPLICATE_LIVE,
          WRONG_LANE,
          CONTENT_SKEW,
          RESCUED ->
          false;
    };
  }

  /** All elements of a list are one field, and so are all parts of the events. */
  private static Set<String> paths(List<String> fields) {
    Set<String> paths = new LinkedHashSet<>();
    fields.forEach(field -> paths.add(INDEX.matcher(field).replaceAll("[]")));
    return paths;
  }

  /** Whether this count has the name of a field in it, of which there may be any number. */
  public static boolean isOfField(String key) {
    return key.startsWith(FIELD) || key.startsWith(NOISE_FIELD);
  }

  /** Returns the count that all fields share which are not counted by name. */
  public static String ofOtherFields(String key) {
    return key.substring(0, key.indexOf(SEPARATOR) + 1) + OTHER_FIELDS;
  }

  /**
   * Makes a summary of counts.
   *
   * @param titles of rules by their ids, with the level on a second line if they have one
   */
  public static SummaryRecord record(
      String customer,
      Instant hour,
      long part,
      long sequence,
      List<String> engines,
      Map<String, Long> counts,
      Map<String, String> titles) {
    Map<String, RuleCounts> named = new TreeMap<>();
    byLabel(RULE, counts)
        .forEach((id, verdicts) -> named.put(id, ofRule(titles.get(id), id, verdicts)));
    return new SummaryRecord(
        customer,
        hour,
        part,
        sequence,
        engines,
        byEnum(Verdict.class, VERDICT, counts),
        byEnum(Verdict.class, NOISY, counts),
        byLabel(LIVE, counts),
        named,
        byName(FIELD, counts),
        counts.getOrDefault(EXPIRED, 0L),
        byEnum(Noise.class, NOISE, counts),
        byName(NOISE_FIELD, counts));
  }

  private static RuleCounts ofRule(@Nullable String title, String id, Map<Verdict, Long> verdicts) {
    String text = title == null ? id : title;
    int line = text.indexOf('\n');
    return line < 0
        ? new RuleCounts(text, null, verdicts)
        : new RuleCounts(text.substring(0, line), text.substring(line + 1), verdicts);
  }

  /** Returns a rule's title and level, as {@link #record} takes them. */
  public static String title(VerdictRecord.Rule rule) {
    String title = rule.title().replace('\n', ' ');
    return rule.level() == null ? title : title + "\n" + rule.level();
  }

  private static String byLabel(String prefix, Verdict verdict, String label) {
    return prefix + verdict + SEPARATOR + label;
  }

  private static void add(String key, long change, Map<String, Long> changes) {
    changes.merge(key, change, Long::sum);
  }

  private static Map<String, Map<Verdict, Long>> byLabel(String prefix, Map<String, Long> counts) {
    Map<String, Map<Verdict, Long>> found = new TreeMap<>();
    byName(prefix, counts)
        .forEach(
            (key, count) -> {
              int end = key.indexOf(SEPARATOR);
              found
                  .computeIfAbsent(key.substring(end + 1), label -> new EnumMap<>(Verdict.class))
                  .put(Verdict.valueOf(key.substring(0, end)), count);
            });
    return found;
  }

  private static <E extends Enum<E>> Map<E, Long> byEnum(
      Class<E> type, String prefix, Map<String, Long> counts) {
    Map<E, Long> found = new EnumMap<>(type);
    byName(prefix, counts).forEach((name, count) -> found.put(Enum.valueOf(type, name), count));
    return found;
  }

  private static Map<String, Long> byName(String prefix, Map<String, Long> counts) {
    Map<String, Long> found = new TreeMap<>();
    counts.forEach(
        (key, count) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), count);
          }
        });
    return found;
  }
}
