package dev.lockstep.cli;

import dev.lockstep.content.Content;
import dev.lockstep.content.ContentFile;
import dev.lockstep.content.RuleFile;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.explain.Explanation;
import dev.lockstep.explain.NearestMisses;
import dev.lockstep.explain.RuleExplainer;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleMatch;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.SigmaRule;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules that a command explains: one that was asked for, or those that turn out to match. */
final class ExplainableRules {
  private final List<SigmaRule> rules;
  private final boolean chosen;
  private final Map<String, String> files = new HashMap<>();
  private final RuleProgram program;

  private ExplainableRules(Content content, List<SigmaRule> rules, boolean chosen) {
    this.rules = rules;
    this.chosen = chosen || rules.stream().map(SigmaRule::id).distinct().count() == 1;
    this.program = RuleProgram.compile(this.chosen ? List.of() : rules);
    for (ContentFile file : content.files()) {
      if (file instanceof RuleFile ruleFile) {
        ruleFile.rules().forEach(rule -> files.putIfAbsent(rule.id(), file.path()));
      }
    }
  }

  /**
   * Takes the good files as they are mapped and filtered, and says on the error stream what is
   * wrong with the others.
   *
   * @param wanted id, name or title of the rule to explain; null for whichever matches
   * @throws CommandFailure if there is no such rule, or none at all
   */
  static ExplainableRules of(
      Content content, FieldMapping mapping, @Nullable String wanted, PrintWriter err) {
    content.issues().forEach(err::println);
    content.warnings().forEach(warning -> err.println("warning: " + warning));
    List<SigmaRule> good = content.rules();
    if (good.isEmpty()) {
      throw CommandFailure.ofInput("there is no good rule to judge by");
    }
    if (wanted == null) {
      return new ExplainableRules(content, mapping.apply(good), false);
    }
    List<SigmaRule> named = NamedRules.find(good, wanted);
    List<SigmaRule> mapped = mapping.apply(named);
    if (mapped.isEmpty()) {
      throw CommandFailure.ofInput(
          "the mapping knows no events of the rule's logsource, "
              + named.get(0).logsource().label());
    }
    return new ExplainableRules(content, mapped, true);
  }

  /** The file of a rule and the line where it begins. */
  String placeOf(SigmaRule rule) {
    return files.getOrDefault(rule.id(), "") + ":" + rule.position().line();
  }

  /**
   * @throws CommandFailure if the line is no event
   */
  EventVerdict judge(EventLine line, String customer, PrintWriter err) {
    try {
      RuleExplainer explainer = RuleExplainer.of(line.json());
      if (chosen) {
        return new EventVerdict(
            line, ruleCount(), all(of(customer), explainer, customer), List.of());
      }
      MatchResult result = program.judge(line.json(), customer);
      result
          .faults()
          .forEach(fault -> err.println("rule " + fault.rule().id() + " failed: " + fault.cause()));
      List<SigmaRule> matched = result.matches().stream().map(RuleMatch::rule).toList();
      return new EventVerdict(
          line,
          ruleCount(),
          all(matched, explainer, customer),
          matched.isEmpty() ? nearest(explainer, customer) : List.of());
    } catch (MalformedEventException e) {
      throw CommandFailure.ofInput(
          line.file() + ":" + line.number() + ": not an event: " + e.getMessage());
    }
  }

  private int ruleCount() {
    return (int) rules.stream().map(SigmaRule::id).distinct().count();
  }

  /** Of each rule the form that is for the customer, or any if none is. */
  private Collection<SigmaRule> of(String customer) {
    Map<String, SigmaRule> forms = new LinkedHashMap<>();
    for (SigmaRule rule : rules) {
      forms.merge(rule.id(), rule, (first, next) -> first.appliesTo(customer) ? first : next);
    }
    return forms.values();
  }

  private static List<Explanation> all(
      Collection<SigmaRule> rules, RuleExplainer explainer, String customer) {
    return rules.stream().map(rule -> explainer.explain(rule, customer)).toList();
  }

  private List<Explanation> nearest(RuleExplainer explainer, String customer) {
    NearestMisses misses = new NearestMisses();
    of(customer).forEach(rule -> misses.add(explainer.explain(rule, customer)));
    return misses.nearest();
  }
}
