package dev.lockstep.job.config;

import dev.lockstep.job.config.OptionsFile.RawOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** Options with their types, and all problems that reading them turned up. */
final class TypedOptions {

  private final Map<String, RawOption> raw;
  private final List<String> problems;

  TypedOptions(Map<String, RawOption> raw, List<String> problems) {
    this.raw = raw;
    this.problems = problems;
    refuseUnknown();
  }

  /**
   * Returns the option's value, its default when it is unset or wrong; a wrong one is a problem.
   */
  <T> T get(ConfigOption<T> option) {
    return find(option).orElseGet(option::defaultValue);
  }

  /** Returns the value of an option without default, or null when it is unset. */
  <T> @Nullable T getOrNull(ConfigOption<T> option) {
    return find(option).orElse(null);
  }

  /** Returns a list option; a single value may be separated by commas or semicolons. */
  List<String> list(ConfigOption<List<String>> option) {
    RawOption value = raw.get(option.key());
    if (value == null) {
      return option.defaultValue();
    }
    return value.values().stream()
        .flatMap(text -> List.of(text.split("[,;]")).stream())
        .map(String::trim)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** Returns a map option: all keys below it. */
  Map<String, String> map(ConfigOption<Map<String, String>> option) {
    Map<String, String> entries = new TreeMap<>(option.defaultValue());
    raw.forEach(
        (key, value) -> {
          if (isBelow(key, option)) {
            entries.put(key.substring(option.key().length() + 1), String.join(",", value.values()));
          }
        });
    return entries;
  }

  /**
   * Returns what {@code make} makes of the options; if it refuses them, that is a problem of {@code
   * option}.
   */
  <T> Optional<T> checked(ConfigOption<?> option, Function<TypedOptions, T> make) {
    try {
      return Optional.of(make.apply(this));
    } catch (IllegalArgumentException e) {
      problem(option, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Adds a problem of {@code option}. */
  void problem(ConfigOption<?> option, String what) {
    RawOption value = raw.get(option.key());
    problems.add((value == null ? "" : value.place() + ": ") + option.key() + ": " + what);
  }

  private <T> Optional<T> find(ConfigOption<T> option) {
    RawOption value = raw.get(option.key());
    if (value == null) {
      return Optional.empty();
    }
    Configuration single = new Configuration();
    single.setString(option.key(), String.join(",", value.values()));
    try {
      return single.getOptional(option);
    } catch (IllegalArgumentException e) {
      problem(option, cause(e));
      return Optional.empty();
    }
  }

  private static String cause(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }

  private void refuseUnknown() {
    Map<String, ConfigOption<?>> known = new HashMap<>();
    LockstepOptions.ALL.forEach(option -> known.put(option.key(), option));
    for (Map.Entry<String, RawOption> entry : new LinkedHashMap<>(raw).entrySet()) {
      String key = entry.getKey();
      boolean ofMap = LockstepOptions.MAPS.stream().anyMatch(option -> isBelow(key, option));
      if (!known.containsKey(key) && !ofMap) {
        problems.add(
            "%s: there is no option %s%s"
                .formatted(entry.getValue().place(), key, suggestion(key, known)));
      }
    }
  }

  private static boolean isBelow(String key, ConfigOption<?> option) {
    return key.startsWith(option.key() + ".");
  }

  private static String suggestion(String key, Map<String, ConfigOption<?>> known) {
    return known.keySet().stream()
        .filter(each -> distance(each, key) <= 3)
        .min((a, b) -> distance(a, key) - distance(b, key))
        .map(each -> "; did you mean " + each + "?")
        .orElse("");
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
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
