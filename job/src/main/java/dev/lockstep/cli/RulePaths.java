package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.content.ContentDirectory;
import dev.lockstep.content.PlaceholderFile;
import dev.lockstep.content.RuleDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rules and tests below the paths of a command line, named as the user can open them. */
final class RulePaths {
  private final Map<String, RuleDocument> rules = new TreeMap<>();
  private final Map<String, RuleDocument> tests = new TreeMap<>();

  private RulePaths() {}

  /**
   * Reads all paths.
   *
   * @throws CommandFailure if a path does not exist or has neither rules nor tests
   */
  static RulePaths read(List<Path> paths, PlaceholderOption placeholders) {
    RulePaths all = new RulePaths();
    paths.forEach(all::add);
    placeholders.files().forEach(all::addValues);
    return all;
  }

  /** The rule files in order of their paths. */
  List<RuleDocument> rules() {
    return List.copyOf(rules.values());
  }

  /** The test files in order of their paths. */
  List<RuleDocument> tests() {
    return List.copyOf(tests.values());
  }

  Optional<RuleDocument> rule(String path) {
    return Optional.ofNullable(rules.get(path));
  }

  private void add(Path path) {
    if (!Files.exists(path)) {
      throw CommandFailure.ofInput("there is no file or folder " + path);
    }
    try {
      ContentDirectory content = ContentDirectory.read(path);
      if (content.rules().isEmpty() && content.tests().isEmpty()) {
        throw CommandFailure.ofInput("there are no rules (*.yml, *.yaml) below " + path);
      }
      content.rules().forEach(rule -> add(rule, content, rules));
      content.tests().forEach(test -> add(test, content, tests));
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot read " + path + ": " + e);
    }
  }

  private void addValues(Path path) {
    if (!Files.isRegularFile(path)) {
      throw CommandFailure.ofInput("there is no values file " + path);
    }
    String shown = path.normalize().toString();
    try {
      RuleDocument document = new RuleDocument(shown, Files.readString(path, UTF_8));
      if (!PlaceholderFile.isOne(document)) {
        throw CommandFailure.ofInput(
            shown + " is no values file: its one key at the top is 'placeholders'");
      }
      rules.put(shown, document);
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot read " + path + ": " + e);
    }
  }

  private static void add(
      RuleDocument document, ContentDirectory content, Map<String, RuleDocument> to) {
    String shown = content.fileOf(document.path()).normalize().toString();
    to.put(shown, new RuleDocument(shown, document.text()));
  }
}
