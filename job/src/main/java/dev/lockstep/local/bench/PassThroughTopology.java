package dev.lockstep.local.bench;

import dev.lockstep.connector.kafka.KafkaEvents;
import dev.lockstep.connector.kafka.KafkaSinks;
import dev.lockstep.job.config.LockstepConfig;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The limit: reads events, parses them, and writes the same bytes with the same clients and
 * guarantees as the detection job. There is nothing in it that could be left out: no key, no state,
 * no exchange between tasks.
 */
final class PassThroughTopology {

  static final String SOURCE = "Pass-through from Kafka";
  static final String SINK = "Pass-through to Kafka";

  private PassThroughTopology() {}

  static void build(StreamExecutionEnvironment env, LockstepConfig config, String output) {
    env.fromSource(
            KafkaEvents.source(
                config.kafka(),
                config.events().topic(),
                new PassThroughDeserializer(),
                config.events().from()),
            WatermarkStrategy.noWatermarks(),
            SOURCE)
        .uid("events")
        .sinkTo(KafkaSinks.delivering(config.kafka(), "passed", new PassThroughSerializer(output)))
        .uid("passed-" + config.engine())
        .name(SINK);
  }
}
