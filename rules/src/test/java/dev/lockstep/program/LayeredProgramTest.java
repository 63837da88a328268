package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.event.MalformedEventException;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayeredProgramTest {

  static IntStream seeds() {
    return IntStream.range(0, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void judgesAsOneProgramOfItsRulesThroughManyChanges(int seed) throws Exception {
    Random random = new Random(seed);
    RandomRules source = new RandomRules(random);
    List<SigmaRule> pool = source.rules(120);
    List<SigmaRule> inForce = new ArrayList<>(pool.subList(0, 80));
    LayeredProgram program = LayeredProgram.compile(inForce);
    int layered = 0;
    for (int change = 0; change < 12; change++) {
      for (int i = 0; i < 5; i++) {
        inForce.remove(random.nextInt(inForce.size()));
        SigmaRule added = pool.get(random.nextInt(pool.size()));
        if (!inForce.contains(added)) {
          inForce.add(random.nextInt(inForce.size()), added);
        }
      }
      program = program.with(inForce);
      layered += program.isLayered() ? 1 : 0;
      assertThat(program.rules()).isEqualTo(inForce);
      assertJudgesAs(RuleProgram.compile(inForce), program, source);
    }
    assertThat(layered).isGreaterThan(5);
    assertThat(program.flattened().isLayered()).isFalse();
    assertJudgesAs(RuleProgram.compile(inForce), program.flattened(), source);
  }

  @Test
  void plansFewNewRulesApartAndManyTogether() {
    List<SigmaRule> rules = rules(200);
    LayeredProgram program = LayeredProgram.compile(rules.subList(0, 100));
    assertThat(program.isLayered()).isFalse();
    assertThat(program.with(rules.subList(0, 100)).isLayered()).isFalse();
    assertThat(program.with(rules.subList(0, 101)).isLayered()).isTrue();
    assertThat(program.with(rules.subList(0, 99)).isLayered()).isTrue();
    assertThat(program.with(rules.subList(0, 164)).isLayered()).isTrue();
    assertThat(program.with(rules.subList(0, 165)).isLayered()).isFalse();
    assertThat(program.with(rules.subList(0, 40)).isLayered()).isFalse();
  }

  @Test
  void skipsRulesThatAreOffInBothLayersUntilTheNextRulesCome() throws Exception {
    List<SigmaRule> rules = rules(4);
    LayeredProgram program = LayeredProgram.compile(rules.subList(0, 3)).with(rules);
    LayeredProgram off = program.without(rule -> rule.id().equals("r1") || rule.id().equals("r3"));
    assertThat(matches(program)).containsExactly("r0", "r1", "r2", "r3");
    assertThat(matches(off)).containsExactly("r0", "r2");
    assertThat(off.rules()).isEqualTo(rules);
    assertThat(matches(off.without(rule -> rule.id().equals("r0")))).containsExactly("r2");
    assertThat(matches(off.with(rules))).containsExactly("r0", "r1", "r2", "r3");
  }

  @Test
  void tellsTheMeterOfEachRuleThatWasAskedAndOfNoOther() throws Exception {
    List<SigmaRule> rules = new ArrayList<>(rules(3));
    rules.add(Rules.rule("quiet", "{a: never}", "s"));
    Map<String, Long> costs = new HashMap<>();
    RuleMeter meter =
        new RuleMeter() {
          private long now;

          @Override
          public long nanos() {
            return now += 10;
          }

          @Override
          public void spent(SigmaRule rule, long nanos) {
            costs.merge(rule.id(), nanos, Long::sum);
          }
        };
    LayeredProgram.compile(rules.subList(1, 4))
        .with(rules)
        .judge(bytes("{\"a\":1}"), "acme", meter);
    assertThat(costs).isEqualTo(Map.of("r0", 10L, "r1", 10L, "r2", 10L));
  }

  @Test
  void refusesWhatIsNoEvent() {
    LayeredProgram program = LayeredProgram.compile(rules(1)).with(rules(2));
    assertThatThrownBy(() -> program.judge(bytes("{\"a\":"), "acme"))
        .isInstanceOf(MalformedEventException.class);
  }

  private static List<SigmaRule> rules(int count) {
    return IntStream.range(0, count).mapToObj(i -> Rules.rule("r" + i, "{a: 1}", "s")).toList();
  }

  private static List<String> matches(LayeredProgram program) throws Exception {
    return program.judge(bytes("{\"a\":1}"), "acme").matches().stream()
        .map(match -> match.rule().id())
        .toList();
  }

  private static void assertJudgesAs(
      RuleProgram expected, LayeredProgram program, RandomRules source) throws Exception {
    for (int i = 0; i < 20; i++) {
      byte[] event = bytes(source.event());
      assertThat(found(program.judge(event, "acme")))
          .isEqualTo(found(expected.judge(event, "acme")));
    }
  }

  private static List<String> found(MatchResult result) {
    List<String> found = new ArrayList<>();
    result.matches().forEach(m -> found.add(m.rule().id() + " " + m.matchedFields()));
    result.faults().forEach(f -> found.add(f.rule().id() + " failed"));
    Collections.sort(found);
    return found;
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }
}
