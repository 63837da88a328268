package dev.lockstep.local;

import dev.lockstep.job.config.LockstepConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;

/** The jobs of one engine on an embedded cluster, against services that run elsewhere. */
public final class LocalRun implements AutoCloseable {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final EmbeddedFlink flink;
  private final List<JobID> jobs;

  private LocalRun(EmbeddedFlink flink, List<JobID> jobs) {
    this.flink = flink;
    this.jobs = jobs;
  }

  /**
   * Starts the cluster and the jobs.
   *
   * @param state folder of checkpoints and local state
   * @param recovery what state the detection job starts with; the index job goes on where it was
   * @param uiPort port of the web UI; 0 for any free one
   * @throws IllegalStateException if something that the jobs need is not there
   */
  public static LocalRun start(LockstepConfig config, Path state, Recovery recovery, int uiPort)
      throws Exception {
    EmbeddedFlink flink = EmbeddedFlink.start(state.toAbsolutePath(), uiPort);
    try {
      return new LocalRun(flink, LocalJobs.start(flink, config, OptionalInt.empty(), recovery));
    } catch (Exception e) {
      flink.close();
      throw e;
    }
  }

  /**
   * Starts the cluster and the parity job, which goes on where it was.
   *
   * @throws IllegalStateException if something that the job needs is not there
   */
  public static LocalRun startParity(LockstepConfig config, Path state, int uiPort)
      throws Exception {
    EmbeddedFlink flink = EmbeddedFlink.start(state.toAbsolutePath(), uiPort);
    try {
      return new LocalRun(flink, List.of(LocalJobs.startParity(flink, config)));
    } catch (Exception e) {
      flink.close();
      throw e;
    }
  }

  /** Returns where Prometheus finds the metrics of the jobs. */
  public URI metricsUri() {
    return flink.metricsUri();
  }

  /** Returns the address of the web UI. */
  public URI uiUri() {
    return flink.uiUri();
  }

  /** Returns when a job has ended, which none does by itself. */
  public void awaitEnd() throws Exception {
    while (!anyEnded()) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private boolean anyEnded() throws Exception {
    for (JobID job : jobs) {
      if (flink.status(job).isTerminalState()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws Exception {
    flink.close();
  }
}
