package dev.lockstep.job.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;

/** Finds the keys that are no option of ours, so that a misspelt one does not pass as unset. */
final class UnknownOptions {

  private static final int MOST_EDITS_OF_A_TYPO = 3;

  private UnknownOptions() {}

  /** Returns a problem for each key that is no option, with the option that may be meant. */
  static List<String> problems(Map<String, RawOption> options) {
    List<String> problems = new ArrayList<>();
    options.forEach(
        (key, written) -> {
          if (!isKnown(key, written)) {
            problems.add(
                "%s: there is no option %s%s".formatted(written.place(), key, suggestion(key)));
          }
        });
    return problems;
  }

  private static boolean isKnown(String key, RawOption written) {
    boolean emptySection =
        written.form() == RawOption.Form.NOTHING
            && LockstepOptions.ALL.stream().anyMatch(option -> isBelow(option.key(), key));
    return emptySection
        || LockstepOptions.ALL.stream().anyMatch(option -> option.key().equals(key))
        || LockstepOptions.MAPS.stream().anyMatch(option -> isBelow(key, option.key()));
  }

  private static boolean isBelow(String key, String section) {
    return key.startsWith(section + ".");
  }

  private static String suggestion(String key) {
    return LockstepOptions.ALL.stream()
        .map(ConfigOption::key)
        .min(Comparator.comparingInt(option -> edits(option, key)))
        .filter(option -> edits(option, key) <= MOST_EDITS_OF_A_TYPO)
        .map(option -> "; did you mean " + option + "?")
        .orElse("");
  }

  /** Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
