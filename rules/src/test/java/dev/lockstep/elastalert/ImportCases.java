package dev.lockstep.elastalert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of the case folder, and what comes of them. */
final class ImportCases {
  static final Path FOLDER = Path.of("src/test/resources/dev/lockstep/elastalert");
  static final ImportSettings SETTINGS =
      new ImportSettings(Map.of(), ImportSettings.USUAL_TEXT_FIELDS);

  private ImportCases() {}

  /** All rules, in order of their names. */
  static List<ElastAlertFile> files() throws IOException {
    List<ElastAlertFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(FOLDER)) {
      for (Path path : paths.filter(it -> it.toString().endsWith(".yaml")).sorted().toList()) {
        String name = path.getFileName().toString();
        files.add(new ElastAlertFile(name, name, Files.readString(path, UTF_8)));
      }
    }
    return files;
  }

  static List<ImportedRule> imported() throws IOException {
    return ElastAlertImport.of(files(), ImportCases::list, SETTINGS);
  }

  /** What comes of one rule without lists. */
  static ImportedRule of(String text) {
    return ElastAlertImport.of(
            List.of(new ElastAlertFile("rule.yaml", "rule.yaml", text)), ListFiles.NONE, SETTINGS)
        .get(0);
  }

  /** The same with other text fields. */
  static ImportedRule of(String text, Set<String> textFields) {
    return ElastAlertImport.of(
            List.of(new ElastAlertFile("rule.yaml", "rule.yaml", text)),
            ListFiles.NONE,
            new ImportSettings(Map.of(), textFields))
        .get(0);
  }

  private static Optional<String> list(ElastAlertFile rule, String name) {
    Path path = FOLDER.resolve(name);
    try {
      return Files.exists(path) ? Optional.of(Files.readString(path, UTF_8)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
