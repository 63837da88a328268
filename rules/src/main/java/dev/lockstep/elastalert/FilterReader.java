package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import dev.lockstep.sigma.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads filters in the query language of Elasticsearch. */
final class FilterReader {
  private static final Set<String> BOOL =
      Set.of("must", "filter", "should", "must_not", "minimum_should_match", "boost");
  private static final Set<String> QUERY_STRING =
      Set.of(
          "query",
          "default_field",
          "fields",
          "default_operator",
          "analyze_wildcard",
          "allow_leading_wildcard",
          "lenient",
          "boost",
          "rewrite",
          "time_zone");

  private final String setting;
  private final FieldQueries fields;
  private final FieldTests tests;
  private final Remarks remarks;

  /**
   * @param setting the key of the rule that the filter is under
   */
  FilterReader(String setting, FieldTests tests, Remarks remarks) {
    this.setting = setting;
    this.fields = new FieldQueries(tests);
    this.tests = tests;
    this.remarks = remarks;
  }

  /** All of a list of filters; empty after having said what has no counterpart. */
  Optional<Filter> read(YamlNode node) {
    if (!(node instanceof YamlNode.Items items)) {
      remarks.refuse(node.position(), setting, "a list of filters, this is " + node.describe());
      return Optional.empty();
    }
    List<Filter> filters = new ArrayList<>();
    int faults = 0;
    for (YamlNode item : items.nodes()) {
      Optional<Filter> filter = readOne(item);
      filter.ifPresent(filters::add);
      faults += filter.isPresent() ? 0 : 1;
    }
    return faults == 0 ? Optional.of(Filter.all(filters)) : Optional.empty();
  }

  private Optional<Filter> readOne(YamlNode node) {
    try {
      return Optional.of(filter(node));
    } catch (PlacedFault e) {
      remarks.refuse(e.position(), setting, e.problem());
    } catch (FilterFault e) {
      remarks.refuse(node.position(), setting, e.problem());
    }
    return Optional.empty();
  }

  private Filter filter(YamlNode node) {
    try {
      return ofKind(Members.only(node, "a filter"));
    } catch (FilterFault e) {
      throw new PlacedFault(node.position(), e);
    }
  }

  private Filter ofKind(YamlNode.Member query) {
    YamlNode body = query.value();
    return switch (query.name()) {
      case "query", "constant_score" -> wrapped(body);
      case "query_string" -> queryString(body);
      case "bool" -> bool(body);
      case "and" -> Filter.all(filters(body));
      case "or" -> Filter.any(notEmpty(filters(body)));
      case "not" -> Filter.not(wrapped(body));
      case "match_all" -> Filter.EVERYTHING;
      default ->
          fields
              .read(query.name(), body)
              .orElseThrow(
                  () -> new FilterFault("the filter '" + query.name() + "' has no counterpart"));
    };
  }

  /** A filter that may have one more {@code filter} or {@code query} around it. */
  private Filter wrapped(YamlNode body) {
    YamlNode.Members members = Members.of(body, "a query");
    Optional<YamlNode.Member> inner = members.member("filter");
    return inner.isPresent() ? Filter.all(filters(inner.get().value())) : filter(body);
  }

  private List<Filter> filters(YamlNode body) {
    YamlNode list =
        body instanceof YamlNode.Members members && members.member("filters").isPresent()
            ? members.member("filters").get().value()
            : body;
    List<Filter> filters = new ArrayList<>();
    Members.items(list).forEach(item -> filters.add(filter(item)));
    return filters;
  }

  private static List<Filter> notEmpty(List<Filter> filters) {
    if (filters.isEmpty()) {
      throw new FilterFault("an empty list of alternatives matches nothing");
    }
    return filters;
  }

  private Filter bool(YamlNode body) {
    YamlNode.Members members = Members.of(body, "'bool'");
    Members.check(members, BOOL, "'bool'");
    List<Filter> all = new ArrayList<>();
    part(members, "must").forEach(all::add);
    part(members, "filter").forEach(all::add);
    List<Filter> should = part(members, "should");
    if (!should.isEmpty()) {
      all.addAll(should(members, should, !all.isEmpty()));
    }
    part(members, "must_not").forEach(prohibited -> all.add(Filter.not(prohibited)));
    return Filter.all(all);
  }

  private List<Filter> part(YamlNode.Members members, String name) {
    return members.member(name).map(member -> filters(member.value())).orElse(List.of());
  }

  /** Where something else is required, alternatives need not be fulfilled unless that is said. */
  private List<Filter> should(YamlNode.Members members, List<Filter> should, boolean optional) {
    String least = Members.text(members, "minimum_should_match").orElse(optional ? "0" : "1");
    if (least.equals("1")) {
      return List.of(Filter.any(should));
    }
    if (least.equals(String.valueOf(should.size())) || least.equals("100%")) {
      return should;
    }
    if (!least.equals("0")) {
      throw new FilterFault(
          "'minimum_should_match: %s' has no counterpart; there is 1 and all".formatted(least));
    }
    members
        .member("should")
        .ifPresent(
            member ->
                remarks.note(
                    member.key().position(),
                    setting,
                    "'should' decides nothing here, for something else is required and there is no"
                        + " 'minimum_should_match'; it is left out"));
    return List.of();
  }

  private Filter queryString(YamlNode body) {
    YamlNode.Members members = Members.of(body, "'query_string'");
    Members.check(members, QUERY_STRING, "'query_string'");
    YamlNode.Member text =
        members.member("query").orElseThrow(() -> new FilterFault("'query_string' has no 'query'"));
    String operator = Members.text(members, "default_operator").orElse("OR");
    List<String> defaults = new ArrayList<>();
    members
        .member("fields")
        .or(() -> members.member("default_field"))
        .ifPresent(
            member ->
                Members.items(member.value()).forEach(field -> defaults.add(defaultField(field))));
    defaults.removeIf("*"::equals);
    LuceneQuery query =
        new LuceneQuery(Scalars.text(text.value()), operator.equalsIgnoreCase("AND"), defaults);
    return parse(query, (Scalar) text.value());
  }

  private static String defaultField(YamlNode node) {
    String field = Scalars.text(node);
    int boost = field.indexOf('^');
    return boost < 0 ? field : field.substring(0, boost);
  }

  private Filter parse(LuceneQuery query, Scalar written) {
    List<Integer> ignored = new ArrayList<>();
    try {
      Filter filter = LuceneParser.parse(query, tests, ignored);
      for (int offset : ignored) {
        remarks.note(
            written.at(offset),
            setting,
            "what begins at character %d of the query decides nothing: Lucene makes required what"
                    .formatted(offset + 1)
                + " AND joins, and all else optional; it is left out. Parentheses would say what"
                + " belongs together");
      }
      return filter;
    } catch (FilterFault e) {
      String where = "character %d of the query: ".formatted(e.offset() + 1);
      throw new PlacedFault(
          written.at(Math.min(e.offset(), query.text().length())),
          new FilterFault(where + e.problem()));
    }
  }
}
