package dev.lockstep.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real Elasticsearch node, a cluster of its own, as a child process on loopback.
 *
 * <p>Not thread safe.
 */
public final class ElasticsearchNode implements AutoCloseable {

  /** Half a minute at rest; several when all cores are busy, as while a cluster recovers. */
  private static final Duration START = Duration.ofMinutes(5);

  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final ElasticsearchLayout layout;
  private final int port;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private ChildProcess process;

  private ElasticsearchNode(ElasticsearchLayout layout, int port) {
    this.layout = layout;
    this.port = port;
    this.process = launch(layout);
  }

  /** Starts a node on a free port and returns when it serves; see the longer form. */
  public static ElasticsearchNode start(Path dataDirectory) {
    return start(dataDirectory, Services.locate(), 0);
  }

  /**
   * Starts a node and returns when it serves. A directory that a node was stopped or killed in is
   * taken up with all its data.
   *
   * @param dataDirectory holds configuration, data and log; created if missing
   * @param port the HTTP port; 0 for any free one
   * @throws IllegalStateException if the port is in use or the node does not come up
   */
  public static ElasticsearchNode start(Path dataDirectory, Services services, int port) {
    int checked = LoopbackPorts.wantedOrFree("Elasticsearch", port);
    ElasticsearchLayout layout =
        ElasticsearchLayout.prepare(
            dataDirectory.toAbsolutePath(), services, ServiceUser.forThisProcess());
    layout.writeConfiguration(checked, LoopbackPorts.free());
    ElasticsearchNode node = new ElasticsearchNode(layout, checked);
    node.awaitReadyOrClose();
    return node;
  }

  /** Returns {@code http://127.0.0.1:port}; the same after a restart. */
  public URI httpUri() {
    return URI.create("http://" + LoopbackPorts.HOST + ":" + port);
  }

  /** Returns the file that the node's output goes to. */
  public Path log() {
    return layout.log();
  }

  /** Returns the id of the launcher's process; the server is a child of it. */
  public long pid() {
    return process.pid();
  }

  /**
   * Waits until the cluster's health is yellow or better.
   *
   * @throws IllegalStateException if the node exits before or is not there in time
   */
  public void awaitReady() {
    process.await("its health is yellow", START, this::isHealthy);
  }

  /** Kills the node as a crash would (SIGKILL) and returns when it is gone. */
  public void kill() {
    process.kill();
  }

  /** Stops the node if it runs, starts it on the same port and data, and waits until it serves. */
  public void restart() {
    process.close();
    process = launch(layout);
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

  /** The distribution that the tests run answers 405 to {@code GET /}, so ask for the health. */
  private boolean isHealthy() {
    URI health = httpUri().resolve("/_cluster/health?wait_for_status=yellow&timeout=1s");
    HttpRequest request = HttpRequest.newBuilder(health).timeout(ANSWER).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Elasticsearch was starting", e);
    }
  }

  /** Starts the process of a node whose configuration is written. */
  static ChildProcess launch(ElasticsearchLayout layout) {
    List<String> command = new ArrayList<>(layout.user().command());
    command.add(layout.home().resolve("bin").resolve("elasticsearch").toString());
    ProcessBuilder builder = new ProcessBuilder(command).directory(layout.directory().toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("ES_") || name.endsWith("JAVA_OPTS"));
    environment.remove("JAVA_HOME");
    environment.putAll(layout.environment());
    return ChildProcess.start("Elasticsearch", builder, layout.log());
  }
}
