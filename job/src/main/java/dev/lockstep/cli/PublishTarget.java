package dev.lockstep.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a bundle is published; exactly one of these. */
final class PublishTarget {

  @Option(
      names = "--to-directory",
      paramLabel = "DIR",
      description =
          "A folder that engines watch (rules.directory), where the bundle replaces its last"
              + " version.")
  @Nullable Path directory;

  @Option(
      names = "--to-kafka",
      description = "The topic that engines read (rules.topic), on the Kafka of the job's options.")
  boolean kafka;

  @Option(
      names = "--to-config-map",
      paramLabel = "FILE",
      description =
          "A file of ConfigMaps for 'kubectl apply --server-side', - for standard output.")
  @Nullable String configMap;
}
