package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.Placeholders;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaFilter;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule file as it was understood.
 *
 * @param rules the rules without faults of their own, as the file has them
 * @param correlations the correlations without faults of their own
 * @param filters the filters without faults of their own
 */
public record RuleFile(
    RuleDocument document,
    List<SigmaRule> rules,
    List<SigmaCorrelation> correlations,
    List<SigmaFilter> filters,
    List<Issue> issues)
    implements ContentFile {

  public RuleFile {
    rules = List.copyOf(rules);
    correlations = List.copyOf(correlations);
    filters = List.copyOf(filters);
    issues = List.copyOf(issues);
  }

  /** Reads one file without regard to any other but for what placeholders stand for. */
  static RuleFile parse(RuleDocument document, Placeholders placeholders) {
    ParsedDocuments parsed = SigmaParser.parse(document.path(), document.text(), placeholders);
    return new RuleFile(
        document, parsed.rules(), parsed.correlations(), parsed.filters(), parsed.issues());
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
    List<Claim> claims = new ArrayList<>();
    rules.forEach(rule -> claims.add(new Claim("rule", rule.id(), rule.position())));
    correlations.forEach(found -> claims.add(new Claim("rule", found.id(), found.position())));
    filters.forEach(filter -> claims.add(new Claim("filter", filter.id(), filter.position())));
    return claims;
  }

  @Override
  public List<String> statusKeys() {
    return Stream.of(
            rules.stream().map(SigmaRule::id),
            correlations.stream().map(SigmaCorrelation::id),
            filters.stream().map(RuleFile::statusKeyOf))
        .flatMap(Function.identity())
        .toList();
  }

  @Override
  public RuleFile withIssues(List<Issue> other) {
    return new RuleFile(document, rules, correlations, filters, other);
  }
}
