package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that comes again is known; what is known must be what the rules would say. */
class KnownValuesTest {

  static IntStream seeds() {
    return IntStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eventsThatComeAgainAreJudgedAsTheFirstTime(int seed) throws Exception {
    Random random = new Random(seed);
    RandomRules source = new RandomRules(random);
    List<SigmaRule> rules = source.rules(20 + seed);
    RuleProgram program = RuleProgram.compile(rules);
    NaiveProgram oracle = new NaiveProgram(rules);
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      events.addAll(Collections.nCopies(4, source.event()));
    }
    Collections.shuffle(events, random);
    for (String json : events) {
      MatchResult result = program.judge(json.getBytes(UTF_8), "acme");
      assertThat(result.faults()).isEmpty();
      assertThat(Agreement.byPosition(result, rules).toString())
          .as("seed %d on %s", seed, json)
          .isEqualTo(oracle.match(json.getBytes(UTF_8), "acme").toString());
    }
  }

  @Test
  void oneTextIsNotTheSameInAnotherFieldNorAsAnotherKindOfValue() throws Exception {
    RuleProgram program =
        RuleProgram.compile(
            List.of(
                Rules.rule("a", "{a|contains: wxyz}", "s"),
                Rules.rule("b", "{b|re: 'wx.z'}", "s"),
                Rules.rule("keyword", "['wxy']", "s"),
                Rules.rule("truth", "{a: true}", "s"),
                Rules.rule("text", "{a|startswith: tru}", "s")));
    for (int i = 0; i < 5; i++) {
      assertThat(titles(program, "{'a':'wxyz'}")).containsExactly("a", "keyword");
      assertThat(titles(program, "{'b':'wxyz'}")).containsExactly("b", "keyword");
      assertThat(titles(program, "{'c':'wxyz'}")).containsExactly("keyword");
      assertThat(titles(program, "{'c':'WxYz'}")).containsExactly("keyword");
      assertThat(titles(program, "{'a':true}")).containsExactly("truth", "text");
      assertThat(titles(program, "{'a':'true'}")).containsExactly("truth", "text");
      assertThat(titles(program, "{'a':['wxyz',true]}"))
          .containsExactly("a", "keyword", "truth", "text");
    }
  }

  @Test
  void oneTextIsTheSameHoweverItIsWritten() throws Exception {
    RuleProgram program = RuleProgram.compile(List.of(Rules.rule("t", "{a|endswith: 'b/c'}", "s")));
    for (int i = 0; i < 5; i++) {
      assertThat(titles(program, "{'a':'ab/c'}")).containsExactly("t");
      assertThat(titles(program, "{'a':'ab\\/c'}")).containsExactly("t");
      assertThat(titles(program, "{'a':'a\\u0062/c'}")).containsExactly("t");
      assertThat(titles(program, "{'a':'ab\\\\/c'}")).isEmpty();
    }
  }

  @Tag("slow")
  @Test
  void manyValuesPushOneAnotherOutAndAreJudgedStill() throws Exception {
    RuleProgram program =
        RuleProgram.compile(
            IntStream.range(0, 10)
                .mapToObj(i -> Rules.rule("r" + i, "{a|endswith: 'x%dy'}".formatted(i), "s"))
                .toList());
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 20_000; i++) {
        String json = "{'a':'%dx%dy'}".formatted(i, i % 11);
        List<String> expected = i % 11 == 10 ? List.of() : List.of("r" + i % 11);
        assertThat(titles(program, json)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aCheckIsRememberedUntilAnotherTakesItsPlace() {
    CheckMemo memo = new CheckMemo();
    assertThat(memo.verdictOn(0)).isEqualTo(CheckMemo.UNKNOWN);
    for (int check = 0; check < 1000; check++) {
      assertThat(memo.verdictOn(check)).isEqualTo(CheckMemo.UNKNOWN);
      memo.keep(check, check % 3 == 0);
      assertThat(memo.verdictOn(check))
          .isEqualTo(check % 3 == 0 ? CheckMemo.PASSES : CheckMemo.FAILS);
      assertThat(memo.verdictOn(check + 1)).isEqualTo(CheckMemo.UNKNOWN);
    }
  }

  private static List<String> titles(RuleProgram program, String json) throws Exception {
    return program.judge(json.replace('\'', '"').getBytes(UTF_8), "acme").matches().stream()
        .map(match -> match.rule().title())
        .toList();
  }
}
