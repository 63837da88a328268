package dev.lockstep.local;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder that Lockstep was built in, seen from the working directory or from our own classes.
 */
public final class Repository {

  private Repository() {}

  /**
   * Returns what lies at {@code relative} in the repository, or nothing if there is no such thing.
   */
  public static Optional<Path> find(Path relative) {
    for (Path start : starts()) {
      for (Path folder = start; folder != null; folder = folder.getParent()) {
        Path found = folder.resolve(relative);
        if (Files.exists(found)) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the places from which it is sought upwards, for messages. */
  static List<Path> starts() {
    List<Path> starts = new ArrayList<>();
    starts.add(Path.of("").toAbsolutePath());
    starts.add(codeSource().toAbsolutePath());
    return starts;
  }

  private static Path codeSource() {
    try {
      return Path.of(Repository.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The code source of Lockstep is not a file", e);
    }
  }
}
