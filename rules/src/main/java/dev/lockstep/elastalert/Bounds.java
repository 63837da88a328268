package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A least and a greatest value, at least one of them. ElastAlert's rule is true outside of them, so
 * each becomes a correlation.
 */
record Bounds(
    Optional<YamlNode.Member> leastAt, Optional<String> least, Optional<String> greatest) {

  static Bounds read(RuleSettings settings, String least, String greatest, String type) {
    Optional<YamlNode.Member> leastAt = settings.member(least);
    Optional<YamlNode.Member> greatestAt = settings.member(greatest);
    if (leastAt.isEmpty() && greatestAt.isEmpty()) {
      settings
          .remarks()
          .refuse(
              settings.position(),
              greatest,
              "a rule of type '%s' needs it, or '%s'".formatted(type, least));
    }
    return new Bounds(
        leastAt, leastAt.flatMap(settings::number), greatestAt.flatMap(settings::number));
  }

  /**
   * Says what is wrong with a least value of what grows while a window fills. Without groups that
   * is once; else it would be at the first event of every group.
   */
  void refuseLeast(RuleSettings settings, List<String> groupBy) {
    if (leastAt.isEmpty()) {
      return;
    }
    if (groupBy.isEmpty()) {
      settings.lose(
          leastAt.get(),
          "ElastAlert waits until the first window is full; here the alert is also sent when the"
              + " first event of all comes");
    } else {
      settings.refuse(
          leastAt.get(),
          "ElastAlert waits until a key's first window is full; here each new key would be an"
              + " alert. 'absence' finds keys with few events");
    }
  }

  void addTo(
      Draft draft,
      String type,
      List<String> groupBy,
      Timespan timespan,
      Map<String, Object> condition) {
    boolean both = least.isPresent() && greatest.isPresent();
    greatest.ifPresent(
        bound ->
            draft.with(both ? "above" : "", type, groupBy, timespan, with(condition, "gt", bound)));
    least.ifPresent(
        bound ->
            draft.with(both ? "below" : "", type, groupBy, timespan, with(condition, "lt", bound)));
  }

  private static Map<String, Object> with(
      Map<String, Object> condition, String comparison, String bound) {
    Map<String, Object> whole = new LinkedHashMap<>(condition);
    whole.put(comparison, Value.plain(bound));
    return whole;
  }
}
