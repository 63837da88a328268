package dev.lockstep.job.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Files of the repository that are no resources, wherever the tests are started. */
final class RepositoryFiles {

  private RepositoryFiles() {}

  /** Returns the file or folder of this path below the repository's root. */
  static Path at(String path) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("flink-conf"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "There is no folder flink-conf above the working directory");
      }
      folder = parent;
    }
    return folder.resolve(path);
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the documents of a YAML file. */
  static List<Object> documents(Path file) {
    Load load = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
    try {
      List<Object> documents = new ArrayList<>();
      load.loadAllFromString(Files.readString(file)).forEach(documents::add);
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
