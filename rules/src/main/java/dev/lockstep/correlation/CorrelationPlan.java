package dev.lockstep.correlation;

import dev.lockstep.digest.Sha256;
import dev.lockstep.sigma.CorrelationQuestion;
import dev.lockstep.sigma.RuleReference;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.sigma.Suppression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which correlations there are, and which rule's matches each of them takes. Immutable and safe for
 * use by many threads.
 */
public final class CorrelationPlan {

  /** No correlations. */
  public static final CorrelationPlan NONE = of(List.of(), List.of(), rule -> "");

  private static final int HASH_BYTES = 8;

  private final Map<String, Correlation> byId;
  private final Map<String, List<Feed>> feeds;
  private final Map<String, Set<String>> fields;
  private final Set<String> silent;

  private CorrelationPlan(
      Map<String, Correlation> byId,
      Map<String, List<Feed>> feeds,
      Map<String, Set<String>> fields,
      Set<String> silent) {
    this.byId = byId;
    this.feeds = feeds;
    this.fields = fields;
    this.silent = silent;
  }

  /**
   * Plans correlations that {@link CorrelationLinks} has no issues with.
   *
   * @param rules as they are written
   * @param meanings what a rule asks, as a hash
   */
  public static CorrelationPlan of(
      Collection<SigmaRule> rules,
      Collection<SigmaCorrelation> correlations,
      Function<SigmaRule, String> meanings) {
    CorrelationLinks links = new CorrelationLinks(rules, correlations);
    Map<String, Correlation> byId = new LinkedHashMap<>();
    Map<String, String> known = new HashMap<>();
    for (SigmaCorrelation correlation : correlations) {
      String meaning = meaning(correlation, links, meanings, known);
      byId.put(correlation.id(), new Correlation(correlation, meaning, links.stageOf(correlation)));
    }
    Map<String, List<Feed>> feeds = new HashMap<>();
    Map<String, Set<String>> fields = new HashMap<>();
    Set<String> silent = new HashSet<>();
    Set<String> loud = new HashSet<>();
    for (Correlation correlation : byId.values()) {
      List<RuleReference> references = correlation.written().rules();
      for (int member = 0; member < references.size(); member++) {
        String reference = references.get(member).rule();
        String id = links.idOf(reference);
        Feed feed = new Feed(correlation, member, groupFields(correlation.written(), reference));
        feeds.computeIfAbsent(id, key -> new ArrayList<>()).add(feed);
        Set<String> asked = fields.computeIfAbsent(id, key -> new LinkedHashSet<>());
        asked.addAll(feed.groupFields);
        asked.addAll(feed.valueFields());
        (correlation.written().generate() ? loud : silent).add(id);
      }
    }
    for (SigmaRule rule : rules) {
      Suppression.of(rule.attributes())
          .filter(suppression -> !suppression.by().isEmpty())
          .ifPresent(
              suppression ->
                  fields
                      .computeIfAbsent(rule.id(), key -> new LinkedHashSet<>())
                      .addAll(suppression.by()));
    }
    silent.removeAll(loud);
    return new CorrelationPlan(byId, feeds, fields, silent);
  }

  /** What each field of {@code group-by} is called in a rule. */
  private static List<String> groupFields(SigmaCorrelation correlation, String rule) {
    return correlation.groupBy().stream()
        .map(name -> correlation.aliases().getOrDefault(name, Map.of()).getOrDefault(rule, name))
        .toList();
  }

  private static String meaning(
      SigmaCorrelation correlation,
      CorrelationLinks links,
      Function<SigmaRule, String> meanings,
      Map<String, String> known) {
    String before = known.get(correlation.id());
    if (before != null) {
      return before;
    }
    List<String> parts = new ArrayList<>();
    parts.add(correlation.question().toString());
    parts.add(correlation.timespan().toString());
    parts.add(correlation.groupBy().toString());
    for (RuleReference reference : correlation.rules()) {
      parts.add(groupFields(correlation, reference.rule()).toString());
      parts.add(links.idOf(reference.rule()));
      Optional<SigmaCorrelation> child = links.correlation(reference.rule());
      parts.add(
          child.isPresent()
              ? meaning(child.get(), links, meanings, known)
              : meanings.apply(links.rule(reference.rule()).orElseThrow()));
    }
    String meaning = Sha256.hexOfParts(parts, HASH_BYTES);
    known.put(correlation.id(), meaning);
    return meaning;
  }

  /**
   * A rule whose matches a correlation takes.
   *
   * @param member the rule's number in the correlation, from 0
   * @param groupFields what the fields that the correlation groups by are called in the rule
   */
  public record Feed(Correlation correlation, int member, List<String> groupFields) {
    public Feed {
      groupFields = List.copyOf(groupFields);
    }

    /** The fields whose values the correlation asks for. */
    List<String> valueFields() {
      return correlation.question().fields();
    }

    /**
     * Returns the group of what was found; empty if there is no value of one of the fields.
     *
     * @param fields values by name
     */
    public Optional<GroupKey> groupOf(String customer, Map<String, String> fields) {
      return values(groupFields, fields)
          .map(
              group ->
                  new GroupKey(customer, correlation.written().id(), correlation.meaning(), group));
    }

    /**
     * Returns what was found as the correlation takes it.
     *
     * @param id of the event, or of the alert of a correlation
     * @param fields values by name
     * @param evidence see {@link Evidence}
     */
    public Occurrence occurrence(
        long atMillis, String id, Map<String, String> fields, String evidence) {
      return new Occurrence(
          atMillis,
          Evidence.bounded(id),
          member,
          values(valueFields(), fields).orElse(List.of()),
          evidence);
    }

    private static Optional<List<String>> values(List<String> names, Map<String, String> fields) {
      List<String> values = new ArrayList<>(names.size());
      for (String name : names) {
        String value = fields.get(name);
        if (value == null) {
          return Optional.empty();
        }
        values.add(Evidence.bounded(value));
      }
      return Optional.of(values);
    }

    /** Tells whether it makes a difference to the correlation which rule found an event. */
    public boolean tellsRulesApart() {
      CorrelationQuestion question = correlation.question();
      return question instanceof CorrelationQuestion.Temporal
          || question instanceof CorrelationQuestion.DistinctRules
          || question instanceof CorrelationQuestion.TemporalOrdered
          || question instanceof CorrelationQuestion.Ratio;
    }
  }

  /** All correlations, in the order in which they were given. */
  public List<Correlation> correlations() {
    return List.copyOf(byId.values());
  }

  /** The correlation of that id, whatever its meaning is. */
  public Optional<Correlation> correlation(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The correlations that take what the rule or correlation of that id finds. */
  public List<Feed> feedsOf(String ruleId) {
    return feeds.getOrDefault(ruleId, List.of());
  }

  /** The fields of events that are asked of what the rule of that id finds. */
  public Set<String> fieldsOf(String ruleId) {
    return fields.getOrDefault(ruleId, Set.of());
  }

  /** The rule, with what is asked of events that it finds as captured fields. */
  public SigmaRule capturing(SigmaRule rule) {
    Map<String, List<String>> captures = new LinkedHashMap<>();
    fieldsOf(rule.id()).forEach(field -> captures.put(field, List.of(field)));
    return captures.isEmpty() ? rule : rule.capturing(captures);
  }

  /** Tells whether what finds this sends no alert of its own, because it is for correlations. */
  public boolean isSilent(String ruleId) {
    return silent.contains(ruleId);
  }
}
