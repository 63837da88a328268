package dev.lockstep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jar that a Flink cluster runs, as it was built. */
class ClusterJarIT {

  private static final Path TARGET = Path.of("target");
  private static final long MOST_BYTES = 75_000_000;

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(file -> file.getFileName().toString().matches("lockstep-job-.*-cluster\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The names in it, as often as they are there. */
  private static List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (JarInputStream in = new JarInputStream(Files.newInputStream(jar()))) {
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        if (!entry.isDirectory()) {
          names.add(entry.getName());
        }
      }
    }
    return names;
  }

  @Test
  void itHasOurJobsAndWhatTheClusterDoesNotBring() throws IOException {
    assertThat(names())
        .contains(
            "dev/lockstep/job/DetectionJob.class",
            "dev/lockstep/job/IndexJob.class",
            "org/apache/flink/connector/kafka/source/KafkaSource.class",
            "org/apache/kafka/clients/producer/KafkaProducer.class",
            "com/launchdarkly/sdk/server/LDClient.class");
  }

  /** Two Flinks in one process, or two loggers, fail in ways that nobody understands. */
  @Test
  void itHasNothingThatTheClusterBrings() throws IOException {
    assertThat(names())
        .filteredOn(name -> name.endsWith(".class"))
        .noneMatch(
            name ->
                name.matches(
                    "org/apache/flink/(api|client|configuration|core|metrics|optimizer|queryablestate"
                        + "|runtime|shaded|state|table|types|util)/.*"))
        .noneMatch(
            name ->
                name.startsWith("org/apache/flink/streaming/")
                    && !name.matches(
                        "org/apache/flink/streaming/(connectors|util/serialization)/.*"))
        .noneMatch(name -> name.matches("org/(slf4j|apache/log4j|apache/logging)/.*"))
        .noneMatch(name -> name.matches("(org/rocksdb|org/junit|org/assertj|picocli)/.*"))
        .noneMatch(name -> name.matches("dev/lockstep/(cli|local)/.*"));
  }

  @Test
  void nothingIsInItTwice() throws IOException {
    assertThat(names()).doesNotHaveDuplicates();
  }

  /** Of two, one would win by chance. */
  @Test
  void noClassOfItIsInTwoOfTheJarsThatItIsMadeOf() throws IOException {
    Set<String> ours = new TreeSet<>(names());
    Map<String, List<String>> homes = new HashMap<>();
    try (Stream<Path> libraries = Files.list(TARGET.resolve("lib"))) {
      for (Path library : libraries.toList()) {
        try (JarFile file = new JarFile(library.toFile())) {
          file.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
              .filter(name -> !name.startsWith("META-INF/"))
              .filter(ours::contains)
              .forEach(
                  name ->
                      homes
                          .computeIfAbsent(name, unused -> new ArrayList<>())
                          .add(String.valueOf(library.getFileName())));
        }
      }
    }
    homes.values().removeIf(all -> all.size() == 1);

    assertThat(homes).isEmpty();
  }

  @Test
  void licencesAndNoticesAreInIt() throws IOException {
    assertThat(names()).contains("META-INF/LICENSE", "META-INF/NOTICE");
    assertThat(text("META-INF/LICENSE")).contains("Apache License", "Version 2.0");
    assertThat(text("META-INF/NOTICE"))
        .contains("the authors of Lockstep", "Elasticsearch", "Jackson", "Apache Flink");
    // The Kafka client keeps its own beside that folder.
    assertThat(text("NOTICE")).contains("Apache Kafka");
  }

  @Test
  void itIsNoLargerThanItHasToBe() throws IOException {
    assertThat(Files.size(jar())).isLessThan(MOST_BYTES);
  }

  private static String text(String name) throws IOException {
    try (JarFile file = new JarFile(jar().toFile());
        InputStream in = file.getInputStream(file.getJarEntry(name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
