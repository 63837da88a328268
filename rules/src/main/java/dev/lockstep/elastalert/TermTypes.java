package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types that remember values. */
final class TermTypes {
  private static final Timespan USUAL_MEMORY = Timespan.ofDays(30);
  private static final Timespan LONGEST_LEARNING = Timespan.ofDays(7);

  private TermTypes() {}

  static Optional<Draft> change(RuleSettings settings, Filter filter, RuleFilters filters) {
    settings.required("compare_key", "change");
    settings.required(CountTypes.QUERY_KEY, "change");
    Optional<YamlNode.Member> timeframe = settings.member(CountTypes.TIMEFRAME);
    Optional<Timespan> timespan = timeframe.flatMap(settings::timespan);
    if (timeframe.isEmpty()) {
      settings
          .remarks()
          .lose(
              settings.position(),
              CountTypes.TIMEFRAME,
              "without it ElastAlert remembers a value until it is restarted, here for "
                  + USUAL_MEMORY);
    }
    Optional<YamlNode.Member> ignoreNull = settings.member("ignore_null");
    if (ignoreNull.isPresent() && !settings.truth("ignore_null")) {
      settings.lose(ignoreNull.get(), "an event without the field is no change here");
    }
    List<String> fields = settings.fields("compare_key");
    List<String> groupBy = settings.fields(CountTypes.QUERY_KEY);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Draft.ofCorrelations(filter)
            .with(
                "", "change", groupBy, timespan.orElse(USUAL_MEMORY), Map.of("field", of(fields))));
  }

  /** A field, or a list of them. */
  private static Object of(List<String> fields) {
    return fields.size() == 1 ? Value.text(fields.get(0)) : fields;
  }

  static Optional<Draft> newTerm(RuleSettings settings, Filter filter, RuleFilters filters) {
    Optional<YamlNode.Member> given = settings.member("fields");
    Optional<YamlNode.Member> terms = given.or(() -> settings.member(CountTypes.QUERY_KEY));
    if (terms.isEmpty()) {
      settings.required("fields", "new_term");
      return Optional.empty();
    }
    List<List<String>> fields = terms(settings, terms.get());
    checkQueryKey(settings, given, fields);
    settings
        .member("alert_on_missing_field")
        .filter(missing -> settings.truth("alert_on_missing_field"))
        .ifPresent(
            missing ->
                settings.lose(
                    missing, "a rule of its own finds events without a field: 'field: null'"));
    Timespan memory = settings.timespan("terms_window_size").orElse(USUAL_MEMORY);
    Timespan learning = memory.orAtMost(LONGEST_LEARNING);
    settings.note(
        terms.get(),
        "ElastAlert looks up the values of the last %s when it starts; here they are learnt for %s"
            .formatted(memory, learning));
    Draft draft = Draft.ofCorrelations(filter);
    for (List<String> field : fields) {
      draft
          .correlations()
          .add(
              new Draft.Correlation(
                  fields.size() == 1 ? "" : String.join(" and ", field),
                  "new_term",
                  List.of(Draft.EVENTS),
                  List.of(),
                  memory,
                  Map.of("field", of(field)),
                  Map.of("learning", learning.toString())));
    }
    return Optional.of(draft);
  }

  /** Each is a field, or a list of fields whose combinations are new. */
  private static List<List<String>> terms(RuleSettings settings, YamlNode.Member member) {
    List<List<String>> all = new ArrayList<>();
    for (YamlNode node : Members.items(member.value())) {
      List<String> fields = new ArrayList<>();
      Members.items(node).forEach(field -> settings.field(member, field, fields));
      if (!fields.isEmpty() && !all.contains(fields)) {
        all.add(fields);
      }
    }
    if (all.isEmpty()) {
      settings.refuse(member, "the list of fields is empty");
    }
    return all;
  }

  /** New terms are not told apart by key, only ElastAlert's alerts are. */
  private static void checkQueryKey(
      RuleSettings settings, Optional<YamlNode.Member> given, List<List<String>> fields) {
    Optional<YamlNode.Member> key = settings.member(CountTypes.QUERY_KEY);
    if (given.isPresent()
        && key.isPresent()
        && !fields.equals(List.of(settings.fields(CountTypes.QUERY_KEY)))) {
      settings.lose(
          key.get(), "a term is new or not for all events; alerts are not held back by this key");
    }
  }
}
