package dev.lockstep.local.bench;

import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.local.Recovery;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;

/** The limit beside it. */
record PassThroughLoad(String name, LockstepConfig config, String output, long bytesPerEvent)
    implements Load {

  static PassThroughLoad prepare(BenchSystem system, double skew, long bytesPerEvent)
      throws Exception {
    String engine = "pass-through" + Skew.suffix(skew);
    String output = engine + ".passed";
    system.createTopic(output);
    return new PassThroughLoad(
        "pass-through" + Skew.words(skew),
        system.config(engine, skew, Map.of()),
        output,
        bytesPerEvent);
  }

  @Override
  public Peak measure(BenchSystem system, BenchSettings settings, Consumer<String> progress)
      throws Exception {
    String job = config.engine();
    JobID id =
        system.flink.submit(
            job,
            settings.parallelism(),
            new Recovery.Nothing(),
            env -> PassThroughTopology.build(env, config, output));
    try {
      return new PeakRun(system, settings, progress)
          .measure(
              name,
              id,
              job,
              "Source: " + PassThroughTopology.SOURCE,
              PassThroughTopology.SINK + ": Writer",
              bytesPerEvent);
    } finally {
      system.flink.cancel(id);
    }
  }
}
