package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.TextPattern;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredTextTest {
  private static final List<String> PIECES = List.of("a", "b", "ab", "*", "?", "**");

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "abc       ~ [abc] ^ $ all",
        "*abc      ~ [abc] $ all",
        "abc*      ~ [abc] ^ all",
        "*abc*     ~ [abc] all",
        "*a*bcd*   ~ [bcd]",
        "abc*d     ~ [abc] ^",
        "a*bcd     ~ [bcd] $",
        "a?bcd     ~ [bcd] $",
        "?abc      ~ [abc] $",
        "*?abc*    ~ [abc]",
        "abc?*     ~ [abc] ^",
        "ab*cd     ~ [ab] ^",
        "*         ~ []",
        "?         ~ []",
        "*?*       ~ []",
      })
  void takesThePartThatSaysMost(String pattern, String expected) {
    RequiredText required = RequiredText.of(TextPattern.parse(pattern.strip()));
    String said =
        required.texts()
            + (required.atStart() ? " ^" : "")
            + (required.atEnd() ? " $" : "")
            + (required.isAll() ? " all" : "");
    assertThat(said).isEqualTo(expected.strip());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whatMatchesHasItAndWhereItIsAllWhatHasItMatches(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      String written = word(random, PIECES);
      TextPattern pattern = TextPattern.parse(written);
      RequiredText required = RequiredText.of(pattern);
      WildcardMatcher matcher = WildcardMatcher.of(pattern, false);
      for (int j = 0; j < 10; j++) {
        String text = word(random, List.of("a", "b", "ab", "c", ""));
        boolean has = required.texts().isEmpty() || has(required, text);
        assertThat(has || !matcher.matches(text)).as("'%s' on '%s'", written, text).isTrue();
        if (required.isAll()) {
          assertThat(has).as("'%s' on '%s'", written, text).isEqualTo(matcher.matches(text));
        }
      }
    }
  }

  private static boolean has(RequiredText required, String text) {
    return required.texts().stream().anyMatch(part -> has(required, part, text));
  }

  private static boolean has(RequiredText required, String part, String text) {
    if (required.atStart() && required.atEnd()) {
      return text.equals(part);
    }
    return text.contains(part)
        && (!required.atStart() || text.startsWith(part))
        && (!required.atEnd() || text.endsWith(part));
  }

  private static String word(Random random, List<String> pieces) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      word.append(pieces.get(random.nextInt(pieces.size())));
    }
    return word.toString();
  }
}
