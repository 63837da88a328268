package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts files where an engine may be looking: it finds the old one or the new one, never half. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file beside its place and moves it there.
   *
   * @throws CommandFailure if that cannot be done
   */
  static void write(Path place, byte[] content) {
    Path file = place.toAbsolutePath();
    // Not a temporary file as Java makes them, which only its owner can read.
    Path next = file.resolveSibling("." + file.getFileName() + ".next");
    try {
      Files.createDirectories(file.getParent());
      try {
        Files.write(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot write " + place + ": " + e);
    }
  }
}
