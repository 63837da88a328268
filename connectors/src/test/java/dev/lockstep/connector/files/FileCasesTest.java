package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of each format, {@code FORMAT/NAME.txt}, and beside them what their records are, {@code
 * NAME.records}: a line for each, with the line and the offset that it is at, and the event or why
 * there is none.
 */
class FileCasesTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/lockstep/connector/files").toAbsolutePath();

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .map(FOLDER::relativize)
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void fallsIntoTheRecordsThatAreExpected(Path file) throws IOException {
    assertThat(read(file).whole().stream().map(FileCasesTest::line))
        .containsExactlyElementsOf(expected(file));
  }

  @ParameterizedTest
  @MethodSource("files")
  void isReadOnFromAnyOfThem(Path file) throws IOException {
    List<String> records = read(file).whole().stream().map(FileCasesTest::withoutLine).toList();
    for (int seed = 0; seed < 40; seed++) {
      assertThat(read(file).withRestores(FileRange.WHOLE, new Random(seed)))
          .as("seed %d", seed)
          .extracting(FileCasesTest::withoutLine)
          .isEqualTo(records);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void holdsTheRecordsByteForByte(Path file) throws IOException {
    byte[] bytes = read(file).bytes();
    for (FileRecord record : read(file).whole()) {
      assertThat(
              Arrays.copyOfRange(
                  bytes, (int) record.offset(), (int) record.offset() + record.original().length))
          .isEqualTo(record.original());
    }
  }

  @Test
  void everyFormatHasCases() throws IOException {
    assertThat(files().map(file -> file.getName(0).toString()).distinct())
        .containsExactlyInAnyOrderElementsOf(FileFormats.names());
  }

  private static ReadFile read(Path file) throws IOException {
    return ReadFile.of(file.getName(0).toString(), Files.readAllBytes(FOLDER.resolve(file)));
  }

  private static List<String> expected(Path file) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file.toString().replace(".txt", ".records")));
  }

  private static String line(FileRecord record) {
    return "%d@%s".formatted(record.line(), withoutLine(record));
  }

  private static String withoutLine(FileRecord record) {
    String text =
        record.event() == null ? "refused: " + record.problem() : new String(record.event(), UTF_8);
    return "%d %s".formatted(record.offset(), text.replace("\n", "⏎"));
  }
}
