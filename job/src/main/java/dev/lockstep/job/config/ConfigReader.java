package dev.lockstep.job.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.jspecify.annotations.Nullable;

/** Reads the options of a file and of the command line into one checked record. */
public final class ConfigReader {

  /** The live topic before the shadow one: of two equal topics the later is the problem. */
  private static final List<ConfigOption<String>> TOPICS =
      List.of(
          LockstepOptions.EVENTS_TOPIC,
          LockstepOptions.ALERTS_LIVE_TOPIC,
          LockstepOptions.ALERTS_SHADOW_TOPIC,
          LockstepOptions.DEAD_LETTERS_TOPIC,
          LockstepOptions.DEAD_LETTERS_PARKED_TOPIC,
          LockstepOptions.RULE_STATUS_TOPIC,
          LockstepOptions.ENGINE_STATUS_TOPIC,
          LockstepOptions.RULES_TOPIC,
          LockstepOptions.PARITY_TOPIC);

  private ConfigReader() {}

  /**
   * Reads the options.
   *
   * @param file YAML file of options, or null for none
   * @param overrides options by key that win over the file's
   * @throws InvalidConfigException if anything is wrong; it lists every problem
   */
  public static LockstepConfig read(@Nullable Path file, Map<String, String> overrides) {
    List<String> problems = new ArrayList<>();
    Map<String, RawOption> raw = new LinkedHashMap<>();
    if (file != null) {
      raw.putAll(OptionsFile.read(file, problems));
    }
    overrides.forEach((key, value) -> raw.put(key, RawOption.scalar(value, "-D" + key)));
    LockstepConfig config = config(new TypedOptions(raw, problems));
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    return config;
  }

  private static LockstepConfig config(TypedOptions options) {
    refuseSharedTopics(options);
    String engine = options.get(LockstepOptions.ENGINE_NAME, OptionChecks::engineName);
    return new LockstepConfig(
        engine,
        KafkaOptions.settings(options, engine),
        EventOptions.events(options),
        FileOptions.files(options),
        RuleOptions.rules(options),
        MappingOptions.mapping(options),
        FlagOptions.flags(options),
        alerts(options),
        DeadLetterOptions.deadLetters(options),
        options.get(LockstepOptions.RULE_STATUS_TOPIC, OptionChecks::topic),
        options.get(LockstepOptions.ENGINE_STATUS_TOPIC, OptionChecks::topic),
        StatisticsOptions.statistics(options),
        ParityOptions.parity(options),
        options.get(LockstepOptions.ELASTICSEARCH_MODE),
        ElasticsearchOptions.settings(options),
        EventIndexOptions.eventIndex(options));
  }

  private static LockstepConfig.Alerts alerts(TypedOptions options) {
    return new LockstepConfig.Alerts(
        options.get(LockstepOptions.ALERTS_LIVE_TOPIC, OptionChecks::topic),
        options.get(LockstepOptions.ALERTS_SHADOW_TOPIC, OptionChecks::topic),
        options.get(LockstepOptions.ALERTS_MAX_EVENT_SIZE, OptionChecks::bytes));
  }

  /**
   * Two kinds of records in one topic would feed a job its own output, mix up what readers expect,
   * or, for the lanes, let an open transaction of one hold back all readers of the other.
   */
  private static void refuseSharedTopics(TypedOptions options) {
    Map<String, ConfigOption<String>> owners = new HashMap<>();
    for (ConfigOption<String> option : TOPICS) {
      String topic = options.get(option);
      ConfigOption<String> owner = owners.putIfAbsent(topic, option);
      if (owner != null) {
        options.problem(option, "must differ from " + owner.key() + ", was '" + topic + "'");
      }
    }
  }
}
