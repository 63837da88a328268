package dev.lockstep.correlation;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.RuleReference;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What correlations refer to, and what is wrong with that. */
public final class CorrelationLinks {

  /** So many correlations may be built on one another. */
  public static final int STAGES = 3;

  /** Whatever is as deep as that is refused, so nobody needs to know how deep it is. */
  private static final int DEEPEST = 100;

  private static final int CIRCULAR = Integer.MAX_VALUE;

  private final Map<String, Integer> stages = new HashMap<>();
  private final Map<String, Set<String>> idsByName = new HashMap<>();
  private final Map<String, SigmaRule> rules = new HashMap<>();
  private final Map<String, SigmaCorrelation> correlations = new HashMap<>();

  /**
   * @param rules as they are written
   */
  public CorrelationLinks(Collection<SigmaRule> rules, Collection<SigmaCorrelation> correlations) {
    for (SigmaRule rule : rules) {
      this.rules.put(rule.id(), rule);
      name(rule.id(), rule.attributes().get("name"));
    }
    for (SigmaCorrelation correlation : correlations) {
      this.correlations.put(correlation.id(), correlation);
      name(correlation.id(), correlation.attributes().get("name"));
    }
  }

  private void name(String id, @Nullable Object name) {
    idsByName.computeIfAbsent(id, key -> new HashSet<>()).add(id);
    if (name instanceof String text) {
      idsByName.computeIfAbsent(text, key -> new HashSet<>()).add(id);
    }
  }

  /**
   * What is wrong with the references of a correlation; empty if it can be planned.
   *
   * @param path of its file
   */
  public List<Issue> issuesOf(SigmaCorrelation correlation, String path) {
    List<Issue> issues = new ArrayList<>();
    for (RuleReference reference : correlation.rules()) {
      String name = reference.rule();
      int named = idsByName.getOrDefault(name, Set.of()).size();
      if (named == 0) {
        issues.add(issue(path, reference.position(), "there is no rule '%s'".formatted(name)));
      } else if (named > 1) {
        issues.add(
            issue(
                path,
                reference.position(),
                "%d rules are called '%s'; write an id".formatted(named, name)));
      } else {
        correlation(name)
            .ifPresent(child -> checkChild(correlation, child, reference, path, issues));
      }
    }
    if (issues.isEmpty() && stageOf(correlation) == CIRCULAR) {
      issues.add(
          issue(
              path,
              correlation.position(),
              "the correlation refers to itself, over others or not"));
    } else if (issues.isEmpty() && stageOf(correlation) > STAGES) {
      issues.add(
          issue(
              path,
              correlation.position(),
              "the correlation is built on %d others, one upon the other; at most %d are allowed"
                  .formatted(stageOf(correlation) - 1, STAGES - 1)));
    }
    return issues;
  }

  private void checkChild(
      SigmaCorrelation correlation,
      SigmaCorrelation child,
      RuleReference reference,
      String path,
      List<Issue> issues) {
    for (String name : correlation.groupBy()) {
      String field =
          correlation.aliases().getOrDefault(name, Map.of()).getOrDefault(reference.rule(), name);
      if (!child.groupBy().contains(field)) {
        issues.add(
            issue(
                path,
                reference.position(),
                "the correlation '%s' has no '%s' to group by; it groups by: %s"
                    .formatted(reference.rule(), field, String.join(", ", child.groupBy()))));
      }
    }
    if (!correlation.question().fields().isEmpty()) {
      issues.add(
          issue(
              path,
              reference.position(),
              "'%s' is a correlation, which has no values of fields".formatted(reference.rule())));
    }
  }

  /** 1 for a correlation of rules; {@link #CIRCULAR} for one that comes to itself. */
  int stageOf(SigmaCorrelation correlation) {
    return stageOf(correlation, new HashSet<>());
  }

  private int stageOf(SigmaCorrelation correlation, Set<String> above) {
    Integer known = stages.get(correlation.id());
    if (known != null) {
      return known;
    }
    if (!above.add(correlation.id()) || above.size() > DEEPEST) {
      return CIRCULAR;
    }
    int stage = 1;
    for (RuleReference reference : correlation.rules()) {
      Optional<SigmaCorrelation> child = correlation(reference.rule());
      if (child.isPresent()) {
        int below = stageOf(child.get(), above);
        stage = below == CIRCULAR ? CIRCULAR : Math.max(stage, 1 + below);
      }
      if (stage == CIRCULAR) {
        break;
      }
    }
    above.remove(correlation.id());
    stages.put(correlation.id(), stage);
    return stage;
  }

  /** The id of the only rule or correlation of that name or id. */
  String idOf(String reference) {
    return idsByName.getOrDefault(reference, Set.of(reference)).iterator().next();
  }

  Optional<SigmaRule> rule(String reference) {
    return Optional.ofNullable(rules.get(idOf(reference)));
  }

  Optional<SigmaCorrelation> correlation(String reference) {
    return Optional.ofNullable(correlations.get(idOf(reference)));
  }

  private static Issue issue(String path, Position position, String message) {
    return new Issue(path, position.line(), position.column(), message);
  }
}
