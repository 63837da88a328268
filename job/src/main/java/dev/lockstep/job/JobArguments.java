package dev.lockstep.job;

import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.LockstepConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The arguments of a job's main method: {@code --config FILE} and any number of {@code
 * -Doption=value}.
 */
public final class JobArguments {

  private JobArguments() {}

  /**
   * Returns the options that the arguments name.
   *
   * @throws IllegalArgumentException if there is any other argument
   * @throws dev.lockstep.job.config.InvalidConfigException if the options are wrong
   */
  public static LockstepConfig config(String[] args) {
    Path file = null;
    Map<String, String> overrides = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i++) {
      String argument = args[i];
      int equals = argument.indexOf('=');
      if (argument.equals("--config") && i + 1 < args.length) {
        i++;
        file = Path.of(args[i]);
      } else if (argument.startsWith("-D") && equals > 2) {
        overrides.put(argument.substring(2, equals), argument.substring(equals + 1));
      } else {
        throw new IllegalArgumentException(
            "arguments are --config FILE and -Doption=value, was '" + argument + "'");
      }
    }
    return ConfigReader.read(file, overrides);
  }
}
