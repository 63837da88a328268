package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.ShippedMappings;
import dev.lockstep.sigma.Logsource;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random rules under mappings that change nothing but names, against the same rules without. */
class MappingKeepsVerdictsTest {
  private static final int EVENTS = 100;
  private static final Logsource SOURCE = new Logsource("process_creation", "windows", null);
  private static final String SYSMON =
      "\"EventID\":1,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\"";

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void onEventsOfTheRightLogsourceAFlatMappingChangesNothing(int seed) throws Exception {
    List<SigmaRule> rules = rules(seed);
    RuleProgram plain = RuleProgram.compile(rules);
    RuleProgram mapped = RuleProgram.compile(shipped("windows-flat").apply(rules));
    RandomRules source = new RandomRules(new Random(seed + 1000));
    int found = 0;
    for (int i = 0; i < EVENTS; i++) {
      String event = source.event();
      String json = "{" + SYSMON + "," + event.substring(1);
      List<String> expected = matches(plain, json);
      assertThat(matches(mapped, json)).as("seed %d on %s", seed, json).isEqualTo(expected);
      assertThat(matches(mapped, json.replace("\"EventID\":1", "\"EventID\":13")))
          .as("seed %d on %s of another logsource", seed, json)
          .isEmpty();
      found += expected.size();
    }
    assertThat(found).as("matches with seed %d", seed).isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fieldsInsideAnObjectAreJudgedAsAtTheTop(int seed) throws Exception {
    List<SigmaRule> rules = rules(seed);
    RuleProgram plain = RuleProgram.compile(rules);
    FieldMapping inside =
        FieldMapping.parse(
                List.of(new MappingDocument("m.yml", "default: ['in.{field}', 'or.{field}']")))
            .mapping();
    RuleProgram mapped = RuleProgram.compile(inside.apply(rules));
    RandomRules source = new RandomRules(new Random(seed + 2000));
    for (int i = 0; i < EVENTS; i++) {
      String event = source.event();
      List<String> expected = matches(plain, event);
      assertThat(matches(mapped, "{\"in\":" + event + "}"))
          .as("seed %d on %s", seed, event)
          .isEqualTo(expected);
      assertThat(matches(mapped, "{\"or\":" + event + "}"))
          .as("seed %d on %s", seed, event)
          .isEqualTo(expected);
    }
  }

  private static List<SigmaRule> rules(int seed) {
    return new RandomRules(new Random(seed))
        .rules(20 + seed).stream().map(MappingKeepsVerdictsTest::ofSource).toList();
  }

  private static SigmaRule ofSource(SigmaRule rule) {
    return new SigmaRule(
        rule.id(),
        rule.title(),
        rule.level(),
        rule.status(),
        rule.tags(),
        SOURCE,
        rule.stage(),
        rule.customers(),
        rule.detections(),
        rule.condition(),
        rule.attributes(),
        rule.contentHash(),
        rule.filters(),
        rule.position());
  }

  private static FieldMapping shipped(String name) {
    return FieldMapping.parse(List.of(ShippedMappings.named(name).orElseThrow())).mapping();
  }

  private static List<String> matches(RuleProgram program, String json) throws Exception {
    MatchResult result = program.judge(json.getBytes(UTF_8), "acme");
    assertThat(result.faults()).isEmpty();
    return result.matches().stream().map(match -> match.rule().id()).toList();
  }
}
