package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The types that compare one field with a list, case for case, as ElastAlert does. */
final class ListTypes {
  private static final String KEY = "compare_key";

  private ListTypes() {}

  static Optional<Draft> blacklist(RuleSettings settings, Filter filter, RuleFilters filters) {
    return listed("blacklist", settings, filters)
        .map(listed -> Draft.ofEvents(Filter.all(List.of(filter, listed))));
  }

  static Optional<Draft> whitelist(RuleSettings settings, Filter filter, RuleFilters filters) {
    boolean ignoresNull = settings.truth("ignore_null");
    return listed("whitelist", settings, filters)
        .map(
            listed -> {
              List<Filter> left = new ArrayList<>(List.of(listed));
              if (ignoresNull) {
                left.add(new Filter.Test(listed.field(), "", Value.NULL));
              }
              return Draft.ofEvents(Filter.all(List.of(filter, Filter.not(Filter.any(left)))));
            });
  }

  private static Optional<Filter.Test> listed(
      String type, RuleSettings settings, RuleFilters filters) {
    Optional<YamlNode.Member> key = settings.required(KEY, type);
    Optional<YamlNode.Member> list = settings.required(type, type);
    if (key.isEmpty() || list.isEmpty()) {
      return Optional.empty();
    }
    List<String> fields = settings.fields(KEY);
    List<Value> values = filters.list(list.get());
    if (fields.size() > 1) {
      settings.refuse(
          key.get(),
          "ElastAlert compares the values of several fields joined by commas; write a filter for"
              + " each field");
    }
    if (fields.size() != 1 || values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Filter.Test(fields.get(0), "|cased", values));
  }
}
