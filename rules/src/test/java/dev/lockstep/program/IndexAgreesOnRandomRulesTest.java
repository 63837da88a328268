package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.SigmaRule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program against the full scan, over rules and events that make every kind of test fire. */
class IndexAgreesOnRandomRulesTest {
  private static final int EVENTS = 150;

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void matchesAndTheirFieldsAreThoseOfTheFullScan(int seed) throws Exception {
    RandomRules source = new RandomRules(new Random(seed));
    List<SigmaRule> rules = source.rules(10 + seed);
    RuleProgram program = RuleProgram.compile(rules);
    NaiveProgram oracle = new NaiveProgram(rules);
    int found = 0;
    for (int i = 0; i < EVENTS; i++) {
      String json = source.event();
      found += assertAgreement("seed " + seed, rules, program, oracle, json);
    }
    assertThat(found).as("matches with seed %d", seed).isPositive();
  }

  @Test
  void isSafeForManyThreads() throws Exception {
    RandomRules source = new RandomRules(new Random(1));
    List<SigmaRule> rules = source.rules(50);
    List<String> events = IntStream.range(0, 300).mapToObj(i -> source.event()).toList();
    RuleProgram program = RuleProgram.compile(rules);
    Callable<Integer> pass =
        () -> {
          NaiveProgram oracle = new NaiveProgram(rules);
          int found = 0;
          for (String json : events) {
            found += assertAgreement("many threads", rules, program, oracle, json);
          }
          return found;
        };
    ExecutorService threads = Executors.newFixedThreadPool(24);
    try {
      for (Future<Integer> found : threads.invokeAll(Collections.nCopies(24, pass))) {
        assertThat(found.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int assertAgreement(
      String name, List<SigmaRule> rules, RuleProgram program, NaiveProgram oracle, String json)
      throws Exception {
    Map<Integer, Map<String, String>> expected = oracle.match(json.getBytes(UTF_8), "acme");
    MatchResult result = program.judge(json.getBytes(UTF_8), "acme");
    assertThat(result.faults()).isEmpty();
    // as text, in which the order counts
    assertThat(Agreement.byPosition(result, rules).toString())
        .as("%s on %s", name, json)
        .isEqualTo(expected.toString());
    return expected.size();
  }
}
