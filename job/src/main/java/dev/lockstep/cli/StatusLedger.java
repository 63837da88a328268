package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.CustomerStatisticsJson;
import dev.lockstep.statistics.StatisticsKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest status of each engine and of each of its rules, from the records of both topics, and
 * of the statistics of customers those that somebody wants: they are many.
 */
final class StatusLedger {
  private final Predicate<StatisticsKey> wanted;
  private final Map<StatisticsKey, CustomerStatistics> statistics = new HashMap<>();
  private final SortedMap<String, EngineState> engines = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, RuleState>> rules = new TreeMap<>();
  private final List<String> unreadable = new ArrayList<>();

  /** Keeps no statistics. */
  StatusLedger() {
    this(key -> false);
  }

  /** Keeps the statistics that are wanted. */
  StatusLedger(Predicate<StatisticsKey> wanted) {
    this.wanted = wanted;
  }

  /**
   * Takes a record of {@code engine-status}.
   *
   * @param value null when the engine has no status any more
   */
  void engine(byte @Nullable [] key, byte @Nullable [] value) {
    String engine = key == null ? "" : new String(key, UTF_8);
    Optional<StatisticsKey> ofCustomer = StatisticsKey.parse(engine);
    if (ofCustomer.isPresent()) {
      statistics(ofCustomer.get(), value);
      return;
    }
    if (value == null) {
      engines.remove(engine);
      return;
    }
    Optional<JsonFields> json = JsonFields.read(value);
    if (engine.isEmpty() || json.isEmpty()) {
      unreadable.add("engine-status of '" + engine + "'");
    } else {
      engines.put(engine, EngineState.of(engine, json.get()));
    }
  }

  private void statistics(StatisticsKey key, byte @Nullable [] value) {
    if (!wanted.test(key)) {
      return;
    }
    Optional<CustomerStatistics> read =
        value == null ? Optional.empty() : CustomerStatisticsJson.read(value);
    if (read.isPresent()) {
      statistics.put(key, read.get());
    } else {
      statistics.remove(key);
      if (value != null) {
        unreadable.add("engine-status of '" + key + "'");
      }
    }
  }

  /** The statistics that are known of an engine and wanted, in no order. */
  List<CustomerStatistics> statisticsOf(String engine) {
    return statistics.values().stream().filter(each -> each.engine().equals(engine)).toList();
  }

  /**
   * Takes a record of {@code rule-status}, whose key is {@code ENGINE/RULE}.
   *
   * @param value null when the rule has no status any more
   */
  void rule(byte @Nullable [] key, byte @Nullable [] value) {
    String text = key == null ? "" : new String(key, UTF_8);
    int slash = text.indexOf('/');
    Optional<JsonFields> json = value == null ? Optional.empty() : JsonFields.read(value);
    if (slash < 1 || (value != null && json.isEmpty())) {
      unreadable.add("rule-status of '" + text + "'");
      return;
    }
    String engine = text.substring(0, slash);
    String rule = text.substring(slash + 1);
    SortedMap<String, RuleState> ofEngine = rules.computeIfAbsent(engine, name -> new TreeMap<>());
    if (json.isEmpty()) {
      ofEngine.remove(rule);
    } else {
      ofEngine.put(rule, RuleState.of(engine, rule, json.get()));
    }
  }

  /** Which records say nothing, because they are not what they should be. */
  List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /** The engines of which anything is known, by name; those that say nothing of themselves, too. */
  List<EngineState> engines(@Nullable String only) {
    SortedSet<String> names = new TreeSet<>(engines.keySet());
    rules.forEach(
        (engine, ofEngine) -> {
          if (!ofEngine.isEmpty()) {
            names.add(engine);
          }
        });
    return names.stream()
        .filter(name -> only == null || name.equals(only))
        .map(name -> engines.getOrDefault(name, EngineState.silent(name)))
        .toList();
  }

  /** The engines that say something of themselves, by name. */
  List<EngineState> reporting(@Nullable String only) {
    return engines.values().stream()
        .filter(engine -> only == null || engine.engine().equals(only))
        .toList();
  }

  /** The rules of an engine, by their ids. */
  List<RuleState> rulesOf(String engine) {
    return List.copyOf(rules.getOrDefault(engine, new TreeMap<>()).values());
  }

  Optional<RuleState> rule(String engine, String id) {
    return Optional.ofNullable(rules.getOrDefault(engine, new TreeMap<>()).get(id));
  }
}
