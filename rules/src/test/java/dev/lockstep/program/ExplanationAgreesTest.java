package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.explain.RuleExplainer;
import dev.lockstep.sigma.SigmaRule;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An explanation that says something else than the program would be worse than none. */
class ExplanationAgreesTest {
  private static final int EVENTS = 60;
  private static final int EVENTS_OF_A_LANE = 4;
  private static final int EVENTS_OF_RULES = 12;

  static IntStream seeds() {
    return IntStream.range(1000, 1040);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withTheProgramOnRandomRules(int seed) throws Exception {
    RandomRules source = new RandomRules(new Random(seed));
    List<SigmaRule> rules = source.rules(40);
    RuleProgram program = RuleProgram.compile(rules);
    int matches = 0;
    for (int i = 0; i < EVENTS; i++) {
      String json = source.event();
      matches += assertAgreement("seed " + seed, rules, program, json.getBytes(UTF_8));
    }
    assertThat(matches).as("matches with seed %d", seed).isPositive();
  }

  @Test
  void withTheProgramOnSigmaHq() throws Exception {
    List<SigmaRule> rules = SigmaHqTest.rules();
    RuleProgram program = RuleProgram.compile(rules);
    int matches = 0;
    for (byte[] json : sample()) {
      matches += assertAgreement("SigmaHQ", rules, program, json);
    }
    assertThat(matches).isGreaterThan(EVENTS_OF_RULES);
  }

  private static List<byte[]> sample() throws Exception {
    List<byte[]> made = new ArrayList<>();
    for (String line : Files.readAllLines(Corpus.path("sigma-regression/cases.ndjson"), UTF_8)) {
      for (Object event : Json.list(Json.read(line), "events")) {
        made.add(Json.write(SigmaHqTest.flat((Map<?, ?>) event)).getBytes(UTF_8));
      }
    }
    List<byte[]> sample = new ArrayList<>(Lanes.every(made, EVENTS_OF_RULES));
    for (String lane : Lanes.NAMES) {
      sample.addAll(Lanes.every(Lanes.events(lane), EVENTS_OF_A_LANE));
    }
    return sample;
  }

  private static int assertAgreement(
      String name, List<SigmaRule> rules, RuleProgram program, byte[] json) throws Exception {
    MatchResult result = program.judge(json, "acme");
    RuleExplainer explainer = RuleExplainer.of(json);
    assertThat(rules.stream().filter(rule -> explainer.explain(rule, "acme").matches()).toList())
        .as("%s on %s", name, new String(json, UTF_8))
        .isEqualTo(result.matches().stream().map(RuleMatch::rule).toList());
    return result.matches().size();
  }
}
