package dev.lockstep.job;

import dev.lockstep.connector.launchdarkly.LaunchDarklyFlagSetReader;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.Content;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.flag.Disposition;
import dev.lockstep.job.backtest.BacktestFiles;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.control.Control;
import dev.lockstep.job.detect.Correlate;
import dev.lockstep.job.detect.Detect;
import dev.lockstep.job.detect.Suppress;
import dev.lockstep.job.ingest.Ingest;
import dev.lockstep.job.state.ActiveFlags;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.Counting;
import dev.lockstep.job.state.CustomerCounts;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.job.statistics.Statistics;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * A job that ends: events of the past are judged by candidate content, by the stages of the
 * detection job. There is neither flag nor lane, and nothing is written to Kafka.
 */
public final class BacktestTopology {

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

  private BacktestTopology() {}

  /**
   * Which events are judged by what.
   *
   * @param content without issues
   * @param customers only their events; empty for all
   * @param from events whose records were written then or later
   * @param until and before then
   */
  public record Plan(Content content, Set<String> customers, Instant from, Instant until) {
    public Plan {
      customers = Set.copyOf(customers);
    }
  }

  /** Adds the job's operators to {@code env}. */
  public static void build(
      StreamExecutionEnvironment env, LockstepConfig given, Plan plan, BacktestFiles files) {
    LockstepConfig config = given.withoutQuarantine();
    ActiveFlags.Policy all =
        new ActiveFlags.Policy(
            new LaunchDarklyFlagSetReader(config.flags().keys()),
            /* hasSource= */ false,
            /* hasCustomers= */ false,
            Disposition.LIVE);
    Counting counting = new Counting(COUNTS, config.statistics().periodMillis());
    Ingest ingest = new Ingest(config, DEAD_LETTERS);
    Detect detect =
        new Detect(
            config,
            all,
            DEAD_LETTERS,
            NOTICES,
            RULE_STATUS,
            OCCURRENCES,
            counting,
            /* waitsForRules= */ true);
    Correlate correlate = new Correlate(config, OCCURRENCES, DEAD_LETTERS, RULE_STATUS, counting);

    SingleOutputStreamOperator<EventRecord> events = ingest.past(env, plan.from, plan.until);
    DataStream<ControlUpdate> rules = rules(env, plan.content);
    SingleOutputStreamOperator<AlertRecord> alerts =
        detect.alerts(ingest.keyed(of(plan.customers, events)), rules);
    Correlate.Found found =
        correlate.found(alerts.getSideOutput(OCCURRENCES), Control.correlationsOnly(rules));
    files.keepAlerts(new Suppress(config).limited(found.and(alerts)));
    DataStream<DeadLetterRecord> letters =
        events
            .getSideOutput(DEAD_LETTERS)
            .union(alerts.getSideOutput(DEAD_LETTERS), found.deadLetters());
    files.keepFaults(letters);
    files.keepCounts(
        alerts
            .getSideOutput(COUNTS)
            .union(found.counts(), new Statistics(config).ofLetters(letters)),
        config.engine(),
        config.statistics().periodMillis());
  }

  private static DataStream<EventRecord> of(Set<String> customers, DataStream<EventRecord> events) {
    if (customers.isEmpty()) {
      return events;
    }
    HashSet<String> wanted = new HashSet<>(customers);
    return events
        .filter(event -> wanted.contains(event.customer))
        .uid("customers-only")
        .name("Customers that are asked about");
  }

  /** They end at once; until they have, event time does not begin. */
  private static DataStream<ControlUpdate> rules(StreamExecutionEnvironment env, Content content) {
    RuleBundle bundle = content.bundle();
    String version = bundle.version();
    return env.fromData(
            TypeInformation.of(ControlUpdate.class),
            ControlUpdate.ofRules(version, Delivery.of(bundle).encode()).at(1),
            ControlUpdate.ofCorrelations(version, Delivery.of(content.correlated()).encode()).at(1))
        .setParallelism(1)
        .uid("candidates")
        .name("Candidate content");
  }
}
