package dev.lockstep.correlation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be found, in a form that can be compared.
 *
 * @param value without trailing zeros; empty if the type has none
 * @param events ids in their order
 */
record Expected(long atMillis, long fromMillis, long count, String value, List<String> events) {

  static Expected of(
      long atMillis,
      long fromMillis,
      long count,
      @Nullable BigDecimal value,
      List<Occurrence> events) {
    return new Expected(
        atMillis, fromMillis, count, plain(value), events.stream().map(Expected::idOf).toList());
  }

  static Expected of(Finding finding) {
    return of(
        finding.atMillis(),
        finding.fromMillis(),
        finding.count(),
        finding.value(),
        finding.events());
  }

  /** The first and the last ten. */
  static List<Occurrence> ends(List<Occurrence> window) {
    if (window.size() <= 20) {
      return window;
    }
    List<Occurrence> ends = new ArrayList<>(window.subList(0, 10));
    ends.addAll(newest(window));
    return ends;
  }

  /** The last ten. */
  static List<Occurrence> newest(List<Occurrence> window) {
    return window.subList(Math.max(0, window.size() - 10), window.size());
  }

  private static String idOf(Occurrence occurrence) {
    return occurrence.id() + "/" + occurrence.member();
  }

  private static String plain(@Nullable BigDecimal value) {
    return value == null ? "" : value.stripTrailingZeros().toString();
  }
}
