package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Searching only texts that have what each match has finds all matches: whenever RE2/J finds one,
 * the proof holds of the text.
 */
class RegexProofTest {
  private static final int EXPRESSIONS = 2_000;
  private static final int TEXTS = 8;
  private static final List<String> LETTERS =
      List.of(
          "a",
          "A",
          "b",
          "B",
          "c",
          "k",
          "K",
          "\u212A",
          "s",
          "\u017F",
          "-",
          ".",
          "\\",
          "0",
          "1",
          "_",
          " ",
          "\n",
          "\t",
          "\r",
          "\u00E9",
          "\u00DF",
          "\u0130",
          "\u0131",
          "\uD83D\uDE00",
          "]",
          "^",
          "{",
          "}",
          ",",
          "(",
          "$");

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverMatchesHasWhatIsProven(int seed) {
    Random random = new Random(seed);
    int matches = 0;
    int required = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String expression = expression(random, 4);
      Pattern pattern = compiled(expression, random.nextInt(3) == 0);
      if (pattern == null) {
        continue;
      }
      RegexProof proof = RegexLiterals.of(expression);
      required += proof.requirements().isEmpty() ? 0 : 1;
      for (int j = 0; j < TEXTS; j++) {
        String text = text(random, expression);
        if (pattern.matcher(text).find()) {
          matches++;
          assertHolds(proof, expression, text, seed);
        }
      }
    }
    assertThat(matches).isGreaterThan(EXPRESSIONS);
    assertThat(required).isGreaterThan(EXPRESSIONS / 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x{0}",
        "x{00}",
        "x{01}",
        "x{02}",
        "x{000000}",
        "x{00002}",
        "x{,2}",
        "x{2",
        "x{2,1}",
        "x{}",
        "x{1}{2}",
        "(x{2}){2}",
        "x{2}?",
        "x{2,}?",
        "x{0,}",
        "x{0,3}",
        "x{1,1}",
        "x*?",
        "x+?",
        "x??",
        "[x{2}]",
        "[a[:]x",
        "[[:alpha:]x]y",
        "[^[:alpha:]]",
        "[]x]y",
        "[^]x]y",
        "[\\]x]y",
        "(|x)y",
        "(x|)y",
        "(x||y)",
        "|x",
        "x|",
        "()x",
        "(?:)x",
        "(?i)",
        "(?i)x|y",
        "x(?-i)y",
        "(?i:x)y",
        "\\Ax\\z",
        "\\bx\\B",
        "(?s).x",
        "(?U)x+",
        "x\\_y",
        "\\x78",
        "\\x{78}",
        "\\Qx\\Ey",
        "\\pLx",
        "\\p{Greek}x",
        "\\C",
        "\\0x",
        "\\141",
        "\\ax",
        "^*x",
        "$+x",
        "\\b*x",
        "(?P<n>x)y",
        "(?<n>x)y",
      })
  void oddSyntaxIsReadAsRe2ReadsItOrSaysNothing(String expression) {
    Random random = new Random(1);
    Pattern pattern = compiled(expression, false);
    RegexProof proof = RegexLiterals.of(expression);
    for (int i = 0; i < 3_000 && pattern != null; i++) {
      String text = text(random, expression.replaceAll("[?:\\[\\]]", ""));
      if (pattern.matcher(text).find()) {
        assertHolds(proof, expression, text, 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "abc          ~ [[abc]]           ~ 3",
        "(?i)ABC      ~ [[abc]]           ~ 3",
        "a(b|c)d      ~ [[abd, acd]]      ~ 3",
        "a(b|)d       ~ [[abd, ad]]       ~ 2",
        "ab+c         ~ [[a], [c], [b]]   ~ 3",
        "ab?c         ~ [[a], [c]]        ~ 2",
        "(ab){3}      ~ [[ababab]]        ~ 6",
        "(ab){2,}c    ~ [[ab], [c]]       ~ 5",
        "a{0}b        ~ [[b]]             ~ 1",
        "[ab]c        ~ [[ac, bc]]        ~ 2",
        "[^ab]c       ~ [[c]]             ~ 2",
        "[a-c]d       ~ [[d]]             ~ 2",
        "a|b.c        ~ [[a, b]]          ~ 1",
        "a|.          ~ []                ~ 1",
        "a.b          ~ [[a], [b]]        ~ 3",
        "\\.exe$      ~ [[.exe]]          ~ 4",
        "^\\w\\d      ~ []                ~ 2",
        "aéb          ~ [[a], [b]]        ~ 2",
        "\\x61b       ~ []                ~ 0",
        "a{1}b        ~ [[ab]]            ~ 2",
        "(abc|abd|x)+ ~ [[abc, abd, x]]   ~ 1",
        "(a.bcd|e)f   ~ [[bcd, e], [f]]   ~ 2",
      })
  void provesWhatEachMatchHas(String expression, String requirements, int minLength) {
    RegexProof proof = RegexLiterals.of(expression.strip());
    assertThat(proof.requirements().stream().map(RegexProofTest::sorted).sorted().toList())
        .hasToString(sortedSets(requirements));
    assertThat(proof.minLength()).isEqualTo(minLength);
  }

  private static String sortedSets(String written) {
    String inner = written.strip().substring(1, written.strip().length() - 1);
    return inner.isEmpty()
        ? "[]"
        : List.of(inner.split("(?<=\\]), ", -1)).stream().sorted().toList().toString();
  }

  private static String sorted(Set<String> texts) {
    return texts.stream().sorted().toList().toString();
  }

  private static void assertHolds(RegexProof proof, String expression, String text, int seed) {
    String folded = CaseFolding.fold(text);
    assertThat(text.length())
        .as("length of '%s', in which '%s' is found, seed %d", text, expression, seed)
        .isGreaterThanOrEqualTo(proof.minLength());
    for (Set<String> texts : proof.requirements()) {
      assertThat(texts)
          .as("one is in '%s', in which '%s' is found, seed %d", text, expression, seed)
          .anyMatch(folded::contains);
    }
  }

  private static @Nullable Pattern compiled(String expression, boolean ignoreCase) {
    try {
      return Pattern.compile(expression, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  /** Letters at random, and often some that the expression names, in some other case. */
  private static String text(Random random, String expression) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      int at = random.nextInt(expression.length() + 1);
      int end = Math.min(expression.length(), at + 1 + random.nextInt(3));
      String part = expression.substring(at, end).replaceAll("[\\[\\](){}|*+?^$\\\\]", "");
      text.append(
          switch (random.nextInt(5)) {
            case 0 -> LETTERS.get(random.nextInt(LETTERS.size()));
            case 1 -> part.toUpperCase(Locale.ROOT);
            case 2 -> part.repeat(random.nextInt(4));
            default -> part;
          });
    }
    return text.toString();
  }

  private static String expression(Random random, int depth) {
    if (depth == 0) {
      return atom(random);
    }
    String inner = expression(random, depth - 1);
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> inner + expression(random, depth - 1);
      case 3 -> inner + "|" + expression(random, depth - 1);
      case 4 -> "(" + inner + "|" + expression(random, depth - 1) + ")";
      case 5 -> "(" + inner + ")";
      case 6 -> "(?:" + inner + ")" + quantifier(random);
      case 7 -> "(" + inner + ")" + quantifier(random) + (random.nextBoolean() ? "?" : "");
      case 8 -> "(?i)" + inner;
      case 9 -> "(?" + one(random, "i", "s", "m", "is", "-i", "i-s", "") + ":" + inner + ")";
      case 10 -> one(random, "^", "\\A", "\\b", "\\B", "") + inner;
      case 11 -> inner + one(random, "$", "\\z", "\\b", "");
      case 12 -> "(?P<n" + depth + random.nextInt(1000) + ">" + inner + ")";
      case 13 -> inner + "(" + expression(random, depth - 1) + "|)";
      case 14 -> inner + atom(random) + quantifier(random);
      default -> atom(random) + inner + atom(random);
    };
  }

  private static String atom(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> Pattern.quote(one(random, LETTERS.toArray(String[]::new)));
      case 1 -> one(random, "[ab]", "[^ab]", "[a-c]", "[k-]", "[\\]a]", "[]a]", "[sK_]", "[.$]");
      case 2 -> one(random, "[[:alpha:]]", "[^\\d]", "[a\\d]", "[\u00E9a]", "[^\\n]", "[\\t ]");
      case 3 -> one(random, ".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S");
      case 4 -> one(random, "\\n", "\\t", "\\r", "\\.", "\\\\", "\\-", "\\_", "\\{", "\\$");
      case 5 -> one(random, "ab", "abc", "kB", "a-b", "s0", "\u00E9", "\uD83D\uDE00", "\\x61");
      default -> one(random, "a", "b", "A", "K", "s", "0");
    };
  }

  private static String quantifier(Random random) {
    return one(
        random, "*", "+", "?", "{2}", "{0}", "{1}", "{0,2}", "{1,3}", "{2,}", "{3}", "{02}",
        "{,2}");
  }

  private static String one(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Texts of proofs are folded, or they would be found in none. */
  @ParameterizedTest
  @ValueSource(strings = {"ABC", "(?i)K\\S", "[AB]C", "A{3}", "A|B"})
  void theTextsAreFolded(String expression) {
    String all =
        RegexLiterals.of(expression).requirements().stream()
            .flatMap(Set::stream)
            .collect(Collectors.joining());
    assertThat(all).isNotEmpty().isEqualTo(CaseFolding.fold(all));
  }
}
