package dev.lockstep.job.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/**
 * Options with their types. What is wrong becomes a problem and reads as the default, so that
 * reading goes on and all problems come to light at once.
 */
final class TypedOptions {

  private final Map<String, RawOption> raw;
  private final List<String> problems;

  TypedOptions(Map<String, RawOption> raw, List<String> problems) {
    this.raw = raw;
    this.problems = problems;
    problems.addAll(UnknownOptions.problems(raw));
  }

  /** Returns the value of an option that has a default. */
  <T> T get(ConfigOption<T> option) {
    return find(option).orElseGet(option::defaultValue);
  }

  /** Returns what {@code make} makes of an option that has a default; it may refuse the value. */
  <T, R> R get(ConfigOption<T> option, Function<T, R> make) {
    return find(option, make).orElseGet(() -> make.apply(option.defaultValue()));
  }

  /** Returns what {@code make} makes of the value, or nothing when that is unset or refused. */
  <T, R> Optional<R> find(ConfigOption<T> option, Function<T, R> make) {
    return find(option).flatMap(value -> accepted(option, () -> make.apply(value)));
  }

  /** Returns whether the option is set, to whatever value. */
  boolean isSet(ConfigOption<?> option) {
    RawOption written = raw.get(option.key());
    return written != null && written.form() != RawOption.Form.NOTHING;
  }

  /**
   * Returns a list option; a single value may be separated by commas or semicolons.
   *
   * @param element makes an element and may refuse it
   * @param whole makes the result of all elements and may refuse them
   */
  <E, R> R list(
      ConfigOption<List<String>> option, Function<String, E> element, Function<List<E>, R> whole) {
    List<E> elements = new ArrayList<>();
    List<String> texts = texts(option);
    for (String text : texts) {
      accepted(option, () -> element.apply(text)).ifPresent(elements::add);
    }
    Optional<R> result =
        elements.size() == texts.size()
            ? accepted(option, () -> whole.apply(elements))
            : Optional.empty();
    return result.orElseGet(
        () -> whole.apply(option.defaultValue().stream().map(element).toList()));
  }

  /**
   * Returns a map option: all keys below its own.
   *
   * @param element makes a value and may refuse it
   */
  <E> Map<String, E> map(ConfigOption<Map<String, String>> option, Function<Entry, E> element) {
    if (isSet(option)) {
      problem(option, "must be a map of names to values");
    }
    String prefix = option.key() + ".";
    Map<String, E> entries = new TreeMap<>();
    raw.forEach(
        (key, written) -> {
          if (key.startsWith(prefix) && written.form() != RawOption.Form.NOTHING) {
            Entry entry =
                new Entry(key.substring(prefix.length()), String.join(",", written.values()));
            accepted(key, () -> element.apply(entry))
                .ifPresent(value -> entries.put(entry.name(), value));
          }
        });
    return entries;
  }

  /** Adds a problem of {@code option}. */
  void problem(ConfigOption<?> option, String what) {
    problem(option.key(), what);
  }

  private void problem(String key, String what) {
    RawOption written = raw.get(key);
    String problem = (written == null ? "" : written.place() + ": ") + key + ": " + what;
    // An option that is read in two places is wrong only once.
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  private <R> Optional<R> accepted(ConfigOption<?> option, Supplier<R> make) {
    return accepted(option.key(), make);
  }

  private <R> Optional<R> accepted(String key, Supplier<R> make) {
    try {
      return Optional.of(make.get());
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private List<String> texts(ConfigOption<List<String>> option) {
    RawOption written = raw.get(option.key());
    if (written == null || written.form() == RawOption.Form.NOTHING) {
      return option.defaultValue();
    }
    Stream<String> texts = written.values().stream();
    if (written.form() == RawOption.Form.SCALAR) {
      texts = texts.flatMap(text -> Stream.of(text.split("[,;]")));
    }
    return texts.map(String::trim).filter(text -> !text.isEmpty()).toList();
  }

  private <T> Optional<T> find(ConfigOption<T> option) {
    RawOption written = raw.get(option.key());
    if (written == null || written.form() == RawOption.Form.NOTHING) {
      return Optional.empty();
    }
    if (written.form() == RawOption.Form.LIST) {
      problem(option, "must be one value, was a list");
      return Optional.empty();
    }
    Configuration single = new Configuration();
    single.setString(option.key(), written.values().get(0));
    try {
      return single.getOptional(option);
    } catch (IllegalArgumentException e) {
      problem(option, "must be " + expected(option) + ", was '" + written.values().get(0) + "'");
      return Optional.empty();
    }
  }

  /** Only texts have no default, and no text is refused for its type. */
  private static String expected(ConfigOption<?> option) {
    Object example = option.defaultValue();
    if (example instanceof Enum<?> constant) {
      return "one of " + List.of(constant.getDeclaringClass().getEnumConstants());
    }
    if (example instanceof Duration) {
      return "a duration such as 30 s";
    }
    if (example instanceof Boolean) {
      return "true or false";
    }
    return example instanceof MemorySize ? "a size such as 5 mb" : "a whole number";
  }

  /** An entry of a map option. */
  record Entry(String name, String value) {}
}
