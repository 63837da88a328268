package dev.lockstep.program;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the corpora that others wrote; a test that needs them is skipped where they are not. */
public final class Corpus {
  private Corpus() {}

  public static Path path(String name) {
    String configured = System.getenv("LOCKSTEP_CORPORA");
    if (configured != null) {
      return existing(Path.of(configured).resolve(name));
    }
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path shared = up.resolve("shared").resolve("corpora").resolve(name);
      if (Files.exists(shared)) {
        return shared;
      }
    }
    return abort("there are no corpora: set LOCKSTEP_CORPORA");
  }

  private static Path existing(Path path) {
    return Files.exists(path) ? path : abort("there is no " + path);
  }
}
