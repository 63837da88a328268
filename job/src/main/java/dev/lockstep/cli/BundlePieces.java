package dev.lockstep.cli;

import dev.lockstep.connector.content.BundleArchive;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** The files of one bundle in one folder, which has no room for those of an earlier version. */
final class BundlePieces {
  private BundlePieces() {}

  /**
   * Writes the files and then removes what else there is of this bundle: a piece of another number
   * of pieces, or the whole, which would never go together with these.
   *
   * @param stem what the names of all its files begin with
   * @param pieces what to write, by name of file
   * @throws CommandFailure if that cannot be done
   */
  static void write(Path folder, String stem, Map<String, byte[]> pieces) {
    pieces.forEach((name, bytes) -> WholeFile.write(folder.resolve(name), bytes));
    Pattern ours =
        Pattern.compile(
            Pattern.quote(stem) + "(-\\d+-of-\\d+)?" + Pattern.quote(BundleArchive.SUFFIX));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (ours.matcher(name).matches() && !pieces.containsKey(name)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot remove an older bundle: " + e);
    }
  }
}
