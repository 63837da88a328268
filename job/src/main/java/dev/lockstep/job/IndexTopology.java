package dev.lockstep.job;

import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.index.Index;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The index job: committed alerts of both lanes go from Kafka to Elasticsearch. */
public final class IndexTopology {

  private IndexTopology() {}

  /** Adds the job's operators to {@code env}. */
  public static void build(StreamExecutionEnvironment env, LockstepConfig config) {
    Index.fromKafka(env, config);
  }
}
