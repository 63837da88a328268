package dev.lockstep.job.retry;

import dev.lockstep.connector.kafka.KafkaDeadLetters;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.IndexRecord;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.time.SourceAlignment;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The stage that tries dead letters again. Alerts that Elasticsearch refused are tried by the job
 * that writes to it, all others by the detection job.
 *
 * <p>Uids carry the engine's name: an engine that starts from another's savepoint must not try the
 * other's letters.
 */
public final class Retries {

  private static final String REFUSED_ALERT = DeadLetterClass.REJECTED_BY_ELASTICSEARCH.name();

  private static final OutputTag<DeadLetterRecord> PARKED =
      new OutputTag<>("parked", TypeInformation.of(DeadLetterRecord.class));

  private final LockstepConfig config;
  private final String reader;

  private Retries(LockstepConfig config, String reader) {
    this.config = config;
    this.reader = reader;
  }

  /** The retries of the detection job. */
  public static Retries ofDetection(LockstepConfig config) {
    return new Retries(config, "retry");
  }

  /** The retries of the index job. */
  public static Retries ofIndex(LockstepConfig config) {
    return new Retries(config, "index-retry");
  }

  /**
   * Returns the letters whose next try is due; those that have none go to the topic of parked
   * letters.
   *
   * @param refusedAlerts whether this job tries those that Elasticsearch refused
   * @param others whether it tries all others
   */
  public DataStream<DeadLetterRecord> due(
      StreamExecutionEnvironment env, boolean refusedAlerts, boolean others) {
    LockstepConfig.DeadLetters letters = config.deadLetters();
    RetryPlan plan = new RetryPlan(letters.retryDelays(), letters.retryClasses());
    SingleOutputStreamOperator<DeadLetterRecord> due =
        env.fromSource(
                KafkaDeadLetters.source(config.kafka(), letters.topic(), reader),
                SourceAlignment.withoutTime(),
                "Dead letters from Kafka")
            .uid("letters-" + config.engine())
            .setDescription("Topic " + letters.topic() + ", letters of this engine")
            .filter(letter -> isRefusedAlert(letter) ? refusedAlerts : others)
            .uid("letters-of-job-" + config.engine())
            .name("Letters of this job")
            .keyBy(DeadLetterRecord::identity)
            .process(new RetryFunction(config.engine(), plan, letters.maxWaiting(), PARKED))
            .uid("retry-" + config.engine())
            .name("Retry")
            .setDescription("Waits " + letters.retryDelays() + ", then parks");
    due.getSideOutput(PARKED)
        .sinkTo(KafkaDeadLetters.parked(config.kafka(), letters.parkedTopic(), reader))
        .uid("parked-letters-" + config.engine())
        .name("Parked letters")
        .setDescription("Topic " + letters.parkedTopic());
    return due;
  }

  /** Returns the events of letters that are due; what is none goes to the side output. */
  public SingleOutputStreamOperator<EventRecord> events(
      DataStream<DeadLetterRecord> due, OutputTag<DeadLetterRecord> deadLetterTag) {
    return due.filter(letter -> !isRefusedAlert(letter))
        .uid("retried-records-" + config.engine())
        .name("Retried records")
        .process(
            new ReadAgain(
                config.engine(), config.events().layout(), config.files().sources(), deadLetterTag))
        .uid("read-again-" + config.engine())
        .name("Read again");
  }

  /** Returns the alerts that are due to be offered to Elasticsearch again. */
  public DataStream<IndexRecord> alerts(DataStream<DeadLetterRecord> due) {
    return due.filter(Retries::isRefusedAlert)
        .uid("retried-alerts-" + config.engine())
        .name("Retried alerts")
        .map(IndexRecord::again)
        .uid("index-again-" + config.engine())
        .name("Index again");
  }

  private static boolean isRefusedAlert(DeadLetterRecord letter) {
    return letter.deadLetterClass.equals(REFUSED_ALERT);
  }
}
