package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types that count events in a window. */
final class CountTypes {
  static final String TIMEFRAME = "timeframe";
  static final String QUERY_KEY = "query_key";

  private CountTypes() {}

  static Optional<Draft> frequency(RuleSettings settings, Filter filter, RuleFilters filters) {
    return counted("frequency", "num_events", "event_count", "gte", settings, filter);
  }

  static Optional<Draft> flatline(RuleSettings settings, Filter filter, RuleFilters filters) {
    // to forget a key after its alert is what 'absence' does anyway
    settings.truth("forget_keys");
    return counted("flatline", "threshold", "absence", "lt", settings, filter);
  }

  private static Optional<Draft> counted(
      String type,
      String setting,
      String correlation,
      String comparison,
      RuleSettings settings,
      Filter filter) {
    Optional<String> bound = settings.required(setting, type).flatMap(settings::count);
    Optional<Timespan> timespan = timeframe(type, settings);
    if (bound.isEmpty() || timespan.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Draft.ofCorrelations(filter)
            .with(
                "",
                correlation,
                settings.fields(QUERY_KEY),
                timespan.get(),
                Map.of(comparison, Value.plain(bound.get()))));
  }

  static Optional<Draft> spike(RuleSettings settings, Filter filter, RuleFilters filters) {
    Optional<YamlNode.Member> kind = settings.required("spike_type", "spike");
    Optional<String> ratio = settings.required("spike_height", "spike").flatMap(settings::number);
    Optional<Timespan> timespan = timeframe("spike", settings);
    settings
        .member("field_value")
        .ifPresent(
            field ->
                settings.refuse(
                    field,
                    "ElastAlert compares means of the field; 'spike' and 'drop' compare sums"
                        + " ('condition.field')"));
    Map<String, Object> condition = new LinkedHashMap<>();
    ratio.ifPresent(number -> condition.put("ratio", Value.plain(number)));
    Optional<YamlNode.Member> current = settings.member("threshold_cur");
    least(current, settings).ifPresent(least -> condition.put("min-current", least));
    least(settings.member("threshold_ref"), settings)
        .ifPresent(least -> condition.put("min-reference", least));
    Optional<String> name = kind.flatMap(settings::text);
    if (!condition.containsKey("min-reference") && kind.isPresent()) {
      settings.note(
          kind.get(),
          "without 'threshold_ref' any event after a window without events is a spike to"
              + " ElastAlert; here the window before has at least one ('min-reference')");
    }
    if (name.isPresent() && !Set.of("up", "down", "both").contains(name.get())) {
      settings.refuse(kind.get(), "there is up, down and both");
      return Optional.empty();
    }
    if (ratio.isEmpty() || timespan.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    List<String> groupBy = settings.fields(QUERY_KEY);
    Draft draft = Draft.ofCorrelations(filter);
    boolean both = name.get().equals("both");
    if (!name.get().equals("down")) {
      draft.with(both ? "up" : "", "spike", groupBy, timespan.get(), condition);
    }
    if (!name.get().equals("up")) {
      Map<String, Object> rest = new LinkedHashMap<>(condition);
      if (rest.remove("min-current") != null) {
        current.ifPresent(
            member -> settings.lose(member, "'drop' asks for no least number in the window"));
      }
      draft.with(both ? "down" : "", "drop", groupBy, timespan.get(), rest);
    }
    return Optional.of(draft);
  }

  /** A threshold; 0 is as good as none. */
  private static Optional<Value> least(Optional<YamlNode.Member> member, RuleSettings settings) {
    return member
        .flatMap(settings::number)
        .filter(number -> Double.parseDouble(number) > 0)
        .map(Value::plain);
  }

  static Optional<Draft> cardinality(RuleSettings settings, Filter filter, RuleFilters filters) {
    Optional<YamlNode.Member> field = settings.required("cardinality_field", "cardinality");
    Optional<Timespan> timespan = timeframe("cardinality", settings);
    List<String> fields = settings.fields("cardinality_field");
    Bounds bounds = Bounds.read(settings, "min_cardinality", "max_cardinality", "cardinality");
    List<String> groupBy = settings.fields(QUERY_KEY);
    bounds.refuseLeast(settings, groupBy);
    if (field.isEmpty() || timespan.isEmpty() || fields.size() != 1) {
      return Optional.empty();
    }
    Draft draft = Draft.ofCorrelations(filter);
    bounds.addTo(
        draft, "value_count", groupBy, timespan.get(), Map.of("field", Value.text(fields.get(0))));
    return Optional.of(draft);
  }

  static Optional<Timespan> timeframe(String type, RuleSettings settings) {
    return settings.required(TIMEFRAME, type).flatMap(settings::timespan);
  }
}
