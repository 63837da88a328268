package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a bench puts its data.
 *
 * @param temporary whether it goes when the bench is over
 */
record BenchFolder(Path path, boolean temporary) implements AutoCloseable {

  /**
   * Makes it.
   *
   * @param given an empty or new one that stays; null for a temporary one
   * @throws CommandFailure if there is something in it
   */
  static BenchFolder create(@Nullable Path given) throws IOException {
    if (given == null) {
      Path folder = Files.createTempDirectory("lockstep-bench-");
      // Elasticsearch may run as another user.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return new BenchFolder(folder, /* temporary= */ true);
    }
    Files.createDirectories(given);
    try (Stream<Path> files = Files.list(given)) {
      if (files.findAny().isPresent()) {
        throw CommandFailure.ofInput(
            "the directory " + given + " must be empty: name another one, or clear it");
      }
    }
    return new BenchFolder(given.toAbsolutePath(), /* temporary= */ false);
  }

  @Override
  public void close() throws IOException {
    if (!temporary) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException e) {
      // Somebody else has deleted it meanwhile: gone is gone.
    }
  }
}
