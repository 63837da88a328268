package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.NetworkType;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.Content;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.correlation.CorrelationPlan.Feed;
import dev.lockstep.correlation.Evidence;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledOperator;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.job.state.HourlyCounts;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * How many events a second the operators of correlation take, in a Flink of as many task slots as
 * the load says: with RocksDB and a checkpoint every five seconds, and in memory without any. What
 * rules find is made up here; what that costs alone is measured, too.
 */
final class CorrelationBenchmark {

  private static final String RULE =
      """
      ---
      title: %1$s
      name: %1$s
      logsource: {product: bench}
      detection: {s: {a: b}, condition: s}
      """;

  private static final String CORRELATION =
      """
      ---
      title: %s
      id: %s
      correlation: {type: %s, rules: [%s], group-by: [user], timespan: 1m%s}
      """;

  private static final OutputTag<GroupOccurrences> NEXT =
      new OutputTag<>("next", TypeInformation.of(GroupOccurrences.class));
  private static final OutputTag<DeadLetterRecord> LETTERS =
      new OutputTag<>("letters", TypeInformation.of(DeadLetterRecord.class));
  private static final OutputTag<StatusRecord> STATUS =
      new OutputTag<>("status", TypeInformation.of(StatusRecord.class));

  /** When the first event was made, in nanoseconds; the job runs in this process. */
  private static final AtomicLong BEGUN = new AtomicLong();

  private CorrelationBenchmark() {}

  /** Where state lies, if anywhere. */
  private enum Setup {
    MADE_ONLY,
    MEMORY,
    ROCKSDB
  }

  /**
   * What is measured.
   *
   * @param rules of which each event is one's, in turns
   * @param users how many values the field has that correlations group by
   * @param hot the share of all events, in percent, that the first user has
   * @param values how many values the other field has, in turns
   * @param perMillisecond events in a millisecond of event time
   */
  private record Load(
      String name,
      String text,
      List<String> rules,
      long events,
      int users,
      int hot,
      int values,
      int perMillisecond,
      int parallelism)
      implements Serializable {
    Load {
      rules = List.copyOf(rules);
    }
  }

  private static List<Load> loads() {
    List<String> names = IntStream.range(0, 20).mapToObj(i -> "found" + i).toList();
    String rules = names.stream().map(RULE::formatted).collect(joining());
    List<String> one = List.of("found0");
    String twentyOfOne = rules + twenty(i -> "found0", ", condition: {gte: 10}");
    String oneOfTwenty = rules + twenty(names::get, ", condition: {gte: 10}");
    String values =
        rules + correlation("value_count", "found0", ", condition: {gte: 2500, field: value}");
    String estimated =
        rules
            + correlation(
                "value_count",
                "found0",
                ", exact-up-to: 500, condition: {gte: 2500, field: value}");
    String three = rules + correlation("temporal", "found0, found1, found2", "");
    String count = rules + correlation("event_count", "found0", ", condition: {gte: 10}");
    return List.of(
        new Load(
            "event_count: 20 rules, each event of one, 100,000 groups",
            oneOfTwenty,
            names,
            1_000_000,
            5_000,
            0,
            1,
            10,
            1),
        new Load(
            "event_count: 20 rules, each event of all, 100,000 groups",
            twentyOfOne,
            one,
            100_000,
            5_000,
            0,
            1,
            1,
            1),
        new Load(
            "value_count: 2,000 values in the window", values, one, 1_000_000, 1, 0, 2000, 10, 1),
        new Load(
            "value_count: the same, estimated beyond 500",
            estimated,
            one,
            1_000_000,
            1,
            0,
            2000,
            10,
            1),
        new Load(
            "temporal: 3 rules, 10,000 groups",
            three,
            names.subList(0, 3),
            1_000_000,
            10_000,
            0,
            1,
            10,
            1),
        new Load(
            "two cores: event_count, 100,000 groups alike",
            count,
            one,
            2_000_000,
            100_000,
            0,
            1,
            10,
            2),
        new Load(
            "two cores: the same, one group has 81 %",
            count, one, 2_000_000, 100_000, 81, 1, 10, 2));
  }

  private static String twenty(IntFunction<String> rule, String rest) {
    return IntStream.range(0, 20)
        .mapToObj(i -> CORRELATION.formatted("c" + i, "c" + i, "event_count", rule.apply(i), rest))
        .collect(joining());
  }

  private static String correlation(String type, String rules, String rest) {
    return CORRELATION.formatted("c", "c", type, rules, rest);
  }

  /**
   * Takes the file to write; then, if not all loads are wanted, how their names begin; then options
   * of Flink, as {@code key=value}.
   */
  public static void main(String[] arguments) throws Exception {
    StringBuilder table =
        new StringBuilder(
            """
            | load | made only, events/s | in memory, no checkpoints | RocksDB, checkpoints |
            |---|---:|---:|---:|
            """);
    String wanted = arguments.length > 1 ? arguments[1] : "";
    List<String> more = List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
    for (Load load : loads()) {
      if (load.name.startsWith(wanted)) {
        run(load, Setup.MEMORY, load.events / 4, more);
        table.append("| ").append(load.name);
        for (Setup setup : Setup.values()) {
          table.append(" | ").append(run(load, setup, load.events, more));
        }
        table.append(" |\n");
        System.out.println(table);
      }
    }
    Files.writeString(Path.of(arguments[0]), table);
  }

  private static String run(Load load, Setup setup, long events, List<String> more)
      throws Exception {
    Path directory = Files.createTempDirectory("lockstep-bench");
    Configuration options = options(load, setup, directory);
    for (String option : more) {
      int equals = option.indexOf('=');
      options.setString(option.substring(0, equals), option.substring(equals + 1));
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(options);
    DataStream<GroupOccurrences> found = found(load, events, env);
    if (setup == Setup.MADE_ONLY) {
      found.sinkTo(new DiscardingSink<>());
    } else {
      RuleBundle bundle = new RuleBundle(List.of(new RuleDocument("bench.yml", load.text)));
      ControlUpdate control =
          ControlUpdate.ofCorrelations(bundle.version(), Delivery.of(bundle).encode()).at(1);
      ControlledOperator.connect(
              "correlate",
              found.keyBy(occurrences -> occurrences.group),
              env.fromData(TypeInformation.of(ControlUpdate.class), control),
              new CorrelateFunction("bench", 100_000, NEXT, LETTERS, STATUS, HourlyCounts.COUNTING),
              NetworkType.ALERTS)
          .sinkTo(new DiscardingSink<>());
    }
    BEGUN.set(0);
    env.execute();
    double seconds = (System.nanoTime() - BEGUN.get()) / 1e9;
    return String.format(Locale.ROOT, "%,.0f", events / seconds);
  }

  /** As in flink-conf, as far as it matters to one process. */
  private static Configuration options(Load load, Setup setup, Path directory) {
    Configuration options = new Configuration();
    options.setString("parallelism.default", String.valueOf(load.parallelism));
    options.setString("pipeline.max-parallelism", "720");
    options.setString("pipeline.object-reuse", "true");
    options.setString("pipeline.generic-types", "false");
    options.setString("taskmanager.memory.managed.size", "512m");
    if (setup == Setup.ROCKSDB) {
      options.setString("state.backend.type", "rocksdb");
      options.setString("state.backend.rocksdb.use-bloom-filter", "true");
      options.setString("state.backend.rocksdb.memory.partitioned-index-filters", "true");
      options.setString("execution.checkpointing.interval", "5 s");
      options.setString("execution.checkpointing.incremental", "true");
      options.setString("execution.checkpointing.dir", directory.toUri().toString());
    } else {
      options.setString("state.backend.type", "hashmap");
    }
    return options;
  }

  private static DataStream<GroupOccurrences> found(
      Load load, long events, StreamExecutionEnvironment env) {
    int perMillisecond = load.perMillisecond;
    return env.fromSequence(0, events - 1)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Long>forBoundedOutOfOrderness(Duration.ofSeconds(1))
                .withTimestampAssigner((number, before) -> number / perMillisecond))
        .flatMap(new Finding(load))
        .returns(GroupOccurrences.class)
        .transform("gather", TypeInformation.of(GroupOccurrences.class), new GatherOccurrences(1));
  }

  /** Makes what rules find, as the operator of judgement does. */
  private static final class Finding extends RichFlatMapFunction<Long, GroupOccurrences> {
    private static final long serialVersionUID = 1L;

    private final Load load;
    private transient @Nullable List<List<Feed>> feeds;

    Finding(Load load) {
      this.load = load;
    }

    @Override
    public void open(OpenContext context) {
      CorrelationPlan plan =
          Content.read(List.of(new RuleDocument("bench.yml", load.text))).correlationPlan();
      feeds = load.rules.stream().map(plan::feedsOf).toList();
    }

    @Override
    public void flatMap(Long number, Collector<GroupOccurrences> out) {
      BEGUN.compareAndSet(0, System.nanoTime());
      List<List<Feed>> known = requireNonNull(feeds, "open was not called");
      long spread = (number * 0x9E3779B97F4A7C15L) >>> 1;
      long user = spread % 100 < load.hot ? 0 : spread / 100 % load.users;
      Map<String, String> fields = Map.of("user", "u" + user, "value", "v" + number % load.values);
      String evidence = Evidence.of("events/0/" + number, fields);
      for (Feed feed : known.get((int) (number % known.size()))) {
        out.collect(
            new GroupOccurrences(
                feed.groupOf("acme", fields).orElseThrow().encode(),
                1,
                1,
                List.of(
                    feed.occurrence(
                        number / load.perMillisecond, "e" + number, fields, evidence))));
      }
    }
  }
}
