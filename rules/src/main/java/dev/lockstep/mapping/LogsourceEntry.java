package dev.lockstep.mapping;

import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.Logsource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which events come from a logsource, and what is special about their fields.
 *
 * @param when what such an event fulfils, its fields named as rules name them; empty for every
 *     event
 * @param fields places that hold for this source alone
 * @param aliases what this source calls a field of the taxonomy
 * @param templates the places of all other fields; none where those of the mapping hold
 */
record LogsourceEntry(
    Logsource logsource,
    Optional<Detection> when,
    Map<String, List<String>> fields,
    Map<String, List<String>> aliases,
    List<String> templates) {

  LogsourceEntry {
    fields = Map.copyOf(fields);
    aliases = Map.copyOf(aliases);
    templates = List.copyOf(templates);
  }

  /** The events that come from both sources; where they disagree on fields, this one holds. */
  LogsourceEntry and(LogsourceEntry other) {
    List<Detection> both = new ArrayList<>();
    when.ifPresent(both::add);
    other.when.ifPresent(both::add);
    return new LogsourceEntry(
        logsource,
        both.isEmpty() ? Optional.empty() : Optional.of(new Detection.AllOf(both)),
        joined(other.fields, fields),
        joined(other.aliases, aliases),
        templates.isEmpty() ? other.templates : templates);
  }

  /** Leaves to the mapping where these fields are. */
  LogsourceEntry without(Map<String, List<String>> overridden) {
    Map<String, List<String>> kept = new HashMap<>(fields);
    kept.keySet().removeAll(overridden.keySet());
    return new LogsourceEntry(logsource, when, kept, aliases, templates);
  }

  private static Map<String, List<String>> joined(
      Map<String, List<String>> first, Map<String, List<String>> second) {
    Map<String, List<String>> joined = new HashMap<>(first);
    joined.putAll(second);
    return joined;
  }
}
