package dev.lockstep.job.control;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.content.BundlesByName;
import dev.lockstep.connector.content.RuleDirectorySource;
import dev.lockstep.connector.content.RuleServerSource;
import dev.lockstep.connector.customers.CustomerFileSource;
import dev.lockstep.connector.kafka.KafkaRulesSource;
import dev.lockstep.connector.latest.LatestValueSource;
import dev.lockstep.connector.launchdarkly.FlagDataMode;
import dev.lockstep.connector.launchdarkly.LaunchDarklyFlagSource;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.flag.FlagSetReader;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.time.SourceAlignment;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/** The control stream: parallelism 1 up to the broadcast, so that there is one order for all. */
public final class Control {

  /** Updates are few, and should not wait for company in a network buffer. */
  private static final long AT_ONCE = 0;

  private final LockstepConfig config;
  private final FlagSetReader flagReader;
  private final OutputTag<StatusRecord> statusTag;
  private final OutputTag<ControlNotice> noticeTag;

  public Control(
      LockstepConfig config,
      FlagSetReader flagReader,
      OutputTag<StatusRecord> statusTag,
      OutputTag<ControlNotice> noticeTag) {
    this.config = config;
    this.flagReader = flagReader;
    this.statusTag = statusTag;
    this.noticeTag = noticeTag;
  }

  /** Returns the checked updates; what became of rules and bundles is at the side outputs. */
  public SingleOutputStreamOperator<ControlUpdate> updates(StreamExecutionEnvironment env) {
    DataStream<ControlUpdate> delivered = rules(env).union(quarantine(env));
    LaunchDarklySettings flags = config.flags().source();
    if (flags != null) {
      delivered = delivered.union(flags(env, flags));
    }
    String customerFile = config.flags().customerFile();
    if (customerFile != null) {
      delivered = delivered.union(customers(env, customerFile));
    }
    return delivered
        .transform(
            "Check rules and flags",
            TypeInformation.of(ControlUpdate.class),
            new CheckControl(
                config.engine(),
                flagReader,
                config.rules().maxRemovedShare(),
                statusTag,
                noticeTag))
        .setParallelism(1)
        .setMaxParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid("control")
        .setDescription(
            "Check rules and flags: keeps the last good version of each rule file and of the flags");
  }

  /** Returns the status of the engine, of the notices of all places. */
  public DataStream<StatusRecord> status(DataStream<ControlNotice> notices) {
    String engine = config.engine();
    return notices
        .keyBy(notice -> engine)
        .process(new EngineStatusFunction(engine))
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid("engine-status")
        .name("Engine status")
        .setDescription("Engine status: which rules and flags are in force on how many subtasks");
  }

  /** Returns what flags are decided by, for operators that need no rules in their state. */
  public static DataStream<ControlUpdate> flagsOnly(DataStream<ControlUpdate> updates) {
    return updates
        .filter(Control::isOfFlags)
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid("flags-only")
        .name("Flags only");
  }

  /** Returns what correlations are planned from, for operators that need no other rules. */
  public static DataStream<ControlUpdate> correlationsOnly(DataStream<ControlUpdate> updates) {
    return updates
        .filter(Control::isOfCorrelations)
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid("correlations-only")
        .name("Correlations only");
  }

  private static boolean isOfCorrelations(ControlUpdate update) {
    return switch (update.kind()) {
      case CORRELATIONS, QUARANTINE -> true;
      case RULES, FLAGS, CUSTOMERS -> false;
    };
  }

  private static boolean isOfFlags(ControlUpdate update) {
    return switch (update.kind()) {
      case FLAGS, CUSTOMERS -> true;
      case RULES, QUARANTINE, CORRELATIONS -> false;
    };
  }

  /** What subtasks have written into the topic of statuses, back to all of them. */
  private DataStream<ControlUpdate> quarantine(StreamExecutionEnvironment env) {
    String engine = config.engine();
    return env.fromSource(
            new KafkaRulesSource(
                config.kafka(),
                config.ruleStatusTopic(),
                restored -> new QuarantinedRules(engine, restored)),
            SourceAlignment.ofOptionalControl(),
            "Quarantine",
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        .setParallelism(1)
        .uid("quarantine")
        .setDescription("Quarantine: topic " + config.ruleStatusTopic())
        .map(ControlUpdate::ofQuarantine)
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid("quarantine-update")
        .name("Quarantine update");
  }

  private DataStream<ControlUpdate> rules(StreamExecutionEnvironment env) {
    return env.fromSource(
            ruleSource(),
            SourceAlignment.ofControl(),
            "Rules",
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        .setParallelism(1)
        .uid("rules")
        .setDescription("Rules: " + whereRulesComeFrom())
        .map(delivery -> ControlUpdate.ofRules("", delivery))
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid("rules-update")
        .name("Rules update");
  }

  /** All keep the same state under the same uid: an engine may change from one to another. */
  private LatestValueSource<byte[]> ruleSource() {
    LockstepConfig.Rules rules = config.rules();
    return switch (rules.source()) {
      case DIRECTORY -> new RuleDirectorySource(rules.directory());
      case KAFKA -> new KafkaRulesSource(config.kafka(), rules.topic(), BundlesByName::new);
      case HTTP -> new RuleServerSource(requireNonNull(rules.server(), "rules.url is checked"));
    };
  }

  private String whereRulesComeFrom() {
    LockstepConfig.Rules rules = config.rules();
    return switch (rules.source()) {
      case DIRECTORY -> "directory " + rules.directory();
      case KAFKA -> "topic " + rules.topic();
      case HTTP -> "web server " + requireNonNull(rules.server(), "rules.url is checked").place();
    };
  }

  private DataStream<ControlUpdate> flags(
      StreamExecutionEnvironment env, LaunchDarklySettings settings) {
    return env.fromSource(
            new LaunchDarklyFlagSource(settings), flagWatermarks(), "Flags", Types.STRING)
        .setParallelism(1)
        .uid("flags")
        .setDescription("Flags: " + whereFlagsComeFrom(settings))
        .map(ControlUpdate::ofFlags)
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid("flags-update")
        .name("Flags update");
  }

  private static String whereFlagsComeFrom(LaunchDarklySettings settings) {
    return settings.mode() == FlagDataMode.FILE
        ? "file " + String.join(", ", settings.flagFiles())
        : "LaunchDarkly";
  }

  private DataStream<ControlUpdate> customers(StreamExecutionEnvironment env, String file) {
    return env.fromSource(new CustomerFileSource(file), flagWatermarks(), "Customers", Types.STRING)
        .setParallelism(1)
        .uid("customers")
        .setDescription("Customers: file " + file)
        .map(ControlUpdate::ofCustomers)
        .setParallelism(1)
        .setBufferTimeout(AT_ONCE)
        .uid("customers-update")
        .name("Customers update");
  }

  /** Where {@code flags.on-missing} decides meanwhile, no event waits for flags. */
  private WatermarkStrategy<String> flagWatermarks() {
    return config.flags().onMissing() == null
        ? SourceAlignment.ofControl()
        : SourceAlignment.ofOptionalControl();
  }
}
