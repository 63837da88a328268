package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types that ElastAlert asks of aggregations. */
final class ShareTypes {
  private static final Timespan USUAL_BUFFER = new Timespan(15 * 60);

  private ShareTypes() {}

  static Optional<Draft> percentage(RuleSettings settings, Filter filter, RuleFilters filters) {
    settings.required("match_bucket_filter", "percentage_match");
    Optional<Filter> matches = filters.filter("match_bucket_filter");
    Bounds bounds = Bounds.read(settings, "min_percentage", "max_percentage", "percentage_match");
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("part", new Draft.Reference(Draft.MATCHES));
    condition.put("of", new Draft.Reference(Draft.EVENTS));
    settings
        .member("min_denominator")
        .flatMap(settings::number)
        .filter(number -> Double.parseDouble(number) > 0)
        .ifPresent(number -> condition.put("min", Value.plain(number)));
    Optional<Timespan> timespan = window(settings);
    if (matches.isEmpty() || timespan.isEmpty()) {
      return Optional.empty();
    }
    Draft draft = Draft.ofCorrelations(filter);
    draft.bases().add(new Draft.Base(Draft.MATCHES, Filter.all(List.of(filter, matches.get()))));
    bounds.addTo(draft, "ratio", settings.fields(CountTypes.QUERY_KEY), timespan.get(), condition);
    draft.correlations().replaceAll(ShareTypes::ofBoth);
    return Optional.of(draft);
  }

  private static Draft.Correlation ofBoth(Draft.Correlation one) {
    return new Draft.Correlation(
        one.part(),
        one.type(),
        List.of(Draft.EVENTS, Draft.MATCHES),
        one.groupBy(),
        one.timespan(),
        one.condition(),
        one.more());
  }

  static Optional<Draft> metric(RuleSettings settings, Filter filter, RuleFilters filters) {
    Optional<YamlNode.Member> type = settings.required("metric_agg_type", "metric_aggregation");
    Optional<YamlNode.Member> key = settings.required("metric_agg_key", "metric_aggregation");
    settings
        .member("metric_agg_script")
        .ifPresent(script -> settings.refuse(script, "scripts have no counterpart"));
    List<String> fields = settings.fields("metric_agg_key");
    Bounds bounds = Bounds.read(settings, "min_threshold", "max_threshold", "metric_aggregation");
    Optional<Timespan> timespan = window(settings);
    Optional<String> name = type.flatMap(settings::text);
    if (name.isEmpty() || key.isEmpty() || fields.size() != 1 || timespan.isEmpty()) {
      return Optional.empty();
    }
    return new Metric(settings, fields.get(0), timespan.get(), bounds)
        .draft(type.get(), name.get(), filter);
  }

  /** The time that ElastAlert aggregates over. */
  private static Optional<Timespan> window(RuleSettings settings) {
    Optional<YamlNode.Member> interval = settings.member("bucket_interval");
    Optional<YamlNode.Member> stated = interval.or(() -> settings.member("buffer_time"));
    if (stated.isPresent()) {
      return settings.timespan(stated.get());
    }
    settings
        .remarks()
        .lose(
            settings.position(),
            "buffer_time",
            "it stands in ElastAlert's config.yaml and is taken for %s; set 'timespan', or"
                    .formatted(USUAL_BUFFER)
                + " 'bucket_interval' here");
    return Optional.of(USUAL_BUFFER);
  }
}
