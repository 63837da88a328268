package dev.lockstep.job.index;

import dev.lockstep.connector.elasticsearch.AlertIndexSink;
import dev.lockstep.connector.elasticsearch.AlertIndexTemplate;
import dev.lockstep.connector.kafka.KafkaAlerts;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.IndexRecord;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.util.OptionalInt;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The stage that indexes alerts, either from the committed topics or inside the detection job. */
public final class Index {

  private Index() {}

  /**
   * Puts the template in place that every alert index is created with; before the job starts, or
   * the first alerts would decide the mapping.
   *
   * @throws IOException if Elasticsearch does not take it
   */
  public static void prepare(LockstepConfig config) throws IOException {
    AlertIndexTemplate.install(config.elasticsearch(), OptionalInt.empty());
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
                KafkaRejections.factory(config.kafka(), config.deadLettersTopic())))
        .uid("elasticsearch")
        .name("Elasticsearch");
  }
}
