package dev.lockstep.elastalert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.content.Content;
import dev.lockstep.content.RuleDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of the case folder becomes the {@code .yml} beside it, if there is one, with the
 * remarks in its {@code .txt}. What comes out lies in {@code target/elastalert}.
 */
final class ImportCasesTest {
  private static final Path MADE = Path.of("target", "elastalert");

  static List<ImportedRule> rules() throws IOException {
    return ImportCases.imported();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void eachRuleBecomesWhatLiesBesideIt(ImportedRule rule) throws IOException {
    String remarks =
        rule.remarks().stream()
            .map(remark -> remark.kind().wireName() + " " + remark + "\n")
            .collect(Collectors.joining());
    Files.createDirectories(MADE);
    write(rule.path(), rule.text().orElse(""));
    write(rule.path() + ".txt", remarks);

    assertThat(rule.text().orElse("")).isEqualTo(beside(rule.path()));
    assertThat(remarks).isEqualTo(beside(rule.path() + ".txt"));
  }

  @Test
  void allThatIsWrittenIsGoodContent() throws IOException {
    List<RuleDocument> documents = new ArrayList<>();
    for (ImportedRule rule : rules()) {
      rule.text().ifPresent(text -> documents.add(new RuleDocument(rule.path(), text)));
    }

    Content content = Content.read(documents);

    assertThat(content.issues()).isEmpty();
    assertThat(content.warnings()).isEmpty();
    assertThat(content.files()).hasSameSizeAs(documents).isNotEmpty();
  }

  @Test
  void importingAgainGivesTheSame() throws IOException {
    assertThat(rules()).isEqualTo(rules());
  }

  @Test
  void nothingLiesInTheFolderThatNoRuleBecomes() throws IOException {
    List<String> expected = new ArrayList<>();
    for (ImportedRule rule : rules()) {
      expected.add(rule.path());
      expected.add(rule.path() + ".txt");
    }
    try (Stream<Path> files = Files.list(ImportCases.FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".yml") || name.endsWith(".txt"))
          .isSubsetOf(expected);
    }
  }

  private static void write(String name, String text) throws IOException {
    if (!text.isEmpty()) {
      Files.writeString(MADE.resolve(name), text, UTF_8);
    }
  }

  private static String beside(String name) throws IOException {
    Path file = ImportCases.FOLDER.resolve(name);
    return Files.exists(file) ? Files.readString(file, UTF_8) : "";
  }
}
