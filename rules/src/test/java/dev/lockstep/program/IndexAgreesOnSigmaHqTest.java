package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.SigmaRule;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program against the full scan, with rules and events that nobody made for either. */
class IndexAgreesOnSigmaHqTest {
  private static final int EVENTS_OF_A_LANE = 150;

  private static List<SigmaRule> rules = List.of();
  private static RuleProgram program = RuleProgram.compile(List.of());
  private static NaiveProgram oracle = new NaiveProgram(List.of());

  @BeforeAll
  static void compile() throws Exception {
    rules = SigmaHqTest.rules();
    program = RuleProgram.compile(rules);
    oracle = new NaiveProgram(rules);
  }

  @ParameterizedTest
  @ValueSource(strings = {"structured_windows", "raw_windows", "cisco_syslog", "sysmon_file_event"})
  void onALane(String lane) throws Exception {
    for (byte[] json : Lanes.every(Lanes.events(lane), EVENTS_OF_A_LANE)) {
      assertAgreement(json);
    }
  }

  @Test
  void onTheEventsThatRulesWereMadeFor() throws Exception {
    int matches = 0;
    for (String line : Files.readAllLines(Corpus.path("sigma-regression/cases.ndjson"), UTF_8)) {
      for (Object event : Json.list(Json.read(line), "events")) {
        matches += assertAgreement(Json.write(SigmaHqTest.flat((Map<?, ?>) event)).getBytes(UTF_8));
      }
    }
    assertThat(matches).isGreaterThan(98);
  }

  private static int assertAgreement(byte[] json) throws Exception {
    MatchResult result = program.judge(json, "acme");
    Map<Integer, Map<String, String>> expected = oracle.match(json, "acme");
    assertThat(result.faults()).isEmpty();
    // as text, in which the order counts
    assertThat(Agreement.byPosition(result, rules).toString())
        .as("%s", new String(json, UTF_8))
        .isEqualTo(expected.toString());
    return expected.size();
  }
}
