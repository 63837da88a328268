package dev.lockstep.job.index;

import dev.lockstep.connector.elasticsearch.AlertIndexSink;
import dev.lockstep.connector.elasticsearch.EventIndexSink;
import dev.lockstep.connector.elasticsearch.IndexTemplate;
import dev.lockstep.connector.kafka.KafkaAlerts;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventToIndex;
import dev.lockstep.connector.wire.IndexRecord;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.util.OptionalInt;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The stage that indexes alerts, either from the committed topics or inside the detection job, and
 * events.
 */
public final class Index {

  private Index() {}

  /**
   * Puts the templates in place that indices are created with; before the job starts, or the first
   * documents would decide the mapping.
   *
   * @throws IOException if Elasticsearch does not take them
   */
  public static void prepare(LockstepConfig config) throws IOException {
    prepare(config, OptionalInt.empty());
  }

  /**
   * Does the same with another number of replicas than Elasticsearch's own default.
   *
   * @param replicas copies of each index; empty for Elasticsearch's own default
   * @throws IOException if Elasticsearch does not take them
   */
  public static void prepare(LockstepConfig config, OptionalInt replicas) throws IOException {
    IndexTemplate.ALERTS.install(config.elasticsearch(), replicas);
    if (config.eventIndex().isOn()) {
      IndexTemplate.EVENTS.install(config.elasticsearch(), replicas);
    }
  }

  /** Returns the committed alerts of both lanes. */
  public static DataStream<IndexRecord> committed(
      StreamExecutionEnvironment env, LockstepConfig config) {
    return env.fromSource(
            KafkaAlerts.committed(config.kafka(), config.alerts().topics()),
            WatermarkStrategy.noWatermarks(),
            "Alerts from Kafka",
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        .uid("committed-alerts")
        .setDescription("Alerts: topics " + String.join(", ", config.alerts().topics()))
        .map(IndexRecord::of)
        .uid("alert-json")
        .name("Alert JSON");
  }

  /** Returns the alerts that are on their way to Kafka: sooner visible, and coupled to both. */
  public static DataStream<IndexRecord> records(DataStream<AlertRecord> laned) {
    return laned.map(alert -> IndexRecord.of(alert.json)).uid("alert-json").name("Alert JSON");
  }

  /** Indexes alerts; what Elasticsearch refuses becomes a dead letter. */
  public static void toElasticsearch(DataStream<IndexRecord> alerts, LockstepConfig config) {
    alerts
        .sinkTo(
            AlertIndexSink.create(
                config.elasticsearch(),
                KafkaRejections.factory(
                    config.kafka(), config.deadLettersTopic(), new RefusedAlerts())))
        .uid("elasticsearch")
        .name("Elasticsearch");
  }

  /** Returns the events of those customers whose events are indexed. */
  public static DataStream<EventToIndex> chosen(
      DataStream<DecodedRecord> records, LockstepConfig config) {
    return records
        .flatMap(new ChooseEvents(config.engine(), config.eventIndex().customers()))
        .uid("choose-events")
        .name("Choose events")
        .setDescription("Events of " + config.eventIndex().customers());
  }

  /** Indexes events; what Elasticsearch refuses becomes a dead letter. */
  public static void eventsToElasticsearch(DataStream<EventToIndex> events, LockstepConfig config) {
    LockstepConfig.EventIndex index = config.eventIndex();
    events
        .sinkTo(
            EventIndexSink.create(
                index.elasticsearch(),
                index.maxDistance(),
                KafkaRejections.factory(
                    config.kafka(), config.deadLettersTopic(), new RefusedEvents())))
        .uid("event-index")
        .name("Event index")
        .setDescription("Upserts by event id at " + index.elasticsearch().hosts());
  }
}
