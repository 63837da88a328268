package dev.lockstep.chaos;

import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.local.ChildProcess;
import dev.lockstep.local.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/**
 * A standalone Flink cluster as an operator would start it: ZooKeeper for high availability, a job
 * manager and task managers, each a process of its own. Not thread safe.
 */
final class FlinkCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String JOB_MANAGER_HEAP = "512m";
  private static final String TASK_MANAGER_HEAP = "768m";
  private static final String ZOOKEEPER_HEAP = "96m";
  private static final String LOGGING =
      """
      rootLogger.level = info
      rootLogger.appenderRef.out.ref = out
      appender.out.type = Console
      appender.out.name = out
      appender.out.layout.type = PatternLayout
      appender.out.layout.pattern = %d{ISO8601} %-5p %c{1}: %m%n
      logger.kafka.name = org.apache.kafka
      logger.kafka.level = warn
      logger.zookeeper.name = org.apache.flink.shaded.zookeeper3
      logger.zookeeper.level = warn
      """;

  private final Path directory;
  private final Map<String, String> options;
  private final ChildProcess zookeeper;
  private final List<ChildProcess> taskManagers = new ArrayList<>();
  private final RestClusterClient<StandaloneClusterId> client;
  private ChildProcess jobManager;
  private int startedTaskManagers;

  private FlinkCluster(Path directory) throws Exception {
    this.directory = Files.createDirectories(directory);
    Files.writeString(directory.resolve("log4j2.properties"), LOGGING);
    int zookeeperPort = LoopbackPorts.free();
    this.options = options(directory, zookeeperPort, LoopbackPorts.free());
    writeConfiguration();
    this.zookeeper = startZookeeper(zookeeperPort);
    zookeeper.await("it accepts connections", PATIENCE, () -> LoopbackPorts.accepts(zookeeperPort));
    this.jobManager = launchJobManager();
    Configuration ofClient = new Configuration();
    ofClient.setString("rest.address", LoopbackPorts.HOST);
    ofClient.setString("rest.port", options.get("rest.port"));
    ofClient.setString("rest.retry.max-attempts", "1");
    this.client = new RestClusterClient<>(ofClient, StandaloneClusterId.getInstance());
  }

  /** Starts the cluster with so many task managers of two slots each. */
  static FlinkCluster start(Path directory, int taskManagers) throws Exception {
    FlinkCluster cluster = new FlinkCluster(directory);
    for (int i = 0; i < taskManagers; i++) {
      cluster.startTaskManager();
    }
    cluster.awaitJobManager();
    return cluster;
  }

  private static Map<String, String> options(Path directory, int zookeeperPort, int restPort) {
    Map<String, String> options = new TreeMap<>();
    for (String address :
        List.of(
            "rest.address",
            "rest.bind-address",
            "jobmanager.rpc.address",
            "jobmanager.bind-host",
            "taskmanager.bind-host",
            "taskmanager.host")) {
      options.put(address, LoopbackPorts.HOST);
    }
    options.put("rest.port", Integer.toString(restPort));
    options.put("rest.bind-port", Integer.toString(restPort));
    options.put("web.submit.enable", "false");
    options.put("io.tmp.dirs", directory.resolve("tmp").toString());
    options.put("high-availability.type", "zookeeper");
    options.put("high-availability.zookeeper.quorum", LoopbackPorts.HOST + ":" + zookeeperPort);
    options.put("high-availability.storageDir", directory.resolve("ha").toUri().toString());
    options.put("high-availability.zookeeper.client.session-timeout", "4 s");
    options.put("high-availability.zookeeper.client.connection-timeout", "4 s");
    options.put("zookeeper.sasl.disable", "true");
    options.put("heartbeat.interval", "1 s");
    options.put("heartbeat.timeout", "5 s");
    options.put("taskmanager.numberOfTaskSlots", "2");
    options.put("taskmanager.cpu.cores", "1");
    options.put("taskmanager.memory.task.heap.size", "512m");
    options.put("taskmanager.memory.task.off-heap.size", "0b");
    options.put("taskmanager.memory.managed.size", "128m");
    // A task manager that is started without Flink's scripts wants to be told each part.
    options.put("taskmanager.memory.framework.heap.size", "128m");
    options.put("taskmanager.memory.framework.off-heap.size", "128m");
    options.put("taskmanager.memory.jvm-metaspace.size", "256m");
    options.put("taskmanager.memory.jvm-overhead.min", "192m");
    options.put("taskmanager.memory.jvm-overhead.max", "192m");
    options.put("taskmanager.memory.network.min", "64m");
    options.put("taskmanager.memory.network.max", "64m");
    options.put("state.backend.type", "rocksdb");
    options.put("execution.checkpointing.incremental", "true");
    options.put("execution.checkpointing.interval", "1 s");
    options.put("execution.checkpointing.timeout", "20 s");
    options.put("execution.checkpointing.mode", "EXACTLY_ONCE");
    options.put("execution.checkpointing.tolerable-failed-checkpoints", "10");
    options.put("execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString());
    options.put("execution.checkpointing.unaligned.enabled", "true");
    options.put("execution.checkpointing.aligned-checkpoint-timeout", "5 s");
    options.put("restart-strategy.type", "fixed-delay");
    options.put("restart-strategy.fixed-delay.attempts", Integer.toString(Integer.MAX_VALUE));
    options.put("restart-strategy.fixed-delay.delay", "1 s");
    options.put("pipeline.object-reuse", "true");
    return options;
  }

  private void writeConfiguration() throws IOException {
    StringBuilder yaml = new StringBuilder();
    options.forEach((key, value) -> yaml.append(key).append(": \"").append(value).append("\"\n"));
    Files.writeString(directory.resolve("config.yaml"), yaml);
  }

  private ChildProcess startZookeeper(int port) throws IOException {
    Path configuration = directory.resolve("zoo.cfg");
    Files.writeString(
        configuration,
        """
        tickTime=500
        dataDir=%s
        clientPort=%d
        clientPortAddress=%s
        admin.enableServer=false
        server.1=%s:%d:%d
        """
            .formatted(
                directory.resolve("zookeeper"),
                port,
                LoopbackPorts.HOST,
                LoopbackPorts.HOST,
                LoopbackPorts.free(),
                LoopbackPorts.free()));
    return launch(
        "zookeeper",
        FlinkZooKeeperQuorumPeer.class,
        ZOOKEEPER_HEAP,
        List.of("--zkConfigFile", configuration.toString(), "--peerId", "1"));
  }

  private ChildProcess launchJobManager() {
    return launch(
        "jobmanager",
        StandaloneSessionClusterEntrypoint.class,
        JOB_MANAGER_HEAP,
        List.of("--configDir", directory.toString()));
  }

  private ChildProcess launch(
      String name, Class<?> mainClass, String heap, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(List.of(System.getProperty("lockstep.jvm.opens", "").split(" ")));
    command.removeIf(String::isBlank);
    command.add("-Dlog4j2.configurationFile=" + directory.resolve("log4j2.properties"));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(mainClass.getName());
    command.addAll(arguments);
    return ChildProcess.start(
        name,
        new ProcessBuilder(command).directory(directory.toFile()),
        directory.resolve(name + ".log"));
  }

  /** Starts one more task manager; returns before it has registered. */
  void startTaskManager() {
    startedTaskManagers++;
    taskManagers.add(
        launch(
            "taskmanager-" + startedTaskManagers,
            TaskManagerRunner.class,
            TASK_MANAGER_HEAP,
            List.of("--configDir", directory.toString())));
  }

  int taskManagerCount() {
    return taskManagers.size();
  }

  /** Kills a task manager with its tasks (SIGKILL) and starts another one in its place. */
  void killTaskManager(int position) {
    ChildProcess victim = taskManagers.remove(position);
    victim.kill();
    startTaskManager();
  }

  /** The process of a task manager, to be stopped and continued. */
  long taskManager(int position) {
    return taskManagers.get(position).pid();
  }

  /** Kills the job manager (SIGKILL) and starts another one, which takes the jobs over. */
  void killJobManager() {
    jobManager.kill();
    jobManager = launchJobManager();
  }

  /** Waits until the job manager answers. */
  void awaitJobManager() {
    jobManager.await(
        "it answers and has its task managers",
        PATIENCE,
        () -> {
          try {
            client.listJobs().get(5, TimeUnit.SECONDS);
            return true;
          } catch (Exception e) {
            return false;
          }
        });
  }

  /**
   * Submits a job.
   *
   * @param savepoint where it goes on from, or null for a first start
   */
  JobID submit(
      String name,
      int parallelism,
      @Nullable String savepoint,
      Consumer<StreamExecutionEnvironment> topology)
      throws Exception {
    return submit(name, parallelism, savepoint, topology, /* jar= */ null);
  }

  /** Submits a job with a jar, whose classes come before those of the cluster. */
  JobID submit(
      String name,
      int parallelism,
      @Nullable String savepoint,
      Consumer<StreamExecutionEnvironment> topology,
      @Nullable Path jar)
      throws Exception {
    Map<String, String> ofJob = new TreeMap<>(options);
    ofJob.keySet().removeIf(key -> key.startsWith("high-availability"));
    if (savepoint != null) {
      ofJob.put("execution.state-recovery.path", savepoint);
    }
    StreamExecutionEnvironment env = FlinkSettings.environment(ofJob);
    env.setParallelism(parallelism);
    topology.accept(env);
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(name);
    JobGraph jobGraph = graph.getJobGraph();
    if (jar != null) {
      jobGraph.addJar(new org.apache.flink.core.fs.Path(jar.toUri()));
    }
    return client.submitJob(jobGraph).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Where Flink's REST is. */
  URI rest() {
    return URI.create("http://" + LoopbackPorts.HOST + ":" + options.get("rest.port"));
  }

  /** Where savepoints are put. */
  String savepoints() {
    return directory.resolve("savepoints").toUri().toString();
  }

  JobStatus status(JobID job) throws Exception {
    return client.getJobStatus(job).get(10, TimeUnit.SECONDS);
  }

  /** Tells whether the job has begun to restart since, under the job manager of now. */
  boolean restartedSince(JobID job, Instant time) throws Exception {
    awaitJobManager();
    Long restarting =
        client
            .getJobDetails(job)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .getTimestamps()
            .get(JobStatus.RESTARTING);
    return restarting != null && restarting >= time.toEpochMilli();
  }

  /**
   * Stops the job with a savepoint.
   *
   * @return the savepoint
   * @throws ExecutionException if that failed; the job goes on then
   */
  String stopWithSavepoint(JobID job) throws Exception {
    return client
        .stopWithSavepoint(
            job, /* advanceToEndOfTime= */ false, savepoints(), SavepointFormatType.CANONICAL)
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  void cancel(JobID job) throws Exception {
    client.cancel(job).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    client.close();
    taskManagers.forEach(ChildProcess::kill);
    jobManager.kill();
    zookeeper.kill();
  }
}
