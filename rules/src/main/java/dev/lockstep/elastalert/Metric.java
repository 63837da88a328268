package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A metric of one field, outside of its bounds. */
record Metric(RuleSettings settings, String field, Timespan timespan, Bounds bounds) {

  /** Returns empty after having refused. */
  Optional<Draft> draft(YamlNode.Member type, String name, Filter filter) {
    return switch (name) {
      case "avg" -> of("value_avg", filter);
      case "min" -> percentile("0", filter);
      case "max" -> percentile("100", filter);
      case "percentiles" ->
          settings
              .required("percentile_range", "metric_aggregation")
              .flatMap(settings::number)
              .flatMap(percent -> percentile(percent, filter));
      case "sum" -> growing("value_sum", filter);
      case "cardinality" -> growing("value_count", filter);
      case "value_count" -> values(filter);
      default -> {
        settings.refuse(type, "there is no metric '" + name + "' in ElastAlert");
        yield Optional.empty();
      }
    };
  }

  private Optional<Draft> of(String correlation, Filter filter) {
    return of(correlation, filter, Map.of("field", Value.text(field)));
  }

  private Optional<Draft> of(String correlation, Filter filter, Map<String, Object> condition) {
    Draft draft = Draft.ofCorrelations(filter);
    bounds.addTo(draft, correlation, groupBy(), timespan, condition);
    return Optional.of(draft);
  }

  private Optional<Draft> percentile(String percent, Filter filter) {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("field", Value.text(field));
    condition.put("percentile", Value.plain(percent));
    return of("value_percentile", filter, condition);
  }

  private Optional<Draft> growing(String correlation, Filter filter) {
    bounds.refuseLeast(settings, groupBy());
    return of(correlation, filter);
  }

  /** Events that have the field; of too few of them one can only know as time passes. */
  private Optional<Draft> values(Filter filter) {
    Filter having = new Filter.Test(field, "|neq", Value.NULL);
    Draft draft = Draft.ofCorrelations(Filter.all(List.of(filter, having)));
    boolean both = bounds.least().isPresent() && bounds.greatest().isPresent();
    bounds
        .greatest()
        .ifPresent(
            bound ->
                draft.with(
                    both ? "above" : "",
                    "event_count",
                    groupBy(),
                    timespan,
                    Map.of("gt", Value.plain(bound))));
    bounds
        .least()
        .ifPresent(
            bound ->
                draft.with(
                    both ? "below" : "",
                    "absence",
                    groupBy(),
                    timespan,
                    Map.of("lt", Value.plain(bound))));
    return Optional.of(draft);
  }

  private List<String> groupBy() {
    return settings.fields(CountTypes.QUERY_KEY);
  }
}
