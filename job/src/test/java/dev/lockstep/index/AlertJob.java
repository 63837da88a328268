package dev.lockstep.index;

import dev.lockstep.connector.elasticsearch.AlertIndexSink;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings;
import dev.lockstep.connector.elasticsearch.RejectedDocuments;
import dev.lockstep.connector.wire.IndexRecord;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on a cluster of its own that writes generated alerts to Elasticsearch. */
final class AlertJob {

  private AlertJob() {}

  static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1_000);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(500));
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
    configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(3));
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1_000);
    return StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
  }

  static void alerts(
      StreamExecutionEnvironment environment,
      Generated generated,
      ElasticsearchSettings settings,
      RejectedDocuments.Factory<IndexRecord> rejected) {
    environment
        .fromSource(source(generated), WatermarkStrategy.noWatermarks(), "alerts")
        .map(IndexRecord::of)
        .sinkTo(AlertIndexSink.create(settings, rejected));
  }

  static DataGeneratorSource<byte[]> source(Generated generated) {
    return new DataGeneratorSource<>(
        generated.each(),
        generated.count(),
        RateLimiterStrategy.perSecond(generated.perSecond()),
        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  record Generated(GeneratorFunction<Long, byte[]> each, long count, double perSecond) {}
}
