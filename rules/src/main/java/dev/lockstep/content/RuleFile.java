package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule file as it was understood.
 *
 * @param rules the rules without faults of their own
 * @param issues everything that is wrong; a file is good, and taken whole, when there is nothing
 */
public record RuleFile(RuleDocument document, List<SigmaRule> rules, List<Issue> issues) {

  public RuleFile {
    rules = List.copyOf(rules);
    issues = List.copyOf(issues);
  }

  /**
   * Reads files that are delivered together: a rule's id belongs to the first good file that has
   * it, and is an issue of any later one.
   */
  public static List<RuleFile> readAll(List<RuleDocument> documents) {
    Map<String, String> owners = new HashMap<>();
    List<RuleFile> files = new ArrayList<>();
    for (RuleDocument document : documents) {
      RuleFile file = parse(document).notUsing(owners);
      if (file.isGood()) {
        file.rules.forEach(rule -> owners.put(rule.id(), document.path()));
      }
      files.add(file);
    }
    return files;
  }

  /** The rules of the good files, in order. */
  public static List<SigmaRule> goodRules(List<RuleFile> files) {
    return files.stream().filter(RuleFile::isGood).flatMap(file -> file.rules.stream()).toList();
  }

  /** Tells whether nothing is wrong with the file. */
  public boolean isGood() {
    return issues.isEmpty();
  }

  /** Reads one file without regard to any other. */
  static RuleFile parse(RuleDocument document) {
    ParsedDocuments parsed = SigmaParser.parse(document.path(), document.text());
    return new RuleFile(document, parsed.rules(), parsed.issues());
  }

  String path() {
    return document.path();
  }

  List<String> ruleIds() {
    return rules.stream().map(SigmaRule::id).toList();
  }

  private RuleFile notUsing(Map<String, String> owners) {
    List<Issue> all = new ArrayList<>(issues);
    for (SigmaRule rule : rules) {
      String owner = owners.get(rule.id());
      if (owner != null) {
        String message = "the rule '%s' is there already, in %s".formatted(rule.id(), owner);
        all.add(new Issue(path(), rule.position().line(), rule.position().column(), message));
      }
    }
    return new RuleFile(document, rules, all);
  }
}
