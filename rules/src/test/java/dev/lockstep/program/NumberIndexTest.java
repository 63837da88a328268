package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are found by their value and not by how they are written. */
class NumberIndexTest {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "0.0",
          "1",
          "1.0",
          "01",
          "1e0",
          "+1",
          "-1",
          "10",
          "1e1",
          "100e-1",
          "0.1",
          "1e-1",
          "4624",
          "4624.0",
          "123456789012345678",
          "123456789012345678.0",
          "999999999999999999",
          "1000000000000000000",
          "1e18",
          "1234567890123456789",
          "1234567890123456780",
          "123456789012345678.0e1",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551616",
          "1e400",
          "10e399",
          "1E+400",
          "-1e400",
          "1e-400",
          "0e400",
          "0.10",
          "00000000000000000001",
          "000000000000000000",
          "0000000000000000000");
  private static final List<String> OTHERS =
      List.of(
          "", " 1", "1 ", "1,0", "0x1", "1e", "e1", "--1", "1-", "\u0661", "1.0.0", "NaN", "true");

  @Test
  void agreesWithTheComparisonOfNumbers() throws Exception {
    List<String> asked = NUMBERS.stream().filter(NumberIndexTest::isNumberInRules).toList();
    RuleProgram program = program(asked);
    for (String text : NUMBERS) {
      List<String> expected =
          asked.stream()
              .filter(number -> new BigDecimal(number).compareTo(new BigDecimal(text)) == 0)
              .toList();
      assertThat(found(program, "\"" + text + "\"")).as(text).isEqualTo(expected);
    }
  }

  @Test
  void agreesWithTheComparisonOfRandomNumbers() throws Exception {
    Random random = new Random(3);
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String digits =
          random
              .ints(1 + random.nextInt(21), 0, 3)
              .mapToObj(Integer::toString)
              .reduce("", String::concat);
      String sign = random.nextInt(4) == 0 ? "-" : "";
      String tail = random.nextInt(3) == 0 ? "." + random.nextInt(3) + "0" : "";
      numbers.add(
          sign + digits + tail + (random.nextInt(3) == 0 ? "e" + (random.nextInt(7) - 3) : ""));
    }
    List<String> asked = numbers.stream().filter(NumberIndexTest::isNumberInRules).toList();
    assertThat(asked).hasSizeGreaterThan(50);
    RuleProgram program = program(asked);
    for (String text : numbers) {
      List<String> expected =
          asked.stream()
              .filter(number -> new BigDecimal(number).compareTo(new BigDecimal(text)) == 0)
              .toList();
      assertThat(found(program, "\"" + text + "\"")).as(text).isEqualTo(expected);
    }
  }

  @Test
  void whatSpellsNoNumberEqualsNone() throws Exception {
    RuleProgram program = program(NUMBERS);
    for (String text : OTHERS) {
      assertThat(found(program, "\"" + text + "\"")).as(text).isEmpty();
    }
    assertThat(found(program, "true")).isEmpty();
    assertThat(found(program, "null")).isEmpty();
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        "1e999999999",
        "1e-999999999",
        "-1e999999999",
        "100e2147483646",
        "100e2147483647",
        "1e2147483647",
        "1e-2147483647",
        "0.001e-2147483647",
        "1e2147483648",
        "1e99999999999999999999",
        "0e2147483647",
        "0e-2147483647",
      })
  void aHugeExponentTakesNoTimeAndNoExceptionWhateverIsAsked(String number) throws Exception {
    List<String> searches =
        List.of(
            "{f: 1}",
            "{f: 1.5}",
            "{f|gt: 1}",
            "{f|lte: 1e400}",
            "{f|fieldref: g}",
            "{f|hour: 3}",
            "{f|year|gt: 2000}",
            "{f|contains: '99'}",
            "{f|cidr: 10.0.0.0/8}");
    long start = System.nanoTime();
    for (String search : searches) {
      for (String written : List.of(number, "\"" + number + "\"")) {
        MatchResult result =
            Rules.judge(
                List.of(Rules.rule("t", search, "s")),
                "{\"f\":%s,\"g\":\"%s\"}".formatted(written, number));
        assertThat(result.faults()).isEmpty();
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  /** Rules have numbers as JSON does; what begins with a zero or a plus is a text there. */
  private static boolean isNumberInRules(String text) {
    return text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d{1,4})?");
  }

  private static RuleProgram program(List<String> numbers) {
    return RuleProgram.compile(
        numbers.stream()
            .map(number -> Rules.rule("n" + number, "{f: " + number + "}", "s"))
            .toList());
  }

  private static List<String> found(RuleProgram program, String value) throws Exception {
    return program.judge("{\"f\":%s}".formatted(value).getBytes(UTF_8), "acme").matches().stream()
        .map(match -> match.rule().title().substring(1))
        .toList();
  }
}
