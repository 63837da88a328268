package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralAutomatonTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void findsJustTheShortTextsThatAreThere(long seed) {
    Random random = new Random(seed);
    List<String> words = new ArrayList<>();
    LiteralAutomatonBuilder builder = new LiteralAutomatonBuilder();
    for (int i = 0; i < 500; i++) {
      words.add(word(random, 1 + random.nextInt(8)));
      builder.add(CharacterClasses.encode(words.get(i), false, false), i);
    }
    LiteralAutomaton automaton = builder.build(0);
    Suspects suspects = new Suspects(words.size(), automaton.findCount());
    for (int i = 0; i < 100; i++) {
      String text = word(random, random.nextInt(60));
      assertThat(found(automaton, text, suspects))
          .as("seed %d: %s", seed, text)
          .isEqualTo((int) words.stream().filter(text::contains).count());
    }
  }

  @Test
  void cutsTextsWhenThereAreTooManyAndMissesNone() {
    Random random = new Random(1);
    LiteralAutomatonBuilder builder = new LiteralAutomatonBuilder();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      words.add(word(random, 30));
      builder.add(CharacterClasses.encode(words.get(i), true, true), i);
    }
    LiteralAutomaton automaton = builder.build(0);
    Suspects suspects = new Suspects(words.size(), automaton.findCount());
    for (int i = 0; i < words.size(); i += 100) {
      found(automaton, words.get(i), suspects);
      assertThat(suspects.verdictOn(i)).isEqualTo(Suspects.SUSPECTED);
    }
  }

  @Test
  void charactersThatFoldAlikeAreOfOneClass() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = Character.toString(c);
      String folded = CaseFolding.fold(text);
      assertThat(
              Arrays.equals(
                  CharacterClasses.encode(text, true, true),
                  CharacterClasses.encode(folded, true, true)))
          .as("U+%04X", c)
          .isTrue();
    }
  }

  private static int found(LiteralAutomaton automaton, String text, Suspects suspects) {
    EncodedText encoded = new EncodedText();
    encoded.encode(text);
    suspects.nextEvent();
    automaton.scan(encoded.classes(), encoded.length(), suspects);
    return suspects.suspected().size();
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append("abcdefgh".charAt(random.nextInt(length > 10 ? 8 : 3)));
    }
    return word.toString();
  }
}
