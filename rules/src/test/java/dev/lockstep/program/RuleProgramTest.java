package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.event.MalformedEventException;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleProgramTest {

  @Test
  void findsEveryRuleThatAnEventFulfilsInRuleOrder() {
    List<SigmaRule> rules =
        IntStream.range(0, 40)
            .mapToObj(i -> Rules.rule("r" + i, i % 2 == 0 ? "{a: x}" : "{a: y}", "s"))
            .toList();
    assertThat(Rules.judge(rules, "{\"a\":\"x\"}").matches())
        .extracting(match -> match.rule().title())
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> "r" + 2 * i).toList());
  }

  @Test
  void leavesOutRulesThatDoNotApplyToTheCustomer() throws Exception {
    RuleProgram program =
        RuleProgram.compile(
            Rules.parse(
                """
                title: for acme
                logsource: {product: test}
                detection: {s: {a: x}, condition: s}
                lockstep: {customers: {only: [acme]}}
                ---
                title: for others
                logsource: {product: test}
                detection: {s: {a: x}, condition: s}
                lockstep: {customers: {except: [acme]}}
                """));
    byte[] event = "{\"a\":\"x\"}".getBytes(UTF_8);
    assertThat(program.judge(event, "acme").matches())
        .extracting(match -> match.rule().title())
        .containsExactly("for acme");
    assertThat(program.judge(event, "globex").matches())
        .extracting(match -> match.rule().title())
        .containsExactly("for others");
  }

  @Test
  void showsTheFieldsThatMadeARuleTrueInRuleOrder() {
    SigmaRule rule =
        Rules.parse(
                """
                title: t
                logsource: {product: test}
                detection:
                  half: {z: wrong, b: '*'}
                  sel:
                    c|contains: [one, two]
                    a: [1, 2]
                    d|exists: true
                    e: null
                  filter: {b: nothing}
                  words: [needle]
                  condition: (half or sel) and words and not filter
                """)
            .get(0);
    Map<String, String> fields =
        Rules.judge(
                List.of(rule),
                """
                {"a":[7,2],"b":"x","c":"One two","d":"","n":{"m":"a needle"}}""")
            .matches()
            .get(0)
            .matchedFields();
    assertThat(fields)
        .containsExactly(
            Map.entry("c", "One two"),
            Map.entry("a", "2"),
            Map.entry("d", ""),
            Map.entry("n.m", "a needle"));
  }

  @Test
  void showsTheFirstValueOfTheTextWhereAFieldCanBeFoundInSeveralWays() throws Exception {
    RuleProgram program =
        RuleProgram.compile(
            List.of(
                Rules.rule("keyword", "[wxyz]", "s"), Rules.rule("field", "{'c.d': wxyz}", "s")));
    String json = "{\"a\":\"\",\"c.d\":\"wxyz\",\"a\":\"wxyz\",\"c\":{\"d\":\"1\",\"e\":\"wxyz\"}}";
    for (int i = 0; i < 3; i++) {
      assertThat(program.judge(json.getBytes(UTF_8), "acme").matches())
          .extracting(RuleMatch::matchedFields)
          .containsExactly(Map.of("c.d", "wxyz"), Map.of("c.d", "wxyz"));
    }
  }

  @Test
  void keepsNothingOfOneEventForTheNext() throws Exception {
    RuleProgram program =
        RuleProgram.compile(
            List.of(
                Rules.rule("open", "{'|re': '^[0-9]+x$'}", "s"),
                Rules.rule("field", "{a: '1x'}", "s"),
                Rules.rule("absent", "{a: null}", "s")));
    assertThat(matchedBy(program, "{\"a\":\"1x\",\"b\":\"2x\"}"))
        .containsExactly(Map.of("a", "1x"), Map.of("a", "1x"));
    assertThat(matchedBy(program, "{\"c\":\"none\"}")).containsExactly(Map.of());
    assertThat(matchedBy(program, "{}")).containsExactly(Map.of());
    assertThatThrownBy(() -> matchedBy(program, "{\"a\":\"1x\",\"deep\":{\"er\":{\"a\":\"3x\","))
        .isInstanceOf(MalformedEventException.class);
    assertThat(matchedBy(program, "{\"c\":\"4x\"}")).containsExactly(Map.of("c", "4x"), Map.of());
  }

  private static List<Map<String, String>> matchedBy(RuleProgram program, String json)
      throws MalformedEventException {
    return program.judge(json.getBytes(UTF_8), "acme").matches().stream()
        .map(RuleMatch::matchedFields)
        .toList();
  }

  @Test
  void judgesNoEventThatTheParserRefuses() {
    RuleProgram program = RuleProgram.compile(List.of(Rules.rule("r", "{a: x}", "s")));
    for (String json : List.of("{'pro\\uD800duct':'x'}", "{'a':'x'}{}", "{'a':'x',}")) {
      assertThatThrownBy(() -> program.judge(json.replace('\'', '"').getBytes(UTF_8), "acme"))
          .as(json)
          .isInstanceOf(MalformedEventException.class);
    }
  }

  @Test
  void letsAFaultyRuleHarmItselfAlone() throws Exception {
    SigmaRule rule = Rules.rule("good", "{a: x}", "s");
    SigmaRule bad = Rules.rule("bad", "{a: x}", "s");
    FieldSlot a = new FieldSlot(0, "a");
    EventIndex index =
        new EventIndex(
            List.of(a),
            List.of(new FieldIndexBuilder().build(new GramCounts(), null, 0)),
            null,
            1,
            0,
            Map.of());
    PlannedRule good = new PlannedRule(rule, new FieldPredicate(a, value -> true, 0));
    PlannedRule faulty =
        new PlannedRule(
            bad,
            new FieldPredicate(
                a,
                value -> {
                  throw new IllegalStateException("broken");
                },
                1));
    RuleProgram program = new RuleProgram(List.of(good, faulty, good), index);
    MatchResult result = program.judge("{\"a\":\"x\"}".getBytes(UTF_8), "acme");
    assertThat(result.matches()).hasSize(2);
    assertThat(result.faults()).hasSize(1);
    assertThat(result.faults().get(0).rule()).isEqualTo(bad);
    assertThat(result.faults().get(0).cause()).hasMessage("broken");
  }

  @Test
  void judgesByAnyOfSeveralConditions() {
    SigmaRule rule =
        Rules.parse(
                """
                title: t
                logsource: {product: test}
                detection:
                  a: {a: x}
                  b: {b: x}
                  condition: [a, b]
                """)
            .get(0);
    assertThat(Rules.judge(List.of(rule), "{\"b\":\"x\"}").matches()).hasSize(1);
    assertThat(Rules.judge(List.of(rule), "{\"b\":\"y\"}").matches()).isEmpty();
  }

  @Test
  void judgesNothingWithoutRules() {
    assertThat(Rules.judge(List.of(), "{\"a\":1}").matches()).isEmpty();
  }
}
