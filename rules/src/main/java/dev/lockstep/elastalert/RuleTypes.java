package dev.lockstep.elastalert;

import java.util.Map;
import java.util.Optional;

/** The types of rules that come over. */
final class RuleTypes {
  private static final Map<String, RuleType> TYPES =
      Map.ofEntries(
          Map.entry("any", (settings, filter, filters) -> Optional.of(Draft.ofEvents(filter))),
          Map.entry("blacklist", ListTypes::blacklist),
          Map.entry("whitelist", ListTypes::whitelist),
          Map.entry("change", TermTypes::change),
          Map.entry("new_term", TermTypes::newTerm),
          Map.entry("frequency", CountTypes::frequency),
          Map.entry("flatline", CountTypes::flatline),
          Map.entry("spike", CountTypes::spike),
          Map.entry("cardinality", CountTypes::cardinality),
          Map.entry("metric_aggregation", ShareTypes::metric),
          Map.entry("percentage_match", ShareTypes::percentage));

  private RuleTypes() {}

  static Optional<RuleType> named(String name) {
    return Optional.ofNullable(TYPES.get(name));
  }

  /** Why there is no such type. */
  static String problem(String name) {
    if (name.equals("spike_aggregation")) {
      return "'spike' and 'drop' compare numbers of events or sums, not this metric";
    }
    return name.indexOf('.') >= 0
        ? "'" + name + "' is a type of your own, in Python; write a Sigma rule or correlation"
        : "there is no type '" + name + "'";
  }
}
