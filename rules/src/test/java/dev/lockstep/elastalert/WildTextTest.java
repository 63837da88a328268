package dev.lockstep.elastalert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.TextPattern;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WildTextTest {

  @ParameterizedTest
  @CsvSource({
    "a*b?, a*b?",
    "a\\*, a\\*",
    "a\\\\, a\\",
    "a\\\\b, a\\b",
    "a\\\\*, a\\\\*",
    "a\\\\\\*, a\\\\\\*",
    "\\a, a",
  })
  void wildcardsOfElasticsearchAreThoseOfSigma(String wildcards, String sigma) {
    assertThat(WildText.ofWildcards(wildcards).toSigma()).isEqualTo(sigma);
  }

  @Test
  void sigmaReadsALiteralAsTheSameText() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(8), 0, 4).forEach(c -> text.append("a\\*?".charAt(c)));

      TextPattern pattern = TextPattern.parse(WildText.literal(text.toString()).toSigma());

      assertThat(pattern.isLiteral()).as(text.toString()).isTrue();
      assertThat(pattern.literalText()).isEqualTo(text.toString());
    }
  }
}
