package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentDirectoryTest {
  private final Path folder;

  ContentDirectoryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void tellsRulesFromTestsInOrderOfTheirPaths() throws IOException {
    write("b/z.yml", "b/a.yaml", "a.yml", "a.test.yml", "b/a.test.yaml", "README.md", "notes.txt");

    ContentDirectory content = ContentDirectory.read(folder);

    assertThat(paths(content.rules())).containsExactly("a.yml", "b/a.yaml", "b/z.yml");
    assertThat(paths(content.tests())).containsExactly("a.test.yml", "b/a.test.yaml");
    assertThat(content.rule("b/z.yml")).contains(new RuleDocument("b/z.yml", "b/z.yml"));
    assertThat(content.rule("a.test.yml")).isEmpty();
    assertThat(content.fileOf("b/z.yml")).isEqualTo(folder.resolve("b/z.yml"));
  }

  @Test
  void leavesOutWhatIsHidden() throws IOException {
    write("a.yml", ".hidden.yml", ".git/b.yml", "..2026_01/a.yml");

    assertThat(paths(ContentDirectory.read(folder).rules())).containsExactly("a.yml");
  }

  @Test
  void followsLinksAsAMountedConfigMapHasThem() throws IOException {
    write("..2026_01/a.yml");
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01"));
    Files.createSymbolicLink(folder.resolve("a.yml"), Path.of("..data/a.yml"));

    assertThat(paths(ContentDirectory.read(folder).rules())).containsExactly("a.yml");
  }

  @Test
  void readsARuleAloneWithItsTestsAndTheOtherWayRound() throws IOException {
    write("a.yml", "a.test.yml", "b.yml");

    for (String name : List.of("a.yml", "a.test.yml")) {
      ContentDirectory content = ContentDirectory.read(folder.resolve(name));
      assertThat(paths(content.rules())).containsExactly("a.yml");
      assertThat(paths(content.tests())).containsExactly("a.test.yml");
    }
    assertThat(ContentDirectory.read(folder.resolve("b.yml")).tests()).isEmpty();
  }

  @Test
  void makesAnIssueOfAFileThatIsNotUtf8() throws IOException {
    Files.writeString(folder.resolve("a.yml"), Rules.text("ä", "x"), ISO_8859_1);

    Content content = Content.read(ContentDirectory.read(folder).rules());

    assertThat(content.issues()).isNotEmpty();
  }

  @Test
  void failsWhenThereIsNoSuchPath() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> ContentDirectory.read(folder.resolve("none.yml")));
  }

  private void write(String... paths) throws IOException {
    for (String path : paths) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, path);
    }
  }

  private static List<String> paths(List<RuleDocument> documents) {
    return documents.stream().map(RuleDocument::path).toList();
  }
}
