package dev.lockstep.cli;

import dev.lockstep.content.RuleFile;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.explain.Explanation;
import dev.lockstep.explain.NearestMisses;
import dev.lockstep.explain.RuleExplainer;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleMatch;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.SigmaRule;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules that a command explains: one that was asked for, or those that turn out to match. */
final class ExplainableRules {
  private static final int MAX_SUGGESTED = 5;

  private final List<SigmaRule> rules;
  private final boolean chosen;
  private final Map<String, String> files = new HashMap<>();
  private final RuleProgram program;

  private ExplainableRules(List<RuleFile> files, List<SigmaRule> rules, boolean chosen) {
    this.rules = rules;
    this.chosen = chosen || rules.size() == 1;
    this.program = RuleProgram.compile(this.chosen ? List.of() : rules);
    for (RuleFile file : files) {
      file.rules().forEach(rule -> this.files.putIfAbsent(rule.id(), file.document().path()));
    }
  }

  /**
   * Takes the good files, and says on the error stream what is wrong with the others.
   *
   * @param wanted id, name or title of the rule to explain; null for whichever matches
   * @throws CommandFailure if there is no such rule, or none at all
   */
  static ExplainableRules of(List<RuleFile> files, @Nullable String wanted, PrintWriter err) {
    files.stream().flatMap(file -> file.issues().stream()).forEach(err::println);
    List<SigmaRule> good = RuleFile.goodRules(files);
    if (good.isEmpty()) {
      throw CommandFailure.ofInput("there is no good rule to judge by");
    }
    if (wanted == null) {
      return new ExplainableRules(files, good, false);
    }
    List<SigmaRule> named = good.stream().filter(rule -> isCalled(rule, wanted)).toList();
    if (named.isEmpty()) {
      throw CommandFailure.ofInput(noRule(good, wanted));
    }
    return new ExplainableRules(files, named, true);
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
        return new EventVerdict(line, rules.size(), all(rules, explainer, customer), List.of());
      }
      MatchResult result = program.match(program.projection().read(line.json()), customer);
      result
          .faults()
          .forEach(fault -> err.println("rule " + fault.rule().id() + " failed: " + fault.cause()));
      List<SigmaRule> matched = result.matches().stream().map(RuleMatch::rule).toList();
      return new EventVerdict(
          line,
          rules.size(),
          all(matched, explainer, customer),
          matched.isEmpty() ? nearest(explainer, customer) : List.of());
    } catch (MalformedEventException e) {
      throw CommandFailure.ofInput(
          line.file() + ":" + line.number() + ": not an event: " + e.getMessage());
    }
  }

  private static List<Explanation> all(
      List<SigmaRule> rules, RuleExplainer explainer, String customer) {
    return rules.stream().map(rule -> explainer.explain(rule, customer)).toList();
  }

  private List<Explanation> nearest(RuleExplainer explainer, String customer) {
    NearestMisses misses = new NearestMisses();
    rules.forEach(rule -> misses.add(explainer.explain(rule, customer)));
    return misses.nearest();
  }

  private static boolean isCalled(SigmaRule rule, String wanted) {
    return rule.id().equalsIgnoreCase(wanted)
        || wanted.equals(rule.attributes().get("name"))
        || rule.title().equalsIgnoreCase(wanted);
  }

  private static String noRule(List<SigmaRule> rules, String wanted) {
    String part = wanted.toLowerCase(Locale.ROOT);
    String similar =
        rules.stream()
            .filter(rule -> rule.title().toLowerCase(Locale.ROOT).contains(part))
            .limit(MAX_SUGGESTED)
            .map(rule -> "'" + rule.title() + "'")
            .collect(Collectors.joining(", "));
    return "no good rule has the id, name or title '%s'%s"
        .formatted(wanted, similar.isEmpty() ? "" : "; there is " + similar);
  }
}
