package dev.lockstep.local;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Folders that another user can reach although root keeps the originals to itself. */
final class ReachableFolder {

  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

  /** Unlike {@code /tmp}, kept over a restart of the machine. */
  private static final Path SHARED = Path.of("/var/tmp");

  private static final String LINK = "stand-in";

  private ReachableFolder() {}

  /** Returns the folder after anybody has been let into it. */
  static Path open(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, OPEN);
  }

  /** Returns the folder itself if the user can enter it, else a mirror of it in {@code near}. */
  static Path of(Path folder, Path near, ServiceUser user) throws IOException {
    if (user.canEnter(folder)) {
      return folder;
    }
    Path mirror = near.resolve(folder.getFileName().toString());
    if (!Files.exists(mirror)) {
      mirror(folder, mirror);
    }
    return mirror;
  }

  /**
   * Returns a folder in {@code /var/tmp} that stands in for the given one for as long as that one
   * exists: a link in it names the stand-in, so that deleting it means starting afresh.
   */
  static Path standInFor(Path folder) throws IOException {
    Path link = folder.resolve(LINK);
    if (Files.isDirectory(link)) {
      return link.toRealPath();
    }
    Path standIn = Files.createTempDirectory(SHARED, "lockstep-");
    open(standIn);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, standIn);
    return standIn;
  }

  /** Hard links, so that it takes no space; copies where the file system differs. */
  private static void mirror(Path folder, Path mirror) throws IOException {
    Path original = folder.toRealPath();
    Path unfinished =
        mirror.resolveSibling(mirror.getFileName() + ".unfinished-" + UUID.randomUUID());
    try (Stream<Path> paths = Files.walk(original, FileVisitOption.FOLLOW_LINKS)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = unfinished.resolve(original.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
          Files.setPosixFilePermissions(target, OPEN);
        } else {
          linkOrCopy(path.toRealPath(), target);
        }
      }
    }
    Files.move(unfinished, mirror);
  }

  private static void linkOrCopy(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, target);
    }
  }
}
