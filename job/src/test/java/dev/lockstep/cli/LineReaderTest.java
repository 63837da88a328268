package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineReaderTest {

  @Test
  void cutsAtLineEndsAndKeepsALastLineWithoutOne() throws IOException {
    assertThat(lines("a\n\nb")).containsExactly("a", "", "b");
    assertThat(lines("a\n")).containsExactly("a");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void putsLinesTogetherThatAreLongerThanItsBuffer() throws IOException {
    String longLine = "x".repeat(200_000);

    assertThat(lines(longLine + "\n" + longLine + "y\nz\n"))
        .containsExactly(longLine, longLine + "y", "z");
  }

  @Test
  void cutsAnEndlessLineShortAndFindsTheNextOne() throws IOException {
    List<String> lines = lines("x".repeat(17 * 1024 * 1024) + "\nnext");

    assertThat(lines.get(0)).hasSize(16 * 1024 * 1024 + 1);
    assertThat(lines.get(1)).isEqualTo("next");
  }

  private static List<String> lines(String text) throws IOException {
    LineReader reader = new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)));
    List<String> lines = new ArrayList<>();
    for (byte[] line = reader.next(); line != null; line = reader.next()) {
      lines.add(new String(line, UTF_8));
      assertThat(reader.number()).isEqualTo(lines.size());
    }
    return lines;
  }
}
