package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Literals are found through a whole program, against the methods of {@link String}. */
class LiteralIndexTest {

  /** Few, so that texts overlap; one, two and three bytes, pairs, and letters with odd cases. */
  private static final List<String> LETTERS =
      List.of(
          "a",
          "A",
          "b",
          "?",
          "\u00E9",
          "\u00C9",
          "\u212A",
          "k",
          "\u00DF",
          "\u1E9E",
          "\u0130",
          "i",
          "\u0131",
          "\u017F",
          "s",
          "\uD83D\uDE00",
          "\uD801\uDC00",
          "\uD801\uDC28",
          "\uD83D",
          "\uDE00",
          " ",
          "\\");

  private static final List<String> ASCII = List.of("a", "A", "b", "B", "-", "Z", "@", "[", "`");

  /** Where a text must stand. */
  private enum Where {
    ANYWHERE("|contains"),
    AT_START("|startswith"),
    AT_END("|endswith"),
    EVERYWHERE("");

    private final String modifier;

    Where(String modifier) {
      this.modifier = modifier;
    }

    boolean holds(String text, String part) {
      String where = CaseFolding.fold(text);
      String what = CaseFolding.fold(part);
      return switch (this) {
        case ANYWHERE -> where.contains(what);
        case AT_START -> where.startsWith(what);
        case AT_END -> where.endsWith(what);
        case EVERYWHERE -> where.equals(what);
      };
    }
  }

  private record Search(Where where, String part) {
    SigmaRule rule(int number) {
      return Rules.rule(
          "r" + number, "{f%s: %s}".formatted(where.modifier, quoted(escaped(part))), "s");
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void justTheTextsThatAreThereAreFound(int seed) throws Exception {
    Random random = new Random(seed);
    List<String> letters = seed % 3 == 0 ? ASCII : LETTERS;
    List<Search> searches = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Where where = Where.values()[random.nextInt(Where.values().length)];
      searches.add(new Search(where, word(random, letters, 2 + random.nextInt(7))));
    }
    List<SigmaRule> rules = rulesOf(searches);
    RuleProgram program = RuleProgram.compile(rules);
    for (int i = 0; i < 60; i++) {
      String text = word(random, letters, random.nextInt(30));
      if (random.nextBoolean()) {
        text = text + searches.get(random.nextInt(searches.size())).part + text;
      }
      String value = text;
      assertThat(found(program, value))
          .as("seed %d, text %s", seed, quotedJson(value))
          .isEqualTo(
              IntStream.range(0, searches.size())
                  .filter(n -> searches.get(n).where.holds(value, searches.get(n).part))
                  .mapToObj(n -> "r" + n)
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 510, 513, 70_000})
  void textsAreFoundAtEveryPlaceOfValuesOfEveryLength(int length) throws Exception {
    List<Search> searches =
        List.of(
            new Search(Where.ANYWHERE, "Zq"),
            new Search(Where.ANYWHERE, "zqW"),
            new Search(Where.AT_START, "zqwx"),
            new Search(Where.AT_END, "zqwxyzab"),
            new Search(Where.EVERYWHERE, "zqwxyzab"));
    RuleProgram program = RuleProgram.compile(rulesOf(searches));
    for (int before : new int[] {0, 1, length / 2, Math.max(0, length - 1), length}) {
      String text = "A".repeat(before) + "ZQWXYZAB" + "?".repeat(length - Math.min(length, before));
      assertThat(found(program, text))
          .as("%d before", before)
          .isEqualTo(
              IntStream.range(0, searches.size())
                  .filter(n -> searches.get(n).where.holds(text, searches.get(n).part))
                  .mapToObj(n -> "r" + n)
                  .toList());
    }
  }

  @Test
  void asciiTextIsFoldedEightAtATimeJustAsOneByOne() {
    Random random = new Random(7);
    for (int length = 0; length < 40; length++) {
      for (int i = 0; i < 50; i++) {
        String text =
            random
                .ints(length, 0, 0x80)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String expected = CaseFolding.fold(text);
        assertThat(new String(FoldedText.literal(text, false, false), UTF_8)).isEqualTo(expected);
        // one letter beyond ASCII sends the whole text along the slow way
        byte[] slow = FoldedText.literal(text + "\u00E9", false, false);
        assertThat(new String(slow, UTF_8)).isEqualTo(expected + "\u00E9");
      }
    }
  }

  @Test
  void halfOfAPairIsNoQuestionMark() {
    for (int length = 0; length < 20; length++) {
      String text = "?".repeat(length);
      assertThat(FoldedText.literal(text, false, false)).asString(UTF_8).isEqualTo(text);
      for (int at = 0; at <= length; at++) {
        String half = text.substring(0, at) + "\uD83D" + text.substring(at);
        assertThat(FoldedText.literal(half, false, false)).hasSize(length + 3).contains(0xED);
      }
    }
  }

  @Test
  void theMarksOfBeginningAndEndAreInNoText() {
    assertThat(FoldedText.literal("ab", true, true))
        .containsExactly(0xFF, 0xFF, 0xFF, 'a', 'b', 0xFE, 0xFE, 0xFE);
    assertThat(FoldedText.literal("\u00FF\u00FE\uFFFF\uFFFE", false, false))
        .doesNotContain(0xFF, 0xFE);
  }

  @Test
  void aTextOfOneByteIsRefused() {
    LiteralIndexBuilder builder = new LiteralIndexBuilder();
    assertThatThrownBy(() -> builder.add(new byte[] {'a'}, 0, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builder.isEmpty()).isTrue();
  }

  private static List<SigmaRule> rulesOf(List<Search> searches) {
    return IntStream.range(0, searches.size()).mapToObj(i -> searches.get(i).rule(i)).toList();
  }

  private static List<String> found(RuleProgram program, String text) throws Exception {
    byte[] json = "{\"f\":%s}".formatted(quotedJson(text)).getBytes(UTF_8);
    return program.judge(json, "acme").matches().stream()
        .map(match -> match.rule().title())
        .toList();
  }

  private static String word(Random random, List<String> letters, int length) {
    return IntStream.range(0, length)
        .mapToObj(i -> letters.get(random.nextInt(letters.size())))
        .collect(Collectors.joining());
  }

  /** The characters themselves, where Sigma knows wildcards. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("?", "\\?").replace("*", "\\*");
  }

  /** In double quotes, in which both YAML and JSON know such escapes. */
  private static String quoted(String text) {
    return quotedJson(text);
  }

  private static String quotedJson(String text) {
    return text.chars()
        .mapToObj(
            c -> c < 0x80 && c != '"' && c != '\\' ? Character.toString(c) : "\\u%04X".formatted(c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
