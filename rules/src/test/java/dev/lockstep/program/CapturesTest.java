package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A match has the values of the fields that are wanted of it. */
class CapturesTest {
  private static final SigmaRule RULE = Rules.rule("t", "{kind: x}", "s");

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a ~ {'kind':'x','a':'v'} ~ v",
        "a ~ {'kind':'x','a':'O\\u00e9 W'} ~ Oé W",
        "a ~ {'kind':'x','a':''} ~ ``",
        "a ~ {'kind':'x','a':17} ~ 17",
        "a ~ {'kind':'x','a':1.50} ~ 1.50",
        "a ~ {'kind':'x','a':true} ~ true",
        "a.b ~ {'kind':'x','a':{'b':'v'}} ~ v",
        "a.b ~ {'kind':'x','a.b':'v'} ~ v",
        "a.b.c ~ {'kind':'x','a':{'b':{'c':1}}} ~ 1",
        "a ~ {'kind':'x','a':['first','second']} ~ first",
        "a ~ {'kind':'x','a':[null,'second']} ~ second",
        "a.b ~ {'kind':'x','a':[{'c':1},{'b':'v'}]} ~ v",
        "x y ~ {'kind':'x','x y':'v'} ~ v",
        "kind ~ {'kind':'x'} ~ x",
      })
  void hasTheFirstValue(String field, String json, String value) throws Exception {
    assertThat(captured(field, json)).containsExactly(Map.entry(field, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a ~ {'kind':'x'}",
        "a ~ {'kind':'x','a':null}",
        "a ~ {'kind':'x','a':[]}",
        "a ~ {'kind':'x','a':[null,null]}",
        "a ~ {'kind':'x','a':{'b':1}}",
        "a.b ~ {'kind':'x','a':'v'}",
        "A ~ {'kind':'x','a':'v'}",
      })
  void hasNothingWhereTheEventHasNothing(String field, String json) throws Exception {
    assertThat(captured(field, json)).isEmpty();
  }

  @Test
  void hasTheFirstPlaceThatTheEventHas() throws Exception {
    SigmaRule rule = RULE.capturing(Map.of("who", List.of("a", "b.c"), "where", List.of("d")));
    RuleProgram program = RuleProgram.compile(List.of(rule));
    assertThat(captured(program, "{'kind':'x','b':{'c':'2'},'a':'1','d':'3'}"))
        .isEqualTo(Map.of("who", "1", "where", "3"));
    assertThat(captured(program, "{'kind':'x','b':{'c':'2'},'a':null}"))
        .isEqualTo(Map.of("who", "2"));
  }

  @Test
  void hasWhatTheEventAtHandHasHoweverOftenValuesCome() throws Exception {
    RuleProgram program = RuleProgram.compile(List.of(capturing("a"), RULE));
    for (int i = 0; i < 200; i++) {
      String value = "user" + i % 3;
      assertThat(captured(program, "{'kind':'x','a':'%s','b':'%s'}".formatted(value, value)))
          .isEqualTo(Map.of("a", value));
    }
  }

  @Test
  void rulesOfBothLayersCapture() throws Exception {
    LayeredProgram program = LayeredProgram.compile(List.of(capturing("a")));
    LayeredProgram layered =
        program.with(
            List.of(
                capturing("a"),
                Rules.rule("other", "{kind: x}", "s").capturing(Map.of("b", List.of("b")))));
    assertThat(layered.isLayered()).isTrue();
    assertThat(layered.judge(json("{'kind':'x','a':'1','b':'2'}"), "acme").matches())
        .extracting(RuleMatch::captured)
        .containsExactly(Map.of("a", "1"), Map.of("b", "2"));
  }

  @Test
  void aRuleThatCapturesSomethingElseIsPlannedAnew() throws Exception {
    LayeredProgram program = LayeredProgram.compile(List.of(capturing("a")));
    assertThat(
            program
                .with(List.of(capturing("b")))
                .judge(json("{'kind':'x','a':'1','b':'2'}"), "acme")
                .matches())
        .extracting(RuleMatch::captured)
        .containsExactly(Map.of("b", "2"));
  }

  private static SigmaRule capturing(String field) {
    return RULE.capturing(Map.of(field, List.of(field)));
  }

  private static Map<String, String> captured(String field, String json) throws Exception {
    return captured(RuleProgram.compile(List.of(capturing(field))), json);
  }

  private static Map<String, String> captured(RuleProgram program, String json) throws Exception {
    return program.judge(json(json), "acme").matches().get(0).captured();
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }
}
