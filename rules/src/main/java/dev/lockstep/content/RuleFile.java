package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.Placeholders;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;

/**
 * A rule file as it was understood.
 *
 * @param rules the rules without faults of their own
 */
public record RuleFile(RuleDocument document, List<SigmaRule> rules, List<Issue> issues)
    implements ContentFile {

  public RuleFile {
    rules = List.copyOf(rules);
    issues = List.copyOf(issues);
  }

  /** Reads one file without regard to any other but for what placeholders stand for. */
  static RuleFile parse(RuleDocument document, Placeholders placeholders) {
    ParsedDocuments parsed = SigmaParser.parse(document.path(), document.text(), placeholders);
    return new RuleFile(document, parsed.rules(), parsed.issues());
  }

  @Override
  public List<Claim> claims() {
    return rules.stream().map(rule -> new Claim("rule", rule.id(), rule.position())).toList();
  }

  @Override
  public List<String> statusKeys() {
    return rules.stream().map(SigmaRule::id).toList();
  }

  @Override
  public RuleFile withIssues(List<Issue> other) {
    return new RuleFile(document, rules, other);
  }
}
