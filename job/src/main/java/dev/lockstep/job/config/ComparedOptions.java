package dev.lockstep.job.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.parity.ComparedEngines;
import dev.lockstep.parity.Declarations;
import dev.lockstep.parity.ParsedDeclarations;
import dev.lockstep.sigma.Issue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** What only a comparison of engines needs of the options, and other jobs do without. */
public final class ComparedOptions {

  private ComparedOptions() {}

  /**
   * Returns the engines that are compared.
   *
   * @throws InvalidConfigException if none are named
   */
  public static ComparedEngines engines(LockstepConfig config) {
    ComparedEngines engines = config.parity().engines();
    if (engines == null) {
      throw new InvalidConfigException(
          List.of(
              "parity.first: must be set, and parity.second: the names of the two engines that are"
                  + " compared, such as blue and green"));
    }
    return engines;
  }

  /**
   * Returns the differences that are expected.
   *
   * @throws InvalidConfigException if the file cannot be read, or with each issue in it
   */
  public static Declarations declarations(LockstepConfig config) {
    String file = config.parity().expectedFile();
    if (file == null) {
      return Declarations.NONE;
    }
    try {
      ParsedDeclarations parsed = Declarations.parse(file, Files.readString(Path.of(file), UTF_8));
      if (!parsed.issues().isEmpty()) {
        throw new InvalidConfigException(parsed.issues().stream().map(Issue::toString).toList());
      }
      return parsed.declarations();
    } catch (IOException | InvalidPathException e) {
      throw new InvalidConfigException(
          List.of(
              "parity.expected: must be a file that can be read, was '" + file + "' (" + e + ")"));
    }
  }
}
