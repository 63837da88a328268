package dev.lockstep.job.config;

import dev.lockstep.connector.elasticsearch.ElasticsearchSettings;
import dev.lockstep.connector.kafka.KafkaSettings;
import dev.lockstep.connector.launchdarkly.FlagKeys;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings.Endpoints;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import dev.lockstep.flag.Disposition;
import dev.lockstep.job.config.LockstepOptions.Delivery;
import dev.lockstep.job.config.LockstepOptions.ElasticsearchMode;
import dev.lockstep.job.config.LockstepOptions.FlagsSource;
import dev.lockstep.job.config.LockstepOptions.OnMissing;
import dev.lockstep.job.config.OptionsFile.RawOption;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.jspecify.annotations.Nullable;

/** Reads the options of a file and of the command line into one checked record. */
public final class ConfigReader {

  /** What is safe in transactional ids, client ids, uids and metric labels alike. */
  private static final Pattern ENGINE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,38}");

  private final TypedOptions options;
  private final List<String> problems;

  private ConfigReader(TypedOptions options, List<String> problems) {
    this.options = options;
    this.problems = problems;
  }

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
    overrides.forEach((key, value) -> raw.put(key, new RawOption(List.of(value), "-D" + key)));
    return new ConfigReader(new TypedOptions(raw, problems), problems).config();
  }

  private LockstepConfig config() {
    String engine = engine();
    Optional<KafkaSettings> kafka =
        options.checked(LockstepOptions.KAFKA_BOOTSTRAP_SERVERS, unused -> kafka(engine));
    Optional<LockstepConfig.Events> events =
        options.checked(LockstepOptions.EVENTS_CUSTOMER, unused -> events());
    Optional<LockstepConfig.Flags> flags =
        options.checked(LockstepOptions.FLAGS_SOURCE, unused -> flags());
    LockstepConfig.Alerts alerts = alerts();
    ElasticsearchMode mode = options.get(LockstepOptions.ELASTICSEARCH_MODE);
    Optional<ElasticsearchSettings> elasticsearch =
        options.checked(LockstepOptions.ELASTICSEARCH_HOSTS, ElasticsearchOptions::settings);
    String deadLetters = options.get(LockstepOptions.DEAD_LETTERS_TOPIC);
    String ruleStatus = options.get(LockstepOptions.RULE_STATUS_TOPIC);
    String rules = options.get(LockstepOptions.RULES_DIRECTORY);
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    return new LockstepConfig(
        engine,
        kafka.orElseThrow(),
        events.orElseThrow(),
        rules,
        flags.orElseThrow(),
        alerts,
        deadLetters,
        ruleStatus,
        mode,
        elasticsearch.orElseThrow());
  }

  private String engine() {
    String engine = options.get(LockstepOptions.ENGINE_NAME);
    if (!ENGINE_NAME.matcher(engine).matches()) {
      options.problem(
          LockstepOptions.ENGINE_NAME,
          "must match " + ENGINE_NAME.pattern() + ", was '" + engine + "'");
    }
    return engine;
  }

  private KafkaSettings kafka(String engine) {
    Delivery delivery = options.get(LockstepOptions.DELIVERY_KAFKA);
    return new KafkaSettings(
        options.get(LockstepOptions.KAFKA_BOOTSTRAP_SERVERS),
        options.map(LockstepOptions.KAFKA_PROPERTIES),
        engine,
        switch (delivery) {
          case EXACTLY_ONCE -> DeliveryGuarantee.EXACTLY_ONCE;
          case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
        },
        options.get(LockstepOptions.DELIVERY_TRANSACTION_TIMEOUT));
  }

  private LockstepConfig.Events events() {
    EnvelopeLayout layout =
        new EnvelopeLayout(
            places(LockstepOptions.EVENTS_CUSTOMER),
            places(LockstepOptions.EVENTS_ID),
            places(LockstepOptions.EVENTS_TIME),
            bytes(LockstepOptions.EVENTS_MAX_SIZE));
    return new LockstepConfig.Events(
        options.get(LockstepOptions.EVENTS_TOPIC),
        layout,
        options.get(LockstepOptions.EVENTS_MAX_OUT_OF_ORDERNESS),
        options.get(LockstepOptions.EVENTS_MAX_AHEAD),
        options.get(LockstepOptions.EVENTS_IDLENESS),
        stripes());
  }

  private List<EnvelopePlace> places(ConfigOption<List<String>> option) {
    List<EnvelopePlace> places = new ArrayList<>();
    for (String text : options.list(option)) {
      options.checked(option, unused -> EnvelopePlace.parse(text)).ifPresent(places::add);
    }
    return places;
  }

  private Map<String, Integer> stripes() {
    Map<String, Integer> stripes = new HashMap<>();
    options
        .map(LockstepOptions.EVENTS_STRIPES)
        .forEach(
            (customer, text) -> {
              if (text.matches("[1-9][0-9]{0,3}")) {
                stripes.put(customer, Integer.valueOf(text));
              } else {
                options.problem(
                    LockstepOptions.EVENTS_STRIPES,
                    "stripes of " + customer + " must be 1 to 9999, was '" + text + "'");
              }
            });
    return stripes;
  }

  private LockstepConfig.Flags flags() {
    FlagsSource source = options.get(LockstepOptions.FLAGS_SOURCE);
    OnMissing onMissing = options.get(LockstepOptions.FLAGS_ON_MISSING);
    if (source == FlagsSource.NONE && onMissing == OnMissing.HOLD) {
      options.problem(
          LockstepOptions.FLAGS_ON_MISSING,
          "must be live, shadow or off when flags.source is none: events would wait for ever");
    }
    FlagKeys keys =
        new FlagKeys(
            options.get(LockstepOptions.FLAGS_INGRESS_KEY),
            options.get(LockstepOptions.FLAGS_EGRESS_KEY));
    LaunchDarklySettings settings =
        switch (source) {
          case FILE ->
              LaunchDarklySettings.file(List.of(options.get(LockstepOptions.FLAGS_FILE)), keys);
          case LAUNCHDARKLY ->
              LaunchDarklySettings.streaming(
                  SecretOptions.sdkKey(options.get(LockstepOptions.FLAGS_SDK_KEY)),
                  endpoints(),
                  keys);
          case NONE -> null;
        };
    return new LockstepConfig.Flags(settings, keys, disposition(onMissing));
  }

  private Endpoints endpoints() {
    String relay = options.getOrNull(LockstepOptions.FLAGS_RELAY_URI);
    return relay == null ? Endpoints.LAUNCHDARKLY : Endpoints.relay(URI.create(relay));
  }

  private static @Nullable Disposition disposition(OnMissing onMissing) {
    return switch (onMissing) {
      case HOLD -> null;
      case LIVE -> Disposition.LIVE;
      case SHADOW -> Disposition.SHADOW;
      case OFF -> Disposition.OFF;
    };
  }

  private LockstepConfig.Alerts alerts() {
    String live = options.get(LockstepOptions.ALERTS_LIVE_TOPIC);
    String shadow = options.get(LockstepOptions.ALERTS_SHADOW_TOPIC);
    if (live.equals(shadow)) {
      options.problem(
          LockstepOptions.ALERTS_SHADOW_TOPIC,
          "must differ from alerts.live.topic: an open transaction of one lane holds back all"
              + " readers of a topic, was '"
              + shadow
              + "'");
    }
    return new LockstepConfig.Alerts(live, shadow, bytes(LockstepOptions.ALERTS_MAX_EVENT_SIZE));
  }

  private int bytes(ConfigOption<org.apache.flink.configuration.MemorySize> option) {
    long bytes = options.get(option).getBytes();
    if (bytes < 1 || bytes > Integer.MAX_VALUE / 2) {
      options.problem(option, "must be between 1 byte and 1 GiB, was " + bytes + " bytes");
      return 1;
    }
    return (int) bytes;
  }
}
