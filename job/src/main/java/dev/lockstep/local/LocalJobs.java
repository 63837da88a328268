package dev.lockstep.local;

import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.DetectionTopology;
import dev.lockstep.job.IndexJob;
import dev.lockstep.job.IndexTopology;
import dev.lockstep.job.ParityJob;
import dev.lockstep.job.ParityTopology;
import dev.lockstep.job.config.BrokerLimits;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.config.LockstepOptions.ElasticsearchMode;
import dev.lockstep.job.index.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.flink.api.common.JobID;

/** The jobs of one engine on the embedded cluster. */
public final class LocalJobs {

  private static final int DETECTION_PARALLELISM = 2;

  private LocalJobs() {}

  /**
   * Starts the detection job and, where the options say so, the index job, which goes on where it
   * was; all tasks run then.
   *
   * @param replicas copies of each alert index; empty for Elasticsearch's own default
   * @param recovery what state the detection job starts with
   */
  static List<JobID> start(
      EmbeddedFlink flink, LockstepConfig config, OptionalInt replicas, Recovery recovery)
      throws Exception {
    BrokerLimits.check(config.kafka());
    List<JobID> jobs = new ArrayList<>();
    if (config.elasticsearchMode() != ElasticsearchMode.OFF) {
      Index.prepare(config, replicas);
    }
    jobs.add(submitDetection(flink, config, DETECTION_PARALLELISM, recovery));
    if (config.elasticsearchMode() == ElasticsearchMode.INDEX_JOB) {
      jobs.add(
          flink.submit(
              IndexJob.name(config),
              1,
              new Recovery.Newest(),
              env -> IndexTopology.build(env, config)));
    }
    for (JobID job : jobs) {
      flink.awaitRunning(job);
    }
    return jobs;
  }

  /** Starts the parity job, which goes on where it was; all tasks run then. */
  static JobID startParity(EmbeddedFlink flink, LockstepConfig config) throws Exception {
    BrokerLimits.check(config.kafka());
    JobID job =
        flink.submit(
            ParityJob.name(config),
            1,
            new Recovery.Newest(),
            env -> ParityTopology.build(env, config));
    flink.awaitRunning(job);
    return job;
  }

  /** Submits the detection job alone and returns when it is accepted. */
  public static JobID submitDetection(
      EmbeddedFlink flink, LockstepConfig config, int parallelism, Recovery recovery)
      throws Exception {
    return flink.submit(
        DetectionJob.name(config),
        parallelism,
        recovery,
        env -> DetectionTopology.build(env, config));
  }
}
