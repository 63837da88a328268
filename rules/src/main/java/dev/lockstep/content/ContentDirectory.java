package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rule files and the test files below a folder, or the ones of a single rule. */
public final class ContentDirectory {

  private final Path root;
  private final Map<String, RuleDocument> rules = new LinkedHashMap<>();
  private final List<RuleDocument> tests = new ArrayList<>();

  private ContentDirectory(Path root) {
    this.root = root;
  }

  /**
   * Reads every {@code *.yml} and {@code *.yaml} below a folder; of a single file, that file and
   * the tests of its rule, or the rule of its tests. Hidden files and folders are left out: a
   * mounted ConfigMap keeps a second copy of everything in one.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such path
   */
  public static ContentDirectory read(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    Path parent = path.getParent();
    Path root = folder ? path : parent == null ? Path.of("") : parent;
    ContentDirectory directory = new ContentDirectory(root);
    for (Path file : folder ? yamlBelow(path) : filesOfOneRule(path)) {
      directory.add(document(root, file));
    }
    return directory;
  }

  /** The rule files in order of their paths, which are relative to the folder. */
  public List<RuleDocument> rules() {
    return List.copyOf(rules.values());
  }

  /** The test files in order of their paths, which are relative to the folder. */
  public List<RuleDocument> tests() {
    return List.copyOf(tests);
  }

  /** Finds a rule file by its path relative to the folder. */
  public Optional<RuleDocument> rule(String path) {
    return Optional.ofNullable(rules.get(path));
  }

  /** The file of a document's path, below the folder as it was given to {@link #read}. */
  public Path fileOf(String path) {
    return root.resolve(path);
  }

  /** Tells by the name whether a file holds tests. */
  public static boolean isTest(String path) {
    return path.endsWith(".test.yml") || path.endsWith(".test.yaml");
  }

  private void add(RuleDocument document) {
    if (isTest(document.path())) {
      tests.add(document);
    } else {
      rules.put(document.path(), document);
    }
  }

  private static List<Path> yamlBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(file -> isYaml(file.toString()) && !isHidden(folder.relativize(file)))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isHidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isYaml(String name) {
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }

  private static List<Path> filesOfOneRule(Path file) {
    String name = file.getFileName().toString();
    String other =
        isTest(name)
            ? name.replaceFirst("\\.test(\\.ya?ml)$", "$1")
            : name.replaceFirst("(\\.ya?ml)$", ".test$1");
    Path beside = file.resolveSibling(other);
    return other.equals(name) || !Files.isRegularFile(beside)
        ? List.of(file)
        : List.of(file, beside);
  }

  private static RuleDocument document(Path root, Path file) throws IOException {
    String path = root.relativize(file).toString().replace('\\', '/');
    return new RuleDocument(path, textOf(file));
  }

  /**
   * Of a file that is not UTF-8, a document that says so and that no parser accepts: with
   * replacement characters it could become a rule that never matches.
   */
  private static String textOf(Path file) throws IOException {
    try {
      return Files.readString(file, UTF_8);
    } catch (CharacterCodingException e) {
      return "\"lockstep cannot read this rule: the file is not UTF-8\"\n";
    }
  }
}
