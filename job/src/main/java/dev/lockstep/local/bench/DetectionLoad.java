package dev.lockstep.local.bench;

import dev.lockstep.alert.Lane;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.local.LocalJobs;
import dev.lockstep.local.Recovery;
import dev.lockstep.local.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;

/**
 * The detection job. It begins from a savepoint in which it has its rules and flags and has read
 * nothing: no event waits for rules, and no compilation is in the time.
 */
record DetectionLoad(String name, LockstepConfig config, URI savepoint) implements Load {

  static final String OPERATOR = "Detect";

  /** Starts the job on its empty topic until its rules are in force, and stops it. */
  static DetectionLoad prepare(BenchSystem system, BenchSettings settings, double skew, int rules)
      throws Exception {
    Path folder = system.rules(EvenChoice.of(settings.rules(), rules));
    String engine = "detection-" + rules + Skew.suffix(skew);
    Map<String, String> options = new HashMap<>();
    options.put("rules.directory", folder.toString());
    LockstepConfig config = system.config(engine, skew, options);
    Topics.createBesideEvents(config);
    String job = DetectionJob.name(config);
    JobID id =
        LocalJobs.submitDetection(
            system.flink, config, settings.parallelism(), new Recovery.Nothing());
    long active = system.awaitRules(job, id);
    URI savepoint = system.flink.stopWithSavepoint(id, job);
    return new DetectionLoad(
        "detection, %,d rules".formatted(active) + Skew.words(skew), config, savepoint);
  }

  @Override
  public Peak measure(BenchSystem system, BenchSettings settings, Consumer<String> progress)
      throws Exception {
    JobID id =
        LocalJobs.submitDetection(
            system.flink,
            config,
            settings.parallelism(),
            new Recovery.Savepoint(savepoint, /* ofOtherEngine= */ false));
    try {
      return new PeakRun(system, settings, progress)
          .measure(
              name,
              id,
              DetectionJob.name(config),
              OPERATOR,
              "Topic " + config.alerts().topic(Lane.LIVE) + ": Writer",
              system.bytesPerEvent(config.events().topic()));
    } finally {
      system.flink.cancel(id);
    }
  }
}
