package dev.lockstep.mapping;

import dev.lockstep.sigma.Condition;
import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a rule asks of events as they are, for the sources that it is about. */
record RewrittenRule(
    Map<String, Detection> detections, Condition condition, Map<String, List<String>> captures) {

  /** Branches under which the rule asks the same become one. */
  static RewrittenRule of(SigmaRule rule, List<Branch> branches) {
    Map<Map<String, Detection>, Set<Optional<Detection>>> sources = new LinkedHashMap<>();
    for (Branch branch : branches) {
      FieldRenaming renaming = new FieldRenaming(branch.names());
      Map<String, Detection> renamed = new LinkedHashMap<>();
      rule.detections().forEach((name, asked) -> renamed.put(name, renaming.rename(asked)));
      sources.computeIfAbsent(renamed, asked -> new LinkedHashSet<>()).add(branch.when());
    }
    Map<String, Detection> detections = new LinkedHashMap<>();
    List<Condition> conditions = new ArrayList<>();
    sources.forEach(
        (renamed, whens) -> {
          String mark = sources.size() == 1 ? "" : " [" + (conditions.size() + 1) + "]";
          renamed.forEach((name, asked) -> detections.put(name + mark, asked));
          Condition condition = rule.condition().choose(new MarkedNames(mark));
          conditions.add(restricted(condition, mark, whens, detections));
        });
    return new RewrittenRule(
        detections,
        conditions.size() == 1 ? conditions.get(0) : new Condition.AnyOf(conditions),
        captures(rule, branches));
  }

  SigmaRule applyTo(SigmaRule rule) {
    return rule.asking(detections, condition).capturing(captures);
  }

  /** An event is of one source, so that of all places the first that it has is the right one. */
  private static Map<String, List<String>> captures(SigmaRule rule, List<Branch> branches) {
    Map<String, List<String>> captures = new LinkedHashMap<>();
    rule.captures()
        .forEach(
            (name, fields) ->
                captures.put(
                    name,
                    branches.stream()
                        .flatMap(
                            branch ->
                                fields.stream()
                                    .flatMap(field -> branch.names().placesOf(field).stream()))
                        .distinct()
                        .toList()));
    return captures;
  }

  /**
   * Adds what an event of the sources fulfils. It is negated twice because the program takes no
   * notice of what stands under a negation but for its truth: what all rules of a source have in
   * common is neither what an alert should show nor what should call a rule up.
   */
  private static Condition restricted(
      Condition condition,
      String mark,
      Set<Optional<Detection>> whens,
      Map<String, Detection> detections) {
    if (whens.contains(Optional.<Detection>empty())) {
      return condition;
    }
    List<Detection> sources = whens.stream().flatMap(Optional::stream).toList();
    String name = "logsource" + mark;
    // Authors choose their names freely; this one must be nobody's.
    while (detections.containsKey(name)) {
      name = "[" + name + "]";
    }
    detections.put(name, sources.size() == 1 ? sources.get(0) : new Detection.AnyOf(sources));
    Condition source = new Condition.Not(new Condition.Not(new Condition.Identifier(name)));
    // First, for a condition that is called up by nothing either: then it is asked first.
    return new Condition.AllOf(List.of(source, condition));
  }

  /** Leads a condition to the search identifiers of one branch. */
  private record MarkedNames(String mark) implements Condition.Cases<Condition> {
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
      return new Condition.Identifier(name + mark);
    }
  }
}
