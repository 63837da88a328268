package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.Placeholders;
import dev.lockstep.sigma.SigmaFilter;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A rule file as it was understood.
 *
 * @param rules the rules without faults of their own, as the file has them
 * @param filters the filters without faults of their own
 */
public record RuleFile(
    RuleDocument document, List<SigmaRule> rules, List<SigmaFilter> filters, List<Issue> issues)
    implements ContentFile {

  public RuleFile {
    rules = List.copyOf(rules);
    filters = List.copyOf(filters);
    issues = List.copyOf(issues);
  }

  /** Reads one file without regard to any other but for what placeholders stand for. */
  static RuleFile parse(RuleDocument document, Placeholders placeholders) {
    ParsedDocuments parsed = SigmaParser.parse(document.path(), document.text(), placeholders);
    return new RuleFile(document, parsed.rules(), parsed.filters(), parsed.issues());
  }

  /**
   * Returns the files, those with an issue more for each rule that cannot be compiled. All rules
   * are compiled together, and only if that fails each alone.
   */
  static List<RuleFile> compiledBy(Consumer<List<SigmaRule>> compiler, List<RuleFile> files) {
    List<SigmaRule> all = files.stream().flatMap(file -> file.rules.stream()).toList();
    return failure(compiler, all).isEmpty()
        ? files
        : files.stream().map(file -> file.compiledBy(compiler)).toList();
  }

  private RuleFile compiledBy(Consumer<List<SigmaRule>> compiler) {
    List<Issue> found = new ArrayList<>(issues);
    for (SigmaRule rule : rules) {
      failure(compiler, List.of(rule))
          .map(why -> "the rule '%s' cannot be compiled: %s".formatted(rule.id(), why))
          .map(why -> new Issue(path(), rule.position().line(), rule.position().column(), why))
          .ifPresent(found::add);
    }
    return withIssues(found);
  }

  private static Optional<String> failure(
      Consumer<List<SigmaRule>> compiler, List<SigmaRule> rules) {
    try {
      compiler.accept(rules);
      return Optional.empty();
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.of(e.toString());
    }
  }

  /** The key of a filter, which may have the id of a rule. */
  static String statusKeyOf(SigmaFilter filter) {
    return "filter:" + filter.id();
  }

  @Override
  public List<Claim> claims() {
    return Stream.concat(
            rules.stream().map(rule -> new Claim("rule", rule.id(), rule.position())),
            filters.stream().map(filter -> new Claim("filter", filter.id(), filter.position())))
        .toList();
  }

  @Override
  public List<String> statusKeys() {
    return Stream.concat(
            rules.stream().map(SigmaRule::id), filters.stream().map(RuleFile::statusKeyOf))
        .toList();
  }

  @Override
  public RuleFile withIssues(List<Issue> other) {
    return new RuleFile(document, rules, filters, other);
  }
}
