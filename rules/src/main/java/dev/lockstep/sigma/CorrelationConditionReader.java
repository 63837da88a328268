package dev.lockstep.sigma;

import dev.lockstep.sigma.ConditionLexer.Token;
import dev.lockstep.sigma.CorrelationQuestion.Absence;
import dev.lockstep.sigma.CorrelationQuestion.Change;
import dev.lockstep.sigma.CorrelationQuestion.DistinctRules;
import dev.lockstep.sigma.CorrelationQuestion.Estimated;
import dev.lockstep.sigma.CorrelationQuestion.EventCount;
import dev.lockstep.sigma.CorrelationQuestion.NewTerm;
import dev.lockstep.sigma.CorrelationQuestion.Ratio;
import dev.lockstep.sigma.CorrelationQuestion.Shift;
import dev.lockstep.sigma.CorrelationQuestion.Temporal;
import dev.lockstep.sigma.CorrelationQuestion.TemporalOrdered;
import dev.lockstep.sigma.CorrelationQuestion.ValueAverage;
import dev.lockstep.sigma.CorrelationQuestion.ValueCount;
import dev.lockstep.sigma.CorrelationQuestion.ValuePercentile;
import dev.lockstep.sigma.CorrelationQuestion.ValueSum;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Reads what a correlation asks; empty results come after having reported why. */
final class CorrelationConditionReader {
  static final int MOST_EVENTS = 1_000_000;
  private static final int MOST_WINDOWS = 100;
  private static final int PERCENT = 100;
  private static final int FORGOTTEN_AFTER = 20;
  private static final BigDecimal MEDIAN = BigDecimal.valueOf(50);

  private static final Map<String, Comparison> COMPARISONS =
      Map.of(
          "gt", Comparison.GT,
          "gte", Comparison.GTE,
          "lt", Comparison.LT,
          "lte", Comparison.LTE,
          "eq", Comparison.EQ);

  private static final String NEQ = "neq";
  private static final Set<String> OPERATORS = Set.of("and", "or", "not", "of");

  private final CorrelationMap section;
  private final DocumentScope scope;
  private final Issues issues;

  /**
   * @param section the value of {@code correlation}
   */
  CorrelationConditionReader(CorrelationMap section, DocumentScope scope) {
    this.section = section;
    this.scope = scope;
    this.issues = scope.issues();
  }

  /**
   * The names of rules in an expression, in their order; none if there is no expression, or if it
   * speaks of the list of rules, as in {@code 1 of them}.
   */
  Set<String> rulesInExpression() {
    Set<String> names = new LinkedHashSet<>();
    section
        .node("condition")
        .filter(YamlNode.Scalar.class::isInstance)
        .map(node -> lowerOperators((YamlNode.Scalar) node))
        .ifPresent(
            scalar -> {
              for (Token token : ConditionLexer.tokensOf(scalar.text())) {
                if (token.isWord()) {
                  names.add(token.text());
                }
              }
            });
    if (names.contains("of")) {
      return Set.of();
    }
    names.removeAll(OPERATORS);
    return names;
  }

  /** Reads the condition of the type. */
  Optional<CorrelationQuestion> read(String type, List<String> rules, Duration timespan) {
    Optional<Integer> exactUpTo = section.whole("exact-up-to", 1, MOST_EVENTS);
    return condition(type, rules, timespan)
        .map(
            question ->
                exactUpTo.isPresent() ? new Estimated(question, exactUpTo.get()) : question);
  }

  private Optional<CorrelationQuestion> condition(
      String type, List<String> rules, Duration timespan) {
    return switch (type) {
      case "event_count" -> counted(Set.of(), (map, bounds) -> new EventCount(bounds));
      case "value_count" ->
          counted(
              Set.of("field"),
              (map, bounds) -> new ValueCount(fields(map).orElse(List.of()), bounds));
      case "value_sum" -> compared((map, bounds) -> new ValueSum(field(map), bounds));
      case "value_avg" -> compared((map, bounds) -> new ValueAverage(field(map), bounds));
      case "value_median" ->
          compared((map, bounds) -> new ValuePercentile(field(map), MEDIAN, bounds));
      case "value_percentile" -> percentile();
      case "temporal" -> temporal(rules);
      case "temporal_ordered" -> ordered(rules);
      case "absence" -> absence(timespan);
      case "spike" -> shift(/* up= */ true);
      case "drop" -> shift(/* up= */ false);
      case "new_term" -> newTerm();
      case "change" -> condition(Set.of("field")).flatMap(map -> fields(map).map(Change::new));
      case "ratio" -> ratio(rules);
      default -> throw new IllegalArgumentException("no such type: " + type);
    };
  }

  private Optional<CorrelationQuestion> counted(
      Set<String> others, BiFunction<CorrelationMap, Bounds, CorrelationQuestion> made) {
    return condition(withComparisons(others))
        .flatMap(map -> bounds(map, /* wholeOnly= */ true).map(bounds -> made.apply(map, bounds)));
  }

  private Optional<CorrelationQuestion> compared(
      BiFunction<CorrelationMap, Bounds, CorrelationQuestion> made) {
    return condition(withComparisons(Set.of("field")))
        .flatMap(map -> bounds(map, /* wholeOnly= */ false).map(bounds -> made.apply(map, bounds)));
  }

  private Optional<CorrelationQuestion> percentile() {
    return condition(withComparisons(Set.of("field", "percentile")))
        .flatMap(
            map -> {
              BigDecimal percentile = map.number("percentile").orElse(MEDIAN);
              if (percentile.signum() < 0
                  || percentile.compareTo(BigDecimal.valueOf(PERCENT)) > 0) {
                issues.report(map.position(), map.quoted("percentile") + " is from 0 to 100");
              }
              return bounds(map, /* wholeOnly= */ false)
                  .map(bounds -> new ValuePercentile(field(map), percentile, bounds));
            });
  }

  private Optional<CorrelationQuestion> temporal(List<String> rules) {
    Optional<YamlNode> node = section.node("condition");
    if (node.isEmpty()) {
      List<Condition> all = new ArrayList<>();
      rules.forEach(rule -> all.add(new Condition.Identifier(rule)));
      return Optional.of(new Temporal(new Condition.AllOf(all)));
    }
    if (node.get() instanceof YamlNode.Scalar scalar) {
      return ConditionParser.parse(lowerOperators(scalar), new LinkedHashSet<>(rules), scope)
          .map(Temporal::new);
    }
    return counted(Set.of(), (map, bounds) -> new DistinctRules(bounds));
  }

  private Optional<CorrelationQuestion> ordered(List<String> rules) {
    Optional<YamlNode> node = section.node("condition");
    if (node.isPresent() && node.get() instanceof YamlNode.Scalar scalar) {
      Optional<Condition> condition =
          ConditionParser.parse(lowerOperators(scalar), new LinkedHashSet<>(rules), scope);
      if (condition.isPresent() && !isConjunction(condition.get())) {
        issues.report(
            scalar.position(),
            "rules in an order can only be combined by 'and'; for 'or' and 'not' there is the type"
                + " temporal");
      }
    } else if (node.isPresent()) {
      issues.report(
          node.get().position(),
          "'temporal_ordered' needs all of its rules, and no number of them");
    }
    return Optional.of(new TemporalOrdered());
  }

  private static boolean isConjunction(Condition condition) {
    return condition instanceof Condition.Identifier
        || (condition instanceof Condition.AllOf all
            && all.parts().stream().allMatch(Condition.Identifier.class::isInstance));
  }

  private Optional<CorrelationQuestion> absence(Duration timespan) {
    Duration forget = section.duration("forget").orElse(timespan.multipliedBy(FORGOTTEN_AFTER));
    if (forget.compareTo(timespan) <= 0) {
      issues.report(section.position(), section.quoted("forget") + " is longer than the timespan");
    }
    Optional<Bounds> count =
        section.node("condition").isEmpty()
            ? Optional.of(Bounds.of(Comparison.LT, 1))
            : condition(Set.of("lt", "lte")).flatMap(map -> bounds(map, /* wholeOnly= */ true));
    if (count.filter(CorrelationConditionReader::isOfNoEvent).isPresent()) {
      issues.report(section.position(), "an absence is of at least one event: 'lt' is at least 1");
    }
    return count.map(bounds -> new Absence(bounds, forget));
  }

  private static boolean isOfNoEvent(Bounds count) {
    return count.bounds().stream()
        .anyMatch(bound -> bound.comparison() == Comparison.LT && bound.number().signum() == 0);
  }

  private Optional<CorrelationQuestion> shift(boolean up) {
    Optional<CorrelationMap> condition =
        condition(Set.of("ratio", "min-current", "min-reference", "field"));
    int windows = section.whole("windows", 1, MOST_WINDOWS).orElse(1);
    if (condition.isEmpty()) {
      return Optional.empty();
    }
    CorrelationMap map = condition.get();
    Optional<BigDecimal> ratio = map.required("ratio").flatMap(node -> map.number("ratio"));
    if (ratio.filter(factor -> factor.compareTo(BigDecimal.ONE) < 0).isPresent()) {
      issues.report(map.position(), map.quoted("ratio") + " is at least 1");
    }
    Optional<String> field = map.node("field").isEmpty() ? Optional.empty() : map.field("field");
    return ratio.map(
        factor ->
            new Shift(
                up,
                factor,
                map.number("min-current").orElse(BigDecimal.ONE),
                map.number("min-reference").orElse(BigDecimal.ONE),
                windows,
                field));
  }

  private Optional<CorrelationQuestion> newTerm() {
    Duration learning = section.duration("learning").orElse(Duration.ZERO);
    return condition(Set.of("field"))
        .flatMap(this::fields)
        .map(fields -> new NewTerm(fields, learning));
  }

  private Optional<CorrelationQuestion> ratio(List<String> rules) {
    return condition(withComparisons(Set.of("part", "of", "min")))
        .flatMap(
            map -> {
              String part = ruleIn(map, "part", rules);
              String of = ruleIn(map, "of", rules);
              int least = map.whole("min", 1, MOST_EVENTS).orElse(1);
              return bounds(map, /* wholeOnly= */ false)
                  .map(bounds -> new Ratio(part, of, bounds, least));
            });
  }

  private String ruleIn(CorrelationMap map, String name, List<String> rules) {
    String rule = map.field(name).orElse("");
    if (!rule.isEmpty() && !rules.contains(rule)) {
      issues.report(
          map.position(),
          "%s is '%s', which is none of the rules: %s"
              .formatted(map.quoted(name), rule, String.join(", ", rules)));
    }
    return rule;
  }

  private Optional<CorrelationMap> condition(Set<String> allowed) {
    Optional<YamlNode> node = section.required("condition");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!(node.get() instanceof YamlNode.Members members)) {
      issues.report(
          node.get().position(),
          "'correlation.condition' is a map for this type, this is " + node.get().describe());
      return Optional.empty();
    }
    CorrelationMap map = new CorrelationMap(members, "correlation.condition", issues);
    map.allowOnly(allowed);
    return Optional.of(map);
  }

  private Optional<Bounds> bounds(CorrelationMap map, boolean wholeOnly) {
    List<Bounds.Bound> bounds = new ArrayList<>();
    for (String term : withComparisons(Set.of())) {
      map.number(term)
          .ifPresent(
              number -> {
                if (wholeOnly && !CorrelationMap.isWithin(number, 0, MOST_EVENTS)) {
                  issues.report(
                      map.position(),
                      "%s is a whole number from 0 to %d".formatted(map.quoted(term), MOST_EVENTS));
                }
                boolean not = term.equals(NEQ);
                Comparison comparison =
                    not ? Comparison.EQ : COMPARISONS.getOrDefault(term, Comparison.EQ);
                bounds.add(new Bounds.Bound(comparison, not, number));
              });
    }
    if (bounds.isEmpty()) {
      issues.report(
          map.position(),
          "the condition compares with nothing; there is %s"
              .formatted(String.join(", ", withComparisons(Set.of()))));
      return Optional.empty();
    }
    return Optional.of(new Bounds(bounds));
  }

  private Optional<List<String>> fields(CorrelationMap map) {
    return map.required("field").map(node -> map.names(node, "field"));
  }

  private static String field(CorrelationMap map) {
    return map.field("field").orElse("");
  }

  private static Set<String> withComparisons(Set<String> others) {
    Set<String> all = new TreeSet<>(COMPARISONS.keySet());
    all.add(NEQ);
    all.addAll(others);
    return all;
  }

  /** The draft of 2.2 writes operators in capitals, pySigma in small letters. */
  private static YamlNode.Scalar lowerOperators(YamlNode.Scalar scalar) {
    StringBuilder text = new StringBuilder(scalar.text());
    for (Token token : ConditionLexer.tokensOf(scalar.text())) {
      String lower = token.text().toLowerCase(Locale.ROOT);
      if (OPERATORS.contains(lower)) {
        text.replace(token.offset(), token.offset() + lower.length(), lower);
      }
    }
    return new YamlNode.Scalar(scalar.type(), text.toString(), scalar.indent(), scalar.position());
  }
}
