package dev.lockstep.mapping;

import dev.lockstep.sigma.CustomerScope;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Issues;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says which events belong to which log source, and where fields lie in them, by rewriting rules
 * before they are compiled. Immutable and safe for use by many threads.
 */
public final class FieldMapping {

  /** Leaves rules as they are: fields are taken as named, and logsources do not filter. */
  public static final FieldMapping NONE = new FieldMapping(List.of());

  private final List<EventSource> sources;
  private final Set<String> customers;

  private FieldMapping(List<EventSource> sources) {
    this.sources = List.copyOf(sources);
    this.customers = new TreeSet<>();
    sources.forEach(source -> customers.addAll(source.customers().keySet()));
  }

  /** Reads mappings that hold together: an event may be of any of them. */
  public static ParsedMapping parse(List<MappingDocument> documents) {
    List<EventSource> sources = new ArrayList<>();
    List<Issue> issues = new ArrayList<>();
    for (MappingDocument document : documents) {
      Issues found = new Issues(document.path());
      sources.addAll(new MappingReader(found).read(document.text()));
      issues.addAll(found.reported());
    }
    return new ParsedMapping(issues.isEmpty() ? new FieldMapping(sources) : NONE, issues);
  }

  /**
   * Rewrites rules. A rule becomes as many as there are customers who have its events in ways of
   * their own, each with the rule's identity, no two for the same customer, next to one another in
   * the order of the rules; none where the rule is {@link #uncovered} for everyone.
   */
  public List<SigmaRule> apply(List<SigmaRule> rules) {
    return sources.isEmpty() ? rules : rules.stream().flatMap(r -> variants(r).stream()).toList();
  }

  /**
   * The rules that judge no event, because no mapping knows their logsource; what only some
   * customers have does not count.
   */
  public List<SigmaRule> uncovered(List<SigmaRule> rules) {
    return sources.isEmpty()
        ? List.of()
        : rules.stream().filter(rule -> rewritten(rule, everyone()).isEmpty()).toList();
  }

  private List<SigmaRule> variants(SigmaRule rule) {
    Optional<RewrittenRule> usual = rewritten(rule, everyone());
    Map<Optional<RewrittenRule>, Set<String>> special = new LinkedHashMap<>();
    Set<String> apart = new TreeSet<>();
    for (String customer : customers) {
      Optional<RewrittenRule> own = rewritten(rule, layersOf(customer));
      if (!own.equals(usual)) {
        apart.add(customer);
        special.computeIfAbsent(own, rewritten -> new TreeSet<>()).add(customer);
      }
    }
    List<SigmaRule> variants = new ArrayList<>();
    add(rule, usual, new CustomerScope(CustomerScope.Kind.EXCEPT, apart), variants);
    special.forEach(
        (own, names) ->
            add(rule, own, new CustomerScope(CustomerScope.Kind.ONLY, names), variants));
    return variants;
  }

  private static void add(
      SigmaRule rule,
      Optional<RewrittenRule> rewritten,
      CustomerScope scope,
      List<SigmaRule> variants) {
    rewritten
        .map(asked -> asked.applyTo(rule).within(scope))
        .filter(variant -> !variant.customers().isEmpty())
        .ifPresent(variants::add);
  }

  private List<MappingLayer> everyone() {
    return sources.stream().map(EventSource::everyone).toList();
  }

  private List<MappingLayer> layersOf(String customer) {
    return sources.stream().map(source -> source.of(customer)).toList();
  }

  private static Optional<RewrittenRule> rewritten(SigmaRule rule, List<MappingLayer> layers) {
    List<Branch> branches = new ArrayList<>();
    layers.forEach(layer -> branches.addAll(layer.branches(rule.logsource())));
    if (branches.isEmpty()) {
      layers.forEach(layer -> layer.everyEvent().ifPresent(branches::add));
    }
    return branches.isEmpty() ? Optional.empty() : Optional.of(RewrittenRule.of(rule, branches));
  }
}
