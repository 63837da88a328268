package dev.lockstep.local;

import dev.lockstep.alert.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table at the end of the demo. */
final class DemoReport {

  private final List<String> lines = new ArrayList<>();

  private DemoReport() {}

  /**
   * Returns the report's lines.
   *
   * @param indexed alerts in Elasticsearch by lane; empty when it takes no part
   */
  static List<String> lines(
      long events, DemoTally tally, Map<Lane, Long> indexed, OfFiles ofFiles) {
    DemoReport report = new DemoReport();
    report.totals(events, tally, indexed);
    report.files(ofFiles);
    report.section("Alerts by customer", tally.byCustomer());
    report.section("Alerts by rule", tally.byRule());
    report.deadLetters(tally.deadLettersByClass());
    return report.lines;
  }

  /**
   * What came of log files.
   *
   * @param files how many were delivered
   * @param lines how many are in them
   * @param events how many events the engine counted
   * @param letters how many lines it counted that are no events
   * @param indexed events in Elasticsearch; null when it takes no part
   * @param alerts that must come; null when nobody knows, because rules or flags were changed
   */
  record OfFiles(
      int files,
      long lines,
      long events,
      long letters,
      @Nullable Long indexed,
      ExpectedAlerts.@Nullable Standing alerts) {

    /** Whether all lines have been read, and what must come of them has come. */
    boolean isRead() {
      return events + letters >= lines && (alerts == null || alerts.missing() == 0);
    }

    /** Whether each line was read once, each event indexed once, and each alert sent once. */
    boolean isAsItMustBe() {
      return events + letters == lines
          && (indexed == null || indexed == events)
          && (alerts == null || alerts.isMet());
    }
  }

  private void files(OfFiles of) {
    lines.add("");
    lines.add("Log files of " + DemoFiles.CUSTOMER);
    number("  Files delivered", of.files());
    number("  Lines in them", of.lines());
    number("  Lines read that are events", of.events());
    number("  Lines read that are none: dead letters", of.letters());
    if (of.indexed() != null) {
      lines.add("  %-42s %10s %,15d".formatted("Events indexed", "", of.indexed()));
    }
    ExpectedAlerts.Standing alerts = of.alerts();
    if (alerts == null) {
      lines.add("  Rules or flags were changed: nobody knows which alerts must come");
    } else {
      number("  Alerts that must come of them", alerts.due());
      number("  Of these missing", alerts.missing());
      number("  Unexpected, or come twice", alerts.surplus());
    }
  }

  private void number(String what, long number) {
    lines.add("%-44s %,10d".formatted(what, number));
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
