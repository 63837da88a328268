package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * How many events a second the operators of correlation take, in a Flink of one task slot: with
 * RocksDB and a checkpoint every five seconds, and in memory without any. Making the events is part
 * of it.
 */
final class CorrelationBenchmark {

  private static final String RULE =
      """
      title: Found
      name: found
      logsource: {product: bench}
      detection: {s: {a: b}, condition: s}
      """;

  private static final OutputTag<GroupOccurrences> NEXT =
      new OutputTag<>("next", TypeInformation.of(GroupOccurrences.class));
  private static final OutputTag<DeadLetterRecord> LETTERS =
      new OutputTag<>("letters", TypeInformation.of(DeadLetterRecord.class));
  private static final OutputTag<StatusRecord> STATUS =
      new OutputTag<>("status", TypeInformation.of(StatusRecord.class));

  private CorrelationBenchmark() {}

  /**
   * What is measured.
   *
   * @param groups how many groups events are spread over
   * @param hot the share of all events, in percent, that the first group has
   * @param values how many values the field has in turns
   * @param perMillisecond events in a millisecond of event time
   */
  private record Load(
      String name,
      String rules,
      long events,
      int groups,
      int hot,
      int values,
      int perMillisecond) {}

  private static List<Load> loads() {
    String twenty =
        IntStream.range(0, 20)
            .mapToObj(i -> correlation("c" + i, "event_count", "{gte: 10}"))
            .reduce(RULE, String::concat);
    String one = RULE + correlation("c", "event_count", "{gte: 10}");
    String values = RULE + correlation("c", "value_count", "{gte: 2500, field: value}");
    String three =
        RULE
            + "---\n"
            + RULE.replace("found", "second").replace("Found", "Second")
            + "---\n"
            + RULE.replace("found", "third").replace("Found", "Third")
            + """
            ---
            title: t
            id: c
            correlation: {type: temporal, rules: [found, second, third], group-by: [user], timespan: 1m}
            """;
    return List.of(
        new Load("event_count, 20 rules, 100,000 groups", twenty, 100_000, 100_000, 0, 1, 10),
        new Load("value_count, 2,000 values in the window", values, 500_000, 1, 0, 2000, 10),
        new Load("temporal, 3 rules, 10,000 groups", three, 500_000, 10_000, 0, 1, 10),
        new Load("event_count, 1 rule, spread evenly", one, 1_000_000, 100_000, 0, 1, 10),
        new Load("event_count, 1 rule, one group has 90 %", one, 1_000_000, 100_000, 90, 1, 10));
  }

  private static String correlation(String id, String type, String condition) {
    return """
        ---
        title: t
        id: %s
        correlation: {type: %s, rules: found, group-by: [user], timespan: 1m, condition: %s}
        """
        .formatted(id, type, condition);
  }

  /** Takes the file to write. */
  public static void main(String[] arguments) throws Exception {
    StringBuilder table =
        new StringBuilder(
            "| load | events/s, RocksDB, checkpoints | events/s, memory |\n|---|---:|---:|\n");
    for (Load load : loads()) {
      run(load, /* rocksDb= */ false, load.events / 5);
      table
          .append("| ")
          .append(load.name)
          .append(" | ")
          .append(run(load, /* rocksDb= */ true, load.events))
          .append(" | ")
          .append(run(load, /* rocksDb= */ false, load.events))
          .append(" |\n");
    }
    Files.writeString(Path.of(arguments[0]), table);
    System.out.println(table);
  }

  private static String run(Load load, boolean rocksDb, long events) throws Exception {
    Configuration options = new Configuration();
    Path directory = Files.createTempDirectory("lockstep-bench");
    options.setString("state.backend.type", rocksDb ? "rocksdb" : "hashmap");
    if (rocksDb) {
      options.setString("execution.checkpointing.interval", "5 s");
      options.setString("execution.checkpointing.incremental", "true");
      options.setString("execution.checkpointing.dir", directory.toUri().toString());
    }
    options.setString("pipeline.object-reuse", "true");
    options.setString("pipeline.generic-types", "false");
    options.setString("parallelism.default", "1");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(options);
    RuleBundle bundle = new RuleBundle(List.of(new RuleDocument("bench.yml", load.rules)));
    ControlUpdate control =
        ControlUpdate.ofCorrelations(bundle.version(), Delivery.of(bundle).encode()).at(1);
    DataStream<GroupOccurrences> found =
        env.fromSequence(0, events - 1)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Long>forMonotonousTimestamps()
                    .withTimestampAssigner((i, before) -> i / load.perMillisecond))
            .flatMap(new Finding(load))
            .returns(GroupOccurrences.class)
            .transform(
                "gather", TypeInformation.of(GroupOccurrences.class), new GatherOccurrences(1));
    DataStream<AlertRecord> alerts =
        ControlledOperator.connect(
            "correlate",
            found.keyBy(occurrences -> occurrences.group),
            env.fromData(TypeInformation.of(ControlUpdate.class), control),
            new CorrelateFunction("bench", 100_000, NEXT, LETTERS, STATUS, HourlyCounts.COUNTING),
            TypeInformation.of(AlertRecord.class));
    alerts.sinkTo(new DiscardingSink<>());
    long begun = System.nanoTime();
    env.execute();
    double seconds = (System.nanoTime() - begun) / 1e9;
    return String.format(Locale.ROOT, "%,.0f", events / seconds);
  }

  /** Makes what rules find, as the operator of judgement does. */
  private static final class Finding extends RichFlatMapFunction<Long, GroupOccurrences> {
    private static final long serialVersionUID = 1L;

    private final String rules;
    private final int groups;
    private final int hot;
    private final int values;
    private final int perMillisecond;
    private transient @Nullable List<List<Feed>> feeds;

    Finding(Load load) {
      this.rules = load.rules;
      this.groups = load.groups;
      this.hot = load.hot;
      this.values = load.values;
      this.perMillisecond = load.perMillisecond;
    }

    @Override
    public void open(OpenContext context) {
      CorrelationPlan plan =
          Content.read(List.of(new RuleDocument("bench.yml", rules))).correlationPlan();
      List<List<Feed>> byRule = new ArrayList<>();
      for (String rule : List.of("found", "second", "third")) {
        if (!plan.feedsOf(rule).isEmpty()) {
          byRule.add(plan.feedsOf(rule));
        }
      }
      feeds = byRule;
    }

    @Override
    public void flatMap(Long number, Collector<GroupOccurrences> out) {
      List<List<Feed>> known = feeds == null ? List.of() : feeds;
      long spread = (number * 0x9E3779B97F4A7C15L) >>> 1;
      long group = number % 100 < hot ? 0 : spread % groups;
      Map<String, String> fields = Map.of("user", "u" + group, "value", "v" + number % values);
      String evidence = Evidence.of("events/0/" + number, fields);
      for (Feed feed : known.get((int) (number % known.size()))) {
        out.collect(
            new GroupOccurrences(
                feed.groupOf("acme", fields).orElseThrow().encode(),
                1,
                1,
                List.of(feed.occurrence(number / perMillisecond, "e" + number, fields, evidence))));
      }
    }
  }
}
