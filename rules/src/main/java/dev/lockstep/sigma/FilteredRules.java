package dev.lockstep.sigma;

import dev.lockstep.digest.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds filters to rules. A rule to which filters for some customers are added becomes several rules
 * of the same id, each for other customers and with the filters that count for them; no customer's
 * events are judged by two of them.
 */
public final class FilteredRules {
  private static final int HASH_BYTES = 8;

  private FilteredRules() {}

  /** Returns the rules in their order, each with all filters that apply to it, in their order. */
  public static List<SigmaRule> of(List<SigmaRule> rules, List<SigmaFilter> filters) {
    List<SigmaRule> filtered = new ArrayList<>();
    for (SigmaRule rule : rules) {
      List<SigmaFilter> applying =
          filters.stream().filter(filter -> filter.appliesTo(rule)).toList();
      if (applying.isEmpty()) {
        filtered.add(rule);
      } else {
        addByCustomers(rule, applying, filtered);
      }
    }
    return filtered;
  }

  private static void addByCustomers(
      SigmaRule rule, List<SigmaFilter> filters, List<SigmaRule> to) {
    List<SigmaFilter> ofOthers =
        filters.stream()
            .filter(filter -> filter.customers().kind() == CustomerScope.Kind.EXCEPT)
            .toList();
    Map<List<SigmaFilter>, Set<String>> named = new LinkedHashMap<>();
    for (String customer : namesIn(filters)) {
      List<SigmaFilter> own =
          filters.stream().filter(filter -> filter.customers().includes(customer)).toList();
      if (!own.equals(ofOthers)) {
        named.computeIfAbsent(own, key -> new LinkedHashSet<>()).add(customer);
      }
    }
    Set<String> apart = new LinkedHashSet<>();
    named.values().forEach(apart::addAll);
    add(rule, ofOthers, new CustomerScope(CustomerScope.Kind.EXCEPT, apart), to);
    named.forEach(
        (own, customers) ->
            add(rule, own, new CustomerScope(CustomerScope.Kind.ONLY, customers), to));
  }

  /** Sorted, so that equal content gives equal rules in equal order. */
  private static Set<String> namesIn(List<SigmaFilter> filters) {
    Set<String> names = new TreeSet<>();
    filters.forEach(filter -> names.addAll(filter.customers().customers()));
    return names;
  }

  private static void add(
      SigmaRule rule, List<SigmaFilter> filters, CustomerScope scope, List<SigmaRule> to) {
    CustomerScope both = rule.customers().and(scope);
    if (both.isEmpty()) {
      return;
    }
    Map<String, Detection> detections = new LinkedHashMap<>(rule.detections());
    List<Condition> conditions = new ArrayList<>(List.of(rule.condition()));
    List<String> hashes = new ArrayList<>(List.of(rule.contentHash()));
    for (SigmaFilter filter : filters) {
      conditions.add(filter.condition().choose(new Renaming(filter, detections)));
      hashes.add(filter.contentHash());
    }
    to.add(
        new SigmaRule(
            rule.id(),
            rule.title(),
            rule.level(),
            rule.status(),
            rule.tags(),
            rule.logsource(),
            rule.stage(),
            both,
            detections,
            filters.isEmpty() ? rule.condition() : new Condition.AllOf(conditions),
            rule.attributes(),
            filters.isEmpty() ? rule.contentHash() : Sha256.hexOfParts(hashes, HASH_BYTES),
            filters.stream().map(SigmaFilter::id).toList(),
            rule.position()));
  }

  /** Takes a filter's identifiers over into the rule's, under names that are not taken. */
  private static final class Renaming implements Condition.Cases<Condition> {
    private final Map<String, String> names = new LinkedHashMap<>();

    Renaming(SigmaFilter filter, Map<String, Detection> detections) {
      filter
          .detections()
          .forEach(
              (name, detection) -> {
                StringBuilder free = new StringBuilder(filter.id() + ": " + name);
                while (detections.containsKey(free.toString())) {
                  free.insert(0, "filter ");
                }
                detections.put(free.toString(), detection);
                names.put(name, free.toString());
              });
    }

    @Override
    public Condition allOf(List<Condition> parts) {
      return new Condition.AllOf(parts.stream().map(part -> part.choose(this)).toList());
    }

    @Override
    public Condition anyOf(List<Condition> parts) {
      return new Condition.AnyOf(parts.stream().map(part -> part.choose(this)).toList());
    }

    @Override
    public Condition not(Condition negated) {
      return new Condition.Not(negated.choose(this));
    }

    @Override
    public Condition identifier(String name) {
      return new Condition.Identifier(names.getOrDefault(name, name));
    }
  }
}
