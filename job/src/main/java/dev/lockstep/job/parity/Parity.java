package dev.lockstep.job.parity;

import dev.lockstep.connector.kafka.KafkaParity;
import dev.lockstep.connector.wire.ComparedAlert;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.BundleSighting;
import dev.lockstep.job.state.JudgedAlert;
import dev.lockstep.job.state.States;
import dev.lockstep.parity.ComparedEngines;
import dev.lockstep.parity.Declarations;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/** The stage that compares two engines. The uids of its sinks carry the names of the pair. */
public final class Parity {

  static final OutputTag<JudgedAlert> FINAL =
      new OutputTag<>("final", TypeInformation.of(JudgedAlert.class));
  private static final OutputTag<ComparedAlert> RESCUED =
      new OutputTag<>("rescued", TypeInformation.of(ComparedAlert.class));

  private final LockstepConfig config;
  private final ComparedEngines engines;
  private final Declarations declarations;
  private final String pair;

  /**
   * Compares.
   *
   * @param engines those of {@code config}
   * @param declarations the differences that are expected
   */
  public Parity(LockstepConfig config, ComparedEngines engines, Declarations declarations) {
    this.config = config;
    this.engines = engines;
    this.declarations = declarations;
    this.pair = pair(engines);
  }

  /** Names the comparison: {@code FIRST-SECOND}. */
  public static String pair(ComparedEngines engines) {
    return engines.first() + "-" + engines.second();
  }

  /** Returns the committed alerts of both lanes, with the time of the slowest engine. */
  public DataStream<ComparedAlert> alerts(StreamExecutionEnvironment env) {
    Duration idleness = config.parity().times().idleness();
    return env.fromSource(
            KafkaParity.alerts(
                config.kafka(), pair, config.alerts().liveTopic(), config.alerts().shadowTopic()),
            WatermarkStrategy.<ComparedAlert>forGenerator(
                    context -> new EngineProgress(context.getInputActivityClock(), idleness))
                .withTimestampAssigner((alert, time) -> alert.occurredAtMillis),
            "Alerts of both lanes")
        .uid("compared-alerts")
        .setDescription(
            "Alerts of both lanes: topics " + String.join(", ", config.alerts().topics()));
  }

  /** Returns the verdicts; what is final, and what is rescued, are side outputs. */
  public SingleOutputStreamOperator<JudgedAlert> judged(DataStream<ComparedAlert> alerts) {
    return alerts
        .keyBy(ComparedAlert::key)
        .process(new CompareFunction(engines, declarations, config.parity().times(), RESCUED))
        .uid("compare")
        .name("Compare")
        .setDescription("Compare: verdict on each alert of " + String.join(", ", engines.names()));
  }

  /** Sends what flags have kept from the live lane there. */
  public void rescue(SingleOutputStreamOperator<JudgedAlert> judged) {
    String topic = config.alerts().liveTopic();
    judged
        .getSideOutput(RESCUED)
        .sinkTo(KafkaParity.rescued(config.kafka(), pair, topic))
        .uid("rescued-alerts-" + pair)
        .name("Topic " + topic + ", rescued alerts");
  }

  /** Returns verdicts with what explains them. */
  public DataStream<JudgedAlert> explained(
      SingleOutputStreamOperator<JudgedAlert> judged, DataStream<ComparedAlert> alerts) {
    DataStream<BundleSighting> sightings =
        alerts
            .flatMap(new SightBundles(engines, SightingSpans.span(config.parity().times())))
            .uid("bundle-sightings")
            .name("Bundle sightings");
    return judged
        .keyBy(each -> each.customer)
        .connect(sightings.broadcast(States.PARITY_SIGHTINGS))
        .process(new ExplainFunction(engines, config.parity().times()))
        .uid("explain")
        .name("Explain")
        .setDescription("Explain: near matches, exchanges of bundles, changes of flags")
        .union(judged.getSideOutput(FINAL));
  }

  /** Returns verdicts and summaries as they are written. */
  public DataStream<StatusRecord> records(DataStream<JudgedAlert> verdicts) {
    return verdicts
        .keyBy(SummarizeFunction::key)
        .process(new SummarizeFunction(pair, engines.names(), config.parity()))
        .uid("summarize")
        .name("Summarize")
        .setDescription("Summarize: totals of each customer and hour");
  }

  /** Sends verdicts and summaries to their topic. */
  public void toKafka(DataStream<StatusRecord> records) {
    records
        .sinkTo(KafkaParity.records(config.kafka(), pair, config.parity().topic()))
        .uid("parity-" + pair)
        .name("Topic " + config.parity().topic());
  }
}
