package dev.lockstep.job;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventToIndex;
import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.index.Index;
import dev.lockstep.job.ingest.Ingest;
import dev.lockstep.job.retry.Retries;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The index job: committed alerts of both lanes go from Kafka to Elasticsearch, and events of those
 * customers who want it.
 */
public final class IndexTopology {

  private IndexTopology() {}

  /** Adds the job's operators to {@code env}. */
  public static void build(StreamExecutionEnvironment env, LockstepConfig config) {
    FlinkSettings.checkTransactions(env, config.kafka());
    Retries retries = Retries.ofIndex(config);
    DataStream<DeadLetterRecord> due = retries.due(env);
    Index.toElasticsearch(Index.committed(env, config).union(retries.alerts(due)), config);
    if (config.eventIndex().isOn()) {
      DataStream<EventToIndex> events =
          Index.chosen(Ingest.recordsToIndex(env, config), config)
              .union(retries.eventsToIndex(due));
      Index.eventsToElasticsearch(events, config);
    }
  }
}
