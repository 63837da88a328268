package dev.lockstep.job;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.launchdarkly.LaunchDarklyFlagSetReader;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.flag.FlagSetReader;
import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.config.LockstepOptions.ElasticsearchMode;
import dev.lockstep.job.control.Control;
import dev.lockstep.job.deliver.Deliver;
import dev.lockstep.job.detect.Correlate;
import dev.lockstep.job.detect.Detect;
import dev.lockstep.job.detect.Suppress;
import dev.lockstep.job.index.Index;
import dev.lockstep.job.ingest.Ingest;
import dev.lockstep.job.retry.Retries;
import dev.lockstep.job.state.ActiveFlags;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.Counting;
import dev.lockstep.job.state.CustomerCounts;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.job.statistics.Statistics;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The detection job: events are judged under the rules and flags in force, and alerts leave by
 * their lane.
 */
public final class DetectionTopology {

  private static final OutputTag<DeadLetterRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetterRecord.class));
  private static final OutputTag<StatusRecord> RULE_STATUS =
      new OutputTag<>("rule-status", TypeInformation.of(StatusRecord.class));

  private static final OutputTag<ControlNotice> NOTICES =
      new OutputTag<>("notices", TypeInformation.of(ControlNotice.class));

  private static final OutputTag<GroupOccurrences> OCCURRENCES =
      new OutputTag<>("occurrences", TypeInformation.of(GroupOccurrences.class));

  private static final OutputTag<CustomerCounts> COUNTS =
      new OutputTag<>("counts", TypeInformation.of(CustomerCounts.class));

  private DetectionTopology() {}

  /** Adds the job's operators to {@code env}. */
  public static void build(StreamExecutionEnvironment env, LockstepConfig config) {
    FlinkSettings.checkTransactions(env, config.kafka());
    FlagSetReader flagReader = new LaunchDarklyFlagSetReader(config.flags().keys());
    ActiveFlags.Policy flagPolicy =
        new ActiveFlags.Policy(
            flagReader,
            config.flags().source() != null,
            config.flags().customerFile() != null,
            config.flags().onMissing());
    Ingest ingest = new Ingest(config, DEAD_LETTERS);
    Control controls = new Control(config, flagReader, RULE_STATUS, NOTICES);
    Counting counting = new Counting(COUNTS, config.statistics().periodMillis());
    Detect detect =
        new Detect(
            config,
            flagPolicy,
            DEAD_LETTERS,
            NOTICES,
            RULE_STATUS,
            OCCURRENCES,
            counting,
            /* waitsForRules= */ false);
    Correlate correlate = new Correlate(config, OCCURRENCES, DEAD_LETTERS, RULE_STATUS, counting);
    Deliver deliver = new Deliver(config, flagPolicy, counting);
    Statistics statistics = new Statistics(config);

    boolean direct = config.elasticsearchMode() == ElasticsearchMode.DIRECT;
    Retries retries = Retries.ofDetection(config);

    Ingest.Read read = ingest.events(env);
    DataStream<DeadLetterRecord> due = retries.due(env);
    SingleOutputStreamOperator<EventRecord> again = retries.events(due, DEAD_LETTERS);
    SingleOutputStreamOperator<ControlUpdate> updates = controls.updates(env);
    SingleOutputStreamOperator<AlertRecord> alerts =
        detect.alerts(ingest.keyed(read.events().union(again)), updates);
    Correlate.Found found =
        correlate.found(alerts.getSideOutput(OCCURRENCES), Control.correlationsOnly(updates));
    DataStream<AlertRecord> limited = new Suppress(config).limited(found.and(alerts));
    SingleOutputStreamOperator<AlertRecord> laned =
        deliver.laned(limited, Control.flagsOnly(updates));
    for (Lane lane : Lane.values()) {
      deliver.toKafka(laned, lane);
    }
    DataStream<DeadLetterRecord> letters =
        read.deadLetters()
            .union(
                again.getSideOutput(DEAD_LETTERS),
                alerts.getSideOutput(DEAD_LETTERS),
                found.deadLetters());
    deliver.deadLetters(letters);
    deliver.ruleStatus(
        updates
            .getSideOutput(RULE_STATUS)
            .union(alerts.getSideOutput(RULE_STATUS), found.ruleStatus()));
    SingleOutputStreamOperator<StatusRecord> counted =
        statistics.told(
            alerts
                .getSideOutput(COUNTS)
                .union(found.counts(), laned.getSideOutput(COUNTS), statistics.ofLetters(letters)));
    deliver.engineStatus(
        controls
            .status(
                updates
                    .getSideOutput(NOTICES)
                    // The last is empty; with it event time is what it is in all stages.
                    .union(alerts.getSideOutput(NOTICES), counted.getSideOutput(NOTICES)))
            .union(counted));
    if (direct) {
      Index.toElasticsearch(Index.records(laned).union(retries.alerts(due)), config);
    }
  }
}
