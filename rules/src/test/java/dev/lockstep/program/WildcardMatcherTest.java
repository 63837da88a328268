package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WildcardMatcherTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithTheObviousDefinition(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      String pattern = word(random, "ab*?*", 6);
      RuleProgram program =
          RuleProgram.compile(List.of(Rules.rule("t", "{a: '" + pattern + "'}", "s")));
      for (int j = 0; j < 30; j++) {
        String text = word(random, "ab", 8);
        byte[] json = "{\"a\":\"%s\"}".formatted(text).getBytes(UTF_8);
        assertThat(program.judge(json, "acme").matches().size() == 1)
            .as("seed %d: '%s' on '%s'", seed, pattern, text)
            .isEqualTo(fits(pattern, text));
      }
    }
  }

  @Test
  void takesNoTimeOverPatternsThatMakeOthersGoBack() {
    SigmaRule rule = Rules.rule("t", "{a: '" + "*a?".repeat(30) + "*b'}", "s");
    String json = "{\"a\":\"" + "a".repeat(200_000) + "\"}";
    assertThatCode(() -> assertThat(Rules.judge(List.of(rule), json).matches()).isEmpty())
        .doesNotThrowAnyException();
  }

  private static String word(Random random, String alphabet, int maxLength) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
      word.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return word.toString();
  }

  private static boolean fits(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    char first = pattern.charAt(0);
    String rest = pattern.substring(1);
    if (first == '*') {
      return fits(rest, text) || (!text.isEmpty() && fits(pattern, text.substring(1)));
    }
    return !text.isEmpty()
        && (first == '?' || first == text.charAt(0))
        && fits(rest, text.substring(1));
  }
}
