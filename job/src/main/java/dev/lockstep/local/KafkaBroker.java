package dev.lockstep.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * A real Kafka broker, which is its own controller, as a child process on loopback.
 *
 * <p>Not thread safe.
 */
public final class KafkaBroker implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(90);

  private final Services services;
  private final Path directory;
  private final int port;
  private final Path configuration;
  private ChildProcess process;

  private KafkaBroker(Services services, Path directory, int port) {
    this.services = services;
    this.directory = directory;
    this.port = port;
    this.configuration = directory.resolve("server.properties");
    writeConfiguration();
    format();
    this.process = launch();
  }

  /** Starts a broker on a free port and returns when it serves; see the longer form. */
  public static KafkaBroker start(Path dataDirectory) {
    return start(dataDirectory, Services.locate(), 0);
  }

  /**
   * Starts a broker and returns when it serves. A directory that a broker was stopped or killed in
   * is taken up with all its data.
   *
   * @param dataDirectory holds configuration, data and log; created if missing
   * @param port the port that clients connect to; 0 for any free one
   * @throws IllegalStateException if the port is in use or the broker does not come up
   */
  public static KafkaBroker start(Path dataDirectory, Services services, int port) {
    int checked = LoopbackPorts.wantedOrFree("Kafka", port);
    KafkaBroker broker = new KafkaBroker(services, dataDirectory.toAbsolutePath(), checked);
    broker.awaitReadyOrClose();
    return broker;
  }

  /** Returns {@code 127.0.0.1:port}; the same after a restart. */
  public String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + port;
  }

  /** Returns the file that the broker's output goes to. */
  public Path log() {
    return directory.resolve("kafka.log");
  }

  /** Returns the id of the broker's process. */
  public long pid() {
    return process.pid();
  }

  /**
   * Waits until the broker has joined its cluster and answers.
   *
   * @throws IllegalStateException if it exits before or is not there in time
   */
  public void awaitReady() {
    process.await("it accepts connections", START, () -> LoopbackPorts.accepts(port));
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    try (Admin admin = Admin.create(settings)) {
      process.await("it has joined its cluster", START, () -> hasJoined(admin));
    }
  }

  /** Kills the broker as a crash would (SIGKILL) and returns when it is gone. */
  public void kill() {
    process.kill();
  }

  /**
   * Stops the broker if it runs, starts it on the same port and data, and waits until it serves.
   */
  public void restart() {
    process.close();
    process = launch();
    awaitReadyOrClose();
  }

  @Override
  public void close() {
    process.close();
  }

  private void awaitReadyOrClose() {
    try {
      awaitReady();
    } catch (RuntimeException e) {
      process.kill();
      throw e;
    }
  }

  private static boolean hasJoined(Admin admin) {
    try {
      return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Kafka was starting", e);
    }
  }

  private void writeConfiguration() {
    Properties properties = new Properties();
    properties.putAll(BrokerSettings.of(directory.resolve("data"), port, LoopbackPorts.free()));
    try {
      Files.createDirectories(directory.resolve("data"));
      try (var out = Files.newOutputStream(configuration)) {
        properties.store(out, "Written at every start");
      }
      Files.writeString(directory.resolve("log4j2.properties"), BrokerSettings.LOGGING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to " + directory, e);
    }
  }

  private void format() {
    if (Files.exists(directory.resolve("data").resolve("meta.properties"))) {
      return;
    }
    String cluster = Uuid.randomUuid().toString();
    String file = configuration.toString();
    ProcessBuilder tool = java("kafka.tools.StorageTool", "format", "-t", cluster, "-c", file);
    ChildProcess.start("Kafka's storage tool", tool, log()).awaitSuccess(START);
  }

  private ChildProcess launch() {
    return ChildProcess.start("Kafka", java("kafka.Kafka", configuration.toString()), log());
  }

  private ProcessBuilder java(String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Executables.javaHome().resolve("bin").resolve("java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-cp"));
    command.add(services.kafkaLibraries() + "/*");
    command.add("-Dlog4j2.configurationFile=" + directory.resolve("log4j2.properties"));
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(directory.toFile());
  }
}
