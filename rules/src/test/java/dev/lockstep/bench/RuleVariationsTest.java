package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.content.RuleDocument;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers are comparable only if every run measures the same rules. */
class RuleVariationsTest {
  private static final List<SigmaRule> RULES =
      RuleSets.parse(
          List.of(
              rule("text", "{Image|endswith: '\\powershell.exe', Id: 4}"),
              rule("number", "{Id: 4}"),
              rule("flag", "{CommandLine|contains: [' -e', '/c']}")));

  @Test
  void makesTheSameRulesOfTheSameSeed() {
    assertThat(new RuleVariations(7).fillUp(RULES, 50))
        .isEqualTo(new RuleVariations(7).fillUp(RULES, 50))
        .isNotEqualTo(new RuleVariations(8).fillUp(RULES, 50));
  }

  @Test
  void makesDifferentRulesOfThoseThatHaveTextsToChange() {
    List<SigmaRule> filled = new RuleVariations(7).fillUp(RULES, 50);
    assertThat(filled).hasSize(50).startsWith(RULES.toArray(SigmaRule[]::new));
    assertThat(filled.subList(3, 50)).allMatch(rule -> rule.title().equals("text"));
    assertThat(filled.stream().map(SigmaRule::detections).distinct()).hasSize(50);
    assertThat(filled.stream().map(SigmaRule::id).distinct()).hasSize(50);
  }

  private static RuleDocument rule(String title, String search) {
    return new RuleDocument(
        title + ".yml",
        """
        title: %s
        logsource: {product: test}
        detection:
          s: %s
          condition: s
        """
            .formatted(title, search));
  }
}
