package dev.lockstep.connector.launchdarkly;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says where the SDK key is, so that the job graph, checkpoints and logs hold the place and never
 * the key.
 */
public sealed interface SdkKeyReference extends Serializable {

  /**
   * Fetches the key, on the task, each time it is needed: keys are rotated.
   *
   * @throws IOException if there is none; the message names the place
   */
  String fetch() throws IOException;

  /** The key is the value of an environment variable of the task's process. */
  record EnvironmentVariable(String name) implements SdkKeyReference {
    public EnvironmentVariable {
      requireNonBlank(name, "name");
    }

    @Override
    public String fetch() throws IOException {
      String value = System.getenv(name);
      if (value == null || value.isBlank()) {
        throw new IOException("environment variable " + name + " holds no SDK key");
      }
      return value.strip();
    }
  }

  /** The key is the text of a file on the task's machine, for example of a mounted secret. */
  record KeyFile(String path) implements SdkKeyReference {
    public KeyFile {
      requireNonBlank(path, "path");
    }

    @Override
    public String fetch() throws IOException {
      String value = Files.readString(Path.of(path)).strip();
      if (value.isEmpty()) {
        throw new IOException("file " + path + " holds no SDK key");
      }
      return value;
    }
  }

  private static void requireNonBlank(String value, String name) {
    if (requireNonNull(value, name + " is null").isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }
}
