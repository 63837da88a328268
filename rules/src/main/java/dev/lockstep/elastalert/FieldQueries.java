package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads those queries of Elasticsearch that ask about one field. */
final class FieldQueries {
  private static final Map<String, String> BOUNDS =
      Map.of("gt", "gt", "gte", "gte", "lt", "lt", "lte", "lte", "from", "gte", "to", "lte");
  private static final Set<String> RANGE =
      Set.of("gt", "gte", "lt", "lte", "from", "to", "include_lower", "include_upper", "boost");

  private final FieldTests tests;

  FieldQueries(FieldTests tests) {
    this.tests = tests;
  }

  /** Empty if there is no such query. */
  Optional<Filter> read(String kind, YamlNode body) {
    return Optional.ofNullable(
        switch (kind) {
          case "term" -> term(body);
          case "terms" -> terms(body);
          case "match" -> match(body);
          case "match_phrase" -> matchPhrase(body);
          case "wildcard" -> wildcard(body);
          case "prefix" -> prefix(body);
          case "regexp" -> regexp(body);
          case "range" -> range(body);
          case "exists" -> tests.exists(field(body, kind));
          case "missing" -> Filter.not(tests.exists(field(body, kind)));
          default -> null;
        });
  }

  private Filter term(YamlNode body) {
    YamlNode.Member field = Members.only(body, "'term'");
    String text = value(field, "value", Set.of("case_insensitive"));
    return tests.value(nameOf(field), WildText.literal(text));
  }

  private Filter terms(YamlNode body) {
    List<YamlNode.Member> fields = new ArrayList<>(Members.of(body, "'terms'").members());
    fields.removeIf(member -> member.name().equals("boost"));
    if (fields.size() != 1 || !(fields.get(0).value() instanceof YamlNode.Items values)) {
      throw new FilterFault("'terms' has one field with a list of values");
    }
    if (values.nodes().isEmpty()) {
      throw new FilterFault("an empty list of values matches nothing");
    }
    List<Filter> any = new ArrayList<>();
    for (YamlNode value : values.nodes()) {
      any.add(tests.value(fields.get(0).name(), WildText.literal(Scalars.text(value))));
    }
    return Filter.any(any);
  }

  private Filter match(YamlNode body) {
    YamlNode.Member field = Members.only(body, "'match'");
    String text = value(field, "query", Set.of("operator", "lenient"));
    boolean all =
        field.value() instanceof YamlNode.Members members
            && Members.text(members, "operator").orElse("or").equalsIgnoreCase("and");
    return tests.words(field.name(), text, all);
  }

  private Filter matchPhrase(YamlNode body) {
    YamlNode.Member field = Members.only(body, "'match_phrase'");
    return tests.phrase(field.name(), value(field, "query", Set.of()));
  }

  private Filter wildcard(YamlNode body) {
    YamlNode.Member field = Members.only(body, "'wildcard'");
    boolean other =
        field.value() instanceof YamlNode.Members members && members.member("wildcard").isPresent();
    String text = value(field, other ? "wildcard" : "value", Set.of("case_insensitive", "rewrite"));
    return tests.value(nameOf(field), WildText.ofWildcards(text));
  }

  private Filter prefix(YamlNode body) {
    YamlNode.Member field = Members.only(body, "'prefix'");
    return tests.prefix(
        nameOf(field), value(field, "value", Set.of("case_insensitive", "rewrite")));
  }

  private Filter regexp(YamlNode body) {
    YamlNode.Member field = Members.only(body, "'regexp'");
    String expression =
        value(field, "value", Set.of("case_insensitive", "rewrite", "max_determinized_states"));
    return tests.regex(field.name(), expression, ignoresCase(field));
  }

  /** Without the postfix by which case would count, if it must not. */
  private static String nameOf(YamlNode.Member field) {
    return ignoresCase(field) ? FieldTests.withoutPostfix(field.name()) : field.name();
  }

  private static boolean ignoresCase(YamlNode.Member field) {
    return field.value() instanceof YamlNode.Members members
        && Members.text(members, "case_insensitive").orElse("false").equals("true");
  }

  private Filter range(YamlNode body) {
    YamlNode.Member field = Members.only(body, "'range'");
    YamlNode.Members bounds = Members.of(field.value(), "the range of a field");
    Members.check(bounds, RANGE, "'range'");
    List<Filter> all = new ArrayList<>();
    for (YamlNode.Member bound : bounds.members()) {
      String comparison = BOUNDS.get(bound.name());
      if (comparison != null && !isNull(bound.value())) {
        all.add(
            tests.comparison(
                field.name(), strict(bounds, bound, comparison), Scalars.text(bound.value())));
      }
    }
    return all.isEmpty() ? tests.exists(field.name()) : Filter.all(all);
  }

  private static String strict(YamlNode.Members bounds, YamlNode.Member bound, String comparison) {
    String included =
        switch (bound.name()) {
          case "from" -> "include_lower";
          case "to" -> "include_upper";
          default -> "";
        };
    boolean excluded = Members.text(bounds, included).orElse("true").equals("false");
    return excluded ? comparison.substring(0, 2) : comparison;
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.is(YamlNode.ScalarType.NULL);
  }

  private static String field(YamlNode body, String kind) {
    YamlNode.Members members = Members.of(body, "'" + kind + "'");
    return Members.text(members, "field")
        .orElseThrow(() -> new FilterFault("'" + kind + "' has no 'field'"));
  }

  /** The value of a field, written as it is or in a map beside what changes its meaning. */
  private static String value(YamlNode.Member field, String name, Set<String> allowed) {
    if (!(field.value() instanceof YamlNode.Members members)) {
      return Scalars.text(field.value());
    }
    List<YamlNode.Member> others = new ArrayList<>(members.members());
    others.removeIf(
        member ->
            member.name().equals(name)
                || member.name().equals("boost")
                || allowed.contains(member.name()));
    if (!others.isEmpty()) {
      throw new FilterFault("'%s' of a query has no counterpart".formatted(others.get(0).name()));
    }
    return Members.text(members, name)
        .orElseThrow(() -> new FilterFault("'%s' has no '%s'".formatted(field.name(), name)));
  }
}
