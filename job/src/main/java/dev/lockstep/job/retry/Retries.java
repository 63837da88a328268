package dev.lockstep.job.retry;

import static java.util.stream.Collectors.joining;

import dev.lockstep.connector.kafka.KafkaDeadLetters;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.EventToIndex;
import dev.lockstep.connector.wire.IndexRecord;
import dev.lockstep.connector.wire.NetworkType;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.config.LockstepOptions.ElasticsearchMode;
import dev.lockstep.job.time.SourceAlignment;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.TimeUtils;

/**
 * The stage that tries dead letters again. Alerts and events that Elasticsearch refused are tried
 * by the job that writes to it, all others by the detection job. While events are not indexed,
 * those that were refused wait in the topic.
 *
 * <p>Uids carry the engine's name: an engine that starts from another's savepoint must not try the
 * other's letters.
 */
public final class Retries {

  private static final String REFUSED_ALERT = DeadLetterClass.REJECTED_BY_ELASTICSEARCH.name();
  private static final String REFUSED_EVENT = DeadLetterClass.EVENT_NOT_INDEXED.name();

  private static final OutputTag<DeadLetterRecord> PARKED =
      new OutputTag<>("parked", TypeInformation.of(DeadLetterRecord.class));

  private final LockstepConfig config;
  private final String reader;
  private final FilterFunction<DeadLetterRecord> ours;

  private Retries(LockstepConfig config, String reader, FilterFunction<DeadLetterRecord> ours) {
    this.config = config;
    this.reader = reader;
    this.ours = ours;
  }

  /** The retries of the detection job. */
  public static Retries ofDetection(LockstepConfig config) {
    boolean direct = config.elasticsearchMode() == ElasticsearchMode.DIRECT;
    return new Retries(
        config, "retry", letter -> isRefusedAlert(letter) ? direct : !isRefusedEvent(letter));
  }

  /** The retries of the index job. */
  public static Retries ofIndex(LockstepConfig config) {
    boolean events = config.eventIndex().isOn();
    return new Retries(
        config, "index-retry", letter -> isRefusedEvent(letter) ? events : isRefusedAlert(letter));
  }

  /**
   * Returns the letters of this job whose next try is due; those that have none go to the topic of
   * parked letters.
   */
  public DataStream<DeadLetterRecord> due(StreamExecutionEnvironment env) {
    LockstepConfig.DeadLetters letters = config.deadLetters();
    RetryPlan plan = new RetryPlan(letters.retryDelays(), letters.retryClasses());
    SingleOutputStreamOperator<DeadLetterRecord> due =
        env.fromSource(
                KafkaDeadLetters.source(config.kafka(), letters.topic(), reader),
                SourceAlignment.withoutTime(),
                "Dead letters from Kafka")
            .uid("letters-" + config.engine())
            .setDescription("Dead letters: topic " + letters.topic() + ", those of this engine")
            .filter(ours)
            .uid("letters-of-job-" + config.engine())
            .name("Letters of this job")
            .keyBy(DeadLetterRecord::identity)
            .process(new RetryFunction(config.engine(), plan, letters.maxWaiting(), PARKED))
            .uid("retry-" + config.engine())
            .name("Retry")
            .setDescription("Retry: waits " + delays(letters.retryDelays()) + ", then parks");
    due.getSideOutput(PARKED)
        .sinkTo(KafkaDeadLetters.parked(config.kafka(), letters.parkedTopic(), reader))
        .uid("parked-letters-" + config.engine())
        .name("Topic " + letters.parkedTopic());
    return due;
  }

  private static String delays(List<Duration> delays) {
    return delays.stream().map(TimeUtils::formatWithHighestUnit).collect(joining(", "));
  }

  /** Returns the events of letters that are due; what is none goes to the side output. */
  public SingleOutputStreamOperator<EventRecord> events(
      DataStream<DeadLetterRecord> due, OutputTag<DeadLetterRecord> deadLetterTag) {
    return due.filter(letter -> !isRefusedAlert(letter))
        .uid("retried-records-" + config.engine())
        .name("Retried records")
        .process(new ReadAgain(config.engine(), new RecordsAgain(config), deadLetterTag))
        .returns(NetworkType.EVENTS)
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

  /** Returns the events that are due to be offered to Elasticsearch again. */
  public DataStream<EventToIndex> eventsToIndex(DataStream<DeadLetterRecord> due) {
    return due.filter(Retries::isRefusedEvent)
        .uid("retried-events-to-index-" + config.engine())
        .name("Retried events to index")
        .map(new ReadToIndex(new RecordsAgain(config)))
        .uid("read-to-index-" + config.engine())
        .name("Read to index");
  }

  private static boolean isRefusedEvent(DeadLetterRecord letter) {
    return letter.deadLetterClass.equals(REFUSED_EVENT);
  }

  private static boolean isRefusedAlert(DeadLetterRecord letter) {
    return letter.deadLetterClass.equals(REFUSED_ALERT);
  }
}
