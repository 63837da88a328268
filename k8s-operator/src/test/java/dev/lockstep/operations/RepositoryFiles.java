package dev.lockstep.operations;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;

/** Files of the repository that are no resources, wherever the tests are started. */
final class RepositoryFiles {

  private static final ObjectMapper YAML = new ObjectMapper(yamlFactory());

  private RepositoryFiles() {}

  private static YAMLFactory yamlFactory() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(16 * 1024 * 1024);
    return YAMLFactory.builder().loaderOptions(options).build();
  }

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

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the documents of a YAML file; a key that is there twice is refused. */
  static List<JsonNode> documents(Path file) {
    return documents(text(file), file.toString());
  }

  static List<JsonNode> documents(String yaml, String name) {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .readValues(yaml)) {
      return documents.readAll();
    } catch (IOException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** Returns the one document of a text, which may be a list. */
  static JsonNode document(String yaml, String name) {
    try {
      return YAML.readTree(yaml);
    } catch (IOException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** Returns the files below a folder, in order. */
  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectMapper yaml() {
    return YAML.copy();
  }
}
