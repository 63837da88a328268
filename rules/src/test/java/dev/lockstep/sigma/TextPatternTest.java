package dev.lockstep.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "C:\\Windows\\cmd.exe ~ C:\\Windows\\cmd.exe",
        "\\\\server\\share ~ \\server\\share",
        "a\\*b ~ a*b",
        "a\\?b ~ a?b",
        "a\\\\*b ~ a\\<*>b",
        "a\\\\\\*b ~ a\\*b",
        "a\\\\\\\\b ~ a\\\\b",
        "a\\\\\\b ~ a\\\\b",
        "\\\\* ~ \\<*>",
        "\\* ~ *",
        "\\\\\\\\* ~ \\\\<*>",
        "end\\ ~ end\\",
        "end\\\\ ~ end\\",
        "*\\cmd.exe ~ <*>\\cmd.exe",
        "a?b ~ a<?>b",
        "`` ~ ``",
      })
  void readsEscapesAsTheReferenceDoes(String text, String parsed) {
    assertThat(show(TextPattern.parse(text))).isEqualTo(parsed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "*a", "a*", "*a*"})
  void isOpenOnceHoweverOftenItIsOpened(String text) {
    TextPattern open = TextPattern.parse(text).openStart().openEnd();
    assertThat(show(open)).isEqualTo("<*>a<*>");
    assertThat(open.openStart().openEnd()).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "-exec ~ <->exec",
        "` -a /b` ~ ` <->a <->b`",
        "a-b ~ a-b",
        "- a ~ - a",
        "--all ~ -<->all",
        "x –y ~ x <->y",
        "/ ~ /",
      })
  void takesADashBeforeAWordForAnyDash(String text, String parsed) {
    assertThat(show(WindowsDashes.widen(TextPattern.parse(text)))).isEqualTo(parsed);
  }

  private static String show(TextPattern pattern) {
    return pattern.parts().stream()
        .map(
            part ->
                switch (part.kind()) {
                  case LITERAL -> part.text();
                  case ANY_RUN -> "<*>";
                  case ANY_CHAR -> "<?>";
                  case ONE_OF -> "<->";
                })
        .collect(Collectors.joining());
  }
}
