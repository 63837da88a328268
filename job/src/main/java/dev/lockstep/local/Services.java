package dev.lockstep.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka and Elasticsearch lie, as the build of {@code job/services} lays them out.
 *
 * @param kafkaLibraries folder with the broker's jars
 * @param elasticsearchHome unpacked distribution, the folder that holds {@code bin}
 */
public record Services(Path kafkaLibraries, Path elasticsearchHome) {

  static final String PROPERTY = "lockstep.services";
  static final String ENVIRONMENT = "LOCKSTEP_SERVICES";

  private static final Path LAYOUT = Path.of("job", "services", "target");
  private static final String COMMAND = "./mvnw -pl job/services generate-resources";

  /**
   * Finds the layout: the system property {@code lockstep.services}, else the environment variable
   * {@code LOCKSTEP_SERVICES}, else {@code job/services/target} of the repository that the working
   * directory or this class lies in.
   *
   * @throws IllegalStateException if there is none; the message names the command that makes it
   */
  public static Services locate() {
    String given = System.getProperty(PROPERTY, System.getenv(ENVIRONMENT));
    if (given != null && !given.isBlank()) {
      return in(Path.of(given));
    }
    Optional<Path> layout = Repository.find(LAYOUT);
    if (layout.isPresent()) {
      return in(layout.get());
    }
    throw new IllegalStateException(
        "No layout of Kafka and Elasticsearch in or above "
            + Repository.starts()
            + ": make it with '"
            + COMMAND
            + "' in the repository, or name it by -D"
            + PROPERTY
            + " or "
            + ENVIRONMENT);
  }

  /**
   * Returns the services of one layout folder.
   *
   * @throws IllegalStateException if one of them is not there
   */
  public static Services in(Path layout) {
    Path folder = layout.toAbsolutePath().normalize();
    Path libraries = folder.resolve("kafka").resolve("libs");
    if (child(libraries, "kafka_") == null) {
      throw missing("Kafka", libraries);
    }
    Path elasticsearch = child(folder.resolve("elasticsearch"), "elasticsearch-");
    if (elasticsearch == null || !Files.isRegularFile(elasticsearch.resolve("bin/elasticsearch"))) {
      throw missing("Elasticsearch", folder.resolve("elasticsearch"));
    }
    return new Services(libraries, elasticsearch);
  }

  private static IllegalStateException missing(String service, Path where) {
    return new IllegalStateException(
        service + " is not in " + where + ": lay it out with '" + COMMAND + "'");
  }

  /** Returns the last child by name, so that after an upgrade in place the newer version wins. */
  private static @Nullable Path child(Path folder, String prefix) {
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> child.getFileName().toString().startsWith(prefix))
          .max(Path::compareTo)
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
  }
}
