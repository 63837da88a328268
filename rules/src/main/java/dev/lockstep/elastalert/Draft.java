package dev.lockstep.elastalert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The documents that one rule becomes, before they have ids and labels. */
final class Draft {
  /**
   * A rule about single events.
   *
   * @param part tells it from others of the same source; empty if it alone is the rule
   */
  record Base(String part, Filter filter) {}

  /** In a condition, the name of the base rule of that part. */
  record Reference(String part) {}

  /**
   * A rule about several events.
   *
   * @param part tells it from others of the same source; empty if there is one only
   * @param more keys beside those that all types have
   */
  record Correlation(
      String part,
      String type,
      List<String> rules,
      List<String> groupBy,
      Timespan timespan,
      Map<String, Object> condition,
      Map<String, String> more) {
    Correlation {
      rules = List.copyOf(rules);
      groupBy = List.copyOf(groupBy);
      condition = new LinkedHashMap<>(condition);
      more = new LinkedHashMap<>(more);
    }
  }

  /** The part of a base rule that a correlation refers to. */
  static final String EVENTS = "events";

  /** The part of the base rule whose share of the other's matches is looked at. */
  static final String MATCHES = "matches";

  private final List<Base> bases = new ArrayList<>();
  private final List<Correlation> correlations = new ArrayList<>();

  List<Base> bases() {
    return bases;
  }

  List<Correlation> correlations() {
    return correlations;
  }

  /** What is found event by event. */
  static Draft ofEvents(Filter filter) {
    Draft draft = new Draft();
    draft.bases.add(new Base("", filter));
    return draft;
  }

  /** What correlations of one base rule find. */
  static Draft ofCorrelations(Filter filter) {
    Draft draft = new Draft();
    draft.bases.add(new Base(EVENTS, filter));
    return draft;
  }

  Draft with(
      String part,
      String type,
      List<String> groupBy,
      Timespan timespan,
      Map<String, Object> condition) {
    correlations.add(
        new Correlation(part, type, List.of(EVENTS), groupBy, timespan, condition, Map.of()));
    return this;
  }
}
