package dev.lockstep.local;

import dev.lockstep.alert.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table at the end of the demo. */
final class DemoReport {

  private final List<String> lines = new ArrayList<>();

  private DemoReport() {}

  /**
   * Returns the report's lines.
   *
   * @param indexed alerts in Elasticsearch by lane; empty when it takes no part
   */
  static List<String> lines(long events, DemoTally tally, Map<Lane, Long> indexed) {
    DemoReport report = new DemoReport();
    report.totals(events, tally, indexed);
    report.section("Alerts by customer", tally.byCustomer());
    report.section("Alerts by rule", tally.byRule());
    report.deadLetters(tally.deadLettersByClass());
    return report.lines;
  }

  private void totals(long events, DemoTally tally, Map<Lane, Long> indexed) {
    lines.add("");
    lines.add("%-44s %10s %15s".formatted("", "Kafka", "Elasticsearch"));
    lines.add("%-44s %,10d %15s".formatted("Events sent", events, ""));
    for (Lane lane : Lane.values()) {
      String inIndex = indexed.isEmpty() ? "-" : "%,d".formatted(indexed.getOrDefault(lane, 0L));
      lines.add(
          "%-44s %,10d %15s"
              .formatted("Alerts, " + lane.wireName() + " lane", tally.alerts(lane), inIndex));
    }
    lines.add("%-44s %,10d %15s".formatted("Alerts that came twice", tally.duplicates(), ""));
    lines.add("%-44s %,10d %15s".formatted("Dead letters", tally.deadLetters(), ""));
  }

  private void section(String title, Map<String, Map<Lane, Long>> counts) {
    lines.add("");
    lines.add("%-44s %10s %15s".formatted(title, "live", "shadow"));
    counts.forEach(
        (name, byLane) ->
            lines.add(
                "  %-42s %,10d %,15d"
                    .formatted(
                        cut(name, 42),
                        byLane.getOrDefault(Lane.LIVE, 0L),
                        byLane.getOrDefault(Lane.SHADOW, 0L))));
  }

  private void deadLetters(Map<String, Long> byClass) {
    lines.add("");
    lines.add("%-44s %10s".formatted("Dead letters by class", ""));
    byClass.forEach((name, count) -> lines.add("  %-42s %,10d".formatted(name, count)));
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
