package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.evidence.ParityEvidence;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.migration.EngineFacts;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.CustomerStatisticsJson;
import dev.lockstep.statistics.StatisticsKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the topics {@code parity} and {@code engine-status} say about two engines. A record that is
 * not what it should be is counted and passed by.
 */
final class MigrationRecords {

  private final ParityEvidence evidence = new ParityEvidence();
  private final SortedMap<String, EngineFacts> engines = new TreeMap<>();
  private final SortedMap<String, CustomerStatistics> statistics = new TreeMap<>();
  private long unreadable;

  /**
   * Reads both topics to their present ends.
   *
   * @param patience how long Kafka may not answer
   * @throws IOException if it does not
   */
  static MigrationRecords read(LockstepConfig config, Duration patience) throws IOException {
    MigrationRecords records = new MigrationRecords();
    PastRecords.read(
        config,
        List.of(config.engineStatusTopic(), config.parity().topic()),
        Instant.EPOCH,
        patience,
        record -> {
          if (record.topic().equals(config.engineStatusTopic())) {
            records.status(record.key(), record.value());
          } else {
            records.parity(record.value());
          }
        });
    return records;
  }

  /** Takes a record of {@code engine-status}; the value is null when it holds no longer. */
  void status(byte @Nullable [] key, byte @Nullable [] value) {
    String name = key == null ? "" : new String(key, UTF_8);
    Optional<StatisticsKey> ofCustomer = StatisticsKey.parse(name);
    if (value == null) {
      engines.remove(name);
      statistics.remove(name);
    } else if (ofCustomer.isPresent()) {
      CustomerStatisticsJson.read(value)
          .ifPresentOrElse(counts -> statistics.put(name, counts), () -> unreadable++);
    } else {
      JsonFields.read(value)
          .filter(json -> !name.isEmpty())
          .ifPresentOrElse(json -> engines.put(name, facts(name, json)), () -> unreadable++);
    }
  }

  /** Takes a record of {@code parity}. */
  void parity(byte @Nullable [] value) {
    try {
      evidence.take(ParityJson.read(value == null ? new byte[0] : value));
    } catch (IllegalArgumentException e) {
      unreadable++;
    }
  }

  private static EngineFacts facts(String engine, JsonFields json) {
    JsonFields bundle = object(json, "bundle");
    JsonFields flags = object(json, "flags");
    JsonFields rules = object(json, "rules");
    Long behind = object(json, "event_time").number("behind_millis");
    return new EngineFacts(
        engine,
        time(json.text("updated_at")),
        bundle.text("version"),
        EngineState.of(engine, json).isInForceEverywhere(),
        time(bundle.text("in_force_at")),
        flags.text("version"),
        isEverywhere(flags),
        behind == null ? null : Duration.ofMillis(behind),
        orZero(rules.number("rejected")) + orZero(rules.number("quarantined")));
  }

  private static boolean isEverywhere(JsonFields flags) {
    Long on = flags.number("in_force_subtasks");
    Long of = flags.number("subtasks");
    return on == null || of == null || on >= of;
  }

  private static JsonFields object(JsonFields json, String name) {
    JsonFields object = json.object(name);
    return object == null ? JsonFields.NONE : object;
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  ParityEvidence evidence() {
    return evidence;
  }

  /** What an engine says of itself; that of one that says nothing says so. */
  EngineFacts engine(String name) {
    return engines.getOrDefault(name, EngineFacts.silent(name));
  }

  /** The engines that say something of themselves. */
  SortedSet<String> engines() {
    return new TreeSet<>(engines.keySet());
  }

  /** By engine, customer and period. */
  Collection<CustomerStatistics> statistics() {
    return statistics.values();
  }

  /** How many records are not what they should be. */
  long unreadable() {
    return unreadable;
  }
}
