package dev.lockstep.cli;

import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.InvalidConfigException;
import dev.lockstep.job.config.LockstepConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the jobs, as all commands that need them take them. */
final class JobOptions {

  @Option(names = "--config", description = "YAML file of options, as flink-conf/lockstep.yaml.")
  private @Nullable Path config;

  @Option(
      names = "-D",
      paramLabel = "OPTION=VALUE",
      description = "An option that wins over the file's.")
  private Map<String, String> overrides = Map.of();

  /**
   * Reads them.
   *
   * @throws CommandFailure with every problem, if there is one
   */
  LockstepConfig read() {
    return read(Map.of());
  }

  /**
   * Reads them.
   *
   * @param more options that win over all others
   * @throws CommandFailure with every problem, if there is one
   */
  LockstepConfig read(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(overrides);
    all.putAll(more);
    try {
      return ConfigReader.read(config, all);
    } catch (InvalidConfigException e) {
      throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
    }
  }
}
