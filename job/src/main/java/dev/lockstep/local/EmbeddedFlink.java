package dev.lockstep.local;

import dev.lockstep.job.config.FlinkSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.prometheus.LoopbackPrometheusReporterFactory;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster in this process, with two task managers, its web UI, RocksDB state and
 * incremental checkpoints on the local disk. Everything it binds is on loopback.
 */
public final class EmbeddedFlink implements AutoCloseable {

  private static final int TASK_MANAGERS = 2;
  private static final int SLOTS_PER_TASK_MANAGER = 2;
  private static final String PROMETHEUS = "metrics.reporter.prometheus.";
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  private final MiniCluster cluster;
  private final Path directory;
  private final Map<String, String> options;

  private EmbeddedFlink(MiniCluster cluster, Path directory, Map<String, String> options) {
    this.cluster = cluster;
    this.directory = directory;
    this.options = options;
  }

  /**
   * Starts the cluster.
   *
   * @param directory for state and checkpoints
   * @param uiPort port of the web UI; 0 for any free one
   */
  public static EmbeddedFlink start(Path directory, int uiPort) throws Exception {
    return start(directory, uiPort, Map.of());
  }

  /** Starts the cluster with {@code more} Flink options, which win over its own. */
  static EmbeddedFlink start(Path directory, int uiPort, Map<String, String> more)
      throws Exception {
    return start(directory, uiPort, more, TASK_MANAGERS, SLOTS_PER_TASK_MANAGER);
  }

  /** Starts the cluster with so many task managers, of so many slots each. */
  public static EmbeddedFlink start(
      Path directory, int uiPort, Map<String, String> more, int taskManagers, int slots)
      throws Exception {
    int port = LoopbackPorts.wantedOrFree("the Flink web UI", uiPort);
    Map<String, String> options = options(directory, port);
    options.putAll(metrics());
    options.putAll(more);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(Configuration.fromMap(options))
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slots)
                .build());
    cluster.start();
    return new EmbeddedFlink(cluster, directory, options);
  }

  private static Map<String, String> options(Path directory, int uiPort) {
    Map<String, String> options = new HashMap<>();
    for (String address :
        new String[] {
          "rest.address",
          "rest.bind-address",
          "jobmanager.bind-host",
          "taskmanager.bind-host",
          "taskmanager.host",
          "jobmanager.rpc.address"
        }) {
      options.put(address, LoopbackPorts.HOST);
    }
    options.put("rest.port", Integer.toString(uiPort));
    options.put("rest.bind-port", Integer.toString(uiPort));
    options.put("web.submit.enable", "false");
    options.put("web.tmpdir", directory.resolve("web").toString());
    options.put("io.tmp.dirs", directory.resolve("tmp").toString());
    options.put("taskmanager.memory.managed.size", "128m");
    options.put("taskmanager.memory.network.min", "64m");
    options.put("taskmanager.memory.network.max", "64m");
    options.put("state.backend.type", "rocksdb");
    options.put("execution.checkpointing.incremental", "true");
    options.put("execution.checkpointing.interval", "1 s");
    options.put("execution.checkpointing.mode", "EXACTLY_ONCE");
    options.put("execution.checkpointing.timeout", "1 min");
    options.put("execution.checkpointing.tolerable-failed-checkpoints", "3");
    options.put(
        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    options.put("restart-strategy.type", "fixed-delay");
    options.put("restart-strategy.fixed-delay.attempts", Integer.toString(Integer.MAX_VALUE));
    options.put("restart-strategy.fixed-delay.delay", "1 s");
    options.put("pipeline.object-reuse", "true");
    return options;
  }

  private static Map<String, String> metrics() {
    return Map.of(
        PROMETHEUS + "factory.class",
        LoopbackPrometheusReporterFactory.class.getName(),
        PROMETHEUS + "port",
        Integer.toString(LoopbackPorts.free()),
        PROMETHEUS + "scope.variables.excludes",
        "task_attempt_id;task_attempt_num;tm_id",
        PROMETHEUS + "filterLabelValueCharacters",
        "false",
        "metrics.job.status.enable",
        "STATE;CURRENT_TIME");
  }

  /** Returns where Prometheus finds the metrics of all jobs. */
  public URI metricsUri() {
    return URI.create(
        "http://%s:%s/metrics".formatted(LoopbackPorts.HOST, options.get(PROMETHEUS + "port")));
  }

  /** Returns the address of the web UI. */
  public URI uiUri() {
    return URI.create("http://" + LoopbackPorts.HOST + ":" + options.get("rest.port"));
  }

  /**
   * Submits a job and returns when it is accepted.
   *
   * @param recovery what state it starts with; the newest is that of a job of this name that ran in
   *     the same directory before
   * @param topology adds the job's operators to the environment that it is given
   */
  public JobID submit(
      String name,
      int parallelism,
      Recovery recovery,
      Consumer<StreamExecutionEnvironment> topology)
      throws Exception {
    StreamExecutionEnvironment env = FlinkSettings.environment(optionsOf(name, recovery));
    env.setParallelism(parallelism);
    topology.accept(env);
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(name);
    JobGraph jobGraph = graph.getJobGraph();
    cluster.submitJob(jobGraph).get();
    return jobGraph.getJobID();
  }

  private Map<String, String> optionsOf(String job, Recovery recovery) throws IOException {
    Path checkpoints = checkpoints(job);
    Map<String, String> ofJob = new HashMap<>(options);
    ofJob.put("execution.checkpointing.dir", checkpoints.toUri().toString());
    if (recovery instanceof Recovery.Savepoint savepoint) {
      ofJob.put("execution.state-recovery.path", savepoint.folder().toString());
      ofJob.put(
          "execution.state-recovery.ignore-unclaimed-state",
          Boolean.toString(savepoint.ofOtherEngine()));
    } else if (recovery instanceof Recovery.Newest) {
      RetainedCheckpoint.newest(checkpoints)
          .ifPresent(
              checkpoint -> {
                ofJob.put("execution.state-recovery.path", checkpoint.toUri().toString());
                // What it goes on from is deleted when a newer checkpoint has replaced it.
                ofJob.put("execution.state-recovery.claim-mode", "CLAIM");
              });
    }
    return ofJob;
  }

  private Path checkpoints(String job) {
    return directory.resolve("checkpoints").resolve(job);
  }

  /** Returns the job's status. */
  public JobStatus status(JobID job) throws Exception {
    return cluster.getJobStatus(job).get();
  }

  /**
   * Returns when every task of the job runs.
   *
   * @throws IllegalStateException if that does not come
   */
  public void awaitRunning(JobID job) throws Exception {
    Instant deadline = Instant.now().plus(START);
    while (!isRunning(job)) {
      if (status(job).isTerminalState() || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("A job does not start: it is " + status(job));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private boolean isRunning(JobID job) throws Exception {
    return status(job) == JobStatus.RUNNING
        && cluster.getExecutionGraph(job).get().getAllVertices().values().stream()
            .allMatch(vertex -> vertex.getAggregateState() == ExecutionState.RUNNING);
  }

  /**
   * Kills the first task manager with all its tasks, as a crash would, and starts another one. The
   * jobs recover from their last checkpoint.
   *
   * @return when it was gone, by {@link System#nanoTime}
   */
  public long killTaskManager() throws Exception {
    cluster.terminateTaskManager(0).get();
    long goneNanos = System.nanoTime();
    cluster.startTaskManager();
    return goneNanos;
  }

  /** Returns what the job manager knows of the job's checkpoints. */
  public CheckpointStatsSnapshot checkpointsOf(JobID job) throws Exception {
    CheckpointStatsSnapshot known =
        cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
    if (known == null) {
      throw new IllegalStateException("Flink knows nothing of the job's checkpoints");
    }
    return known;
  }

  /**
   * Stops the job with a savepoint, from which the next job of its name goes on, and returns it
   * when the job has ended and all that it has put out is committed.
   */
  public URI stopWithSavepoint(JobID job, String name) throws Exception {
    String folder = checkpoints(name).resolve("savepoints").toUri().toString();
    String savepoint =
        cluster
            .stopWithSavepoint(job, folder, /* terminate= */ false, SavepointFormatType.CANONICAL)
            .get();
    cluster.requestJobResult(job).get();
    return URI.create(savepoint);
  }

  /**
   * Returns when a job that ends has ended.
   *
   * @param meanwhile is done again and again until then
   * @throws IllegalStateException if it failed
   */
  void awaitFinished(JobID job, Runnable meanwhile) throws Exception {
    CompletableFuture<JobResult> end = cluster.requestJobResult(job);
    while (!end.isDone()) {
      LockSupport.parkNanos(POLL.toNanos());
      meanwhile.run();
    }
    JobResult result = end.get();
    if (!result.isSuccess()) {
      Throwable failure = result.getSerializedThrowable().orElse(null);
      throw new IllegalStateException("The job failed: " + rootOf(failure), failure);
    }
  }

  private static String rootOf(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null ? "nobody knows why" : String.valueOf(cause.getMessage());
  }

  /** Takes a savepoint of the job, which goes on, and returns it. */
  URI savepoint(JobID job, String name) throws Exception {
    String folder = checkpoints(name).resolve("savepoints").toUri().toString();
    return URI.create(
        cluster
            .triggerSavepoint(job, folder, /* cancelJob= */ false, SavepointFormatType.CANONICAL)
            .get());
  }

  /** Cancels the job and returns when it has ended; a job that has ended already stays as it is. */
  public void cancel(JobID job) throws Exception {
    if (!status(job).isGloballyTerminalState()) {
      cluster.cancelJob(job).get();
      cluster.requestJobResult(job).get();
    }
  }

  @Override
  public void close() throws ExecutionException, InterruptedException {
    cluster.closeAsync().get();
  }
}
