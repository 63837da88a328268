package dev.lockstep.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The folders of one node, all of which the user that it runs as can reach.
 *
 * @param directory the node's own folder
 * @param home the distribution
 * @param javaHome the JDK
 */
record ElasticsearchLayout(Path directory, Path home, Path javaHome, ServiceUser user) {

  private static final List<String> OWN = List.of("config", "data", "logs", "tmp");

  /**
   * The garbage collector's log is off: the distribution keeps up to 2 GB of it. 512 MB of heap is
   * plenty for a demo. A node that lives for minutes spends more on compiling its code well than it
   * gets back, and takes it from all others on the machine.
   */
  private static final String JVM_OPTIONS =
      """
      -Xms512m
      -Xmx512m
      -XX:TieredStopAtLevel=1
      -Xlog:disable
      -Xlog:all=warning:stderr:utctime,level,tags
      """;

  /** Creates what is missing; what the user cannot reach is mirrored to where it can. */
  static ElasticsearchLayout prepare(Path dataDirectory, Services services, ServiceUser user) {
    try {
      Files.createDirectories(dataDirectory);
      Path directory =
          user.canEnter(dataDirectory) ? dataDirectory : ReachableFolder.standInFor(dataDirectory);
      Path home = ReachableFolder.of(services.elasticsearchHome(), directory, user);
      Path javaHome = ReachableFolder.of(Executables.javaHome(), directory, user);
      return new ElasticsearchLayout(directory, home, javaHome, user);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare " + dataDirectory + " for Elasticsearch", e);
    }
  }

  Path log() {
    return directory.resolve("elasticsearch.log");
  }

  Map<String, String> environment() {
    return Map.of(
        "ES_JAVA_HOME", javaHome.toString(),
        "ES_PATH_CONF", directory.resolve("config").toString(),
        "ES_TMPDIR", directory.resolve("tmp").toString());
  }

  /** Writes the node's configuration and gives its folders to its user. */
  void writeConfiguration(int httpPort, int transportPort) {
    try {
      Path config = directory.resolve("config");
      Files.createDirectories(config.resolve("jvm.options.d"));
      Path originals = home.resolve("config");
      Files.copy(
          originals.resolve("log4j2.properties"),
          config.resolve("log4j2.properties"),
          StandardCopyOption.REPLACE_EXISTING);
      // Nodes of the 7.x line start in their home, where they may not write.
      Files.writeString(
          config.resolve("jvm.options"),
          Files.readString(originals.resolve("jvm.options"))
              .replace("=logs/", "=" + directory.resolve("logs") + "/"));
      Files.writeString(config.resolve("jvm.options.d/lockstep.options"), JVM_OPTIONS);
      Files.writeString(config.resolve("elasticsearch.yml"), settings(httpPort, transportPort));
      for (String folder : OWN) {
        user.own(Files.createDirectories(directory.resolve(folder)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to " + directory, e);
    }
  }

  private String settings(int httpPort, int transportPort) {
    return String.join(
        "\n",
        "cluster.name: lockstep",
        "node.name: lockstep",
        "discovery.type: single-node",
        "network.host: " + LoopbackPorts.HOST,
        "http.port: " + httpPort,
        "transport.port: " + transportPort,
        "path.data: \"" + directory.resolve("data") + "\"",
        "path.logs: \"" + directory.resolve("logs") + "\"",
        "xpack.security.enabled: false",
        "# A disk that is nearly full would make the indices read-only.",
        "cluster.routing.allocation.disk.threshold_enabled: false",
        "");
  }
}
