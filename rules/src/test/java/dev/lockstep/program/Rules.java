package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.MalformedEventException;
import dev.lockstep.explain.RuleExplainer;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;

/** Rules and verdicts of tests, written short. */
final class Rules {
  private Rules() {}

  static List<SigmaRule> parse(String text) {
    ParsedDocuments parsed = SigmaParser.parse("test.yml", text);
    assertThat(parsed.issues()).isEmpty();
    return parsed.rules();
  }

  /** A rule with one search identifier {@code s}, given as a YAML flow, and its condition. */
  static SigmaRule rule(String title, String search, String condition) {
    return parse(
            """
            title: %s
            logsource: {product: test}
            detection:
              s: %s
              condition: %s
            """
                .formatted(title, search, condition))
        .get(0);
  }

  /** Whether the rule matches, about which its explanation must say the same. */
  static boolean matches(String search, String condition, String json) {
    SigmaRule rule = rule("t", search, condition);
    MatchResult result = judge(List.of(rule), json);
    assertThat(result.faults()).isEmpty();
    boolean matches = !result.matches().isEmpty();
    try {
      RuleExplainer explainer = RuleExplainer.of(json.getBytes(UTF_8));
      assertThat(explainer.explain(rule, "acme").matches()).as("explained").isEqualTo(matches);
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
    return matches;
  }

  static MatchResult judge(List<SigmaRule> rules, String json) {
    RuleProgram program = RuleProgram.compile(rules);
    try {
      return program.judge(json.getBytes(UTF_8), "acme");
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
  }
}
