package dev.lockstep.bench;

import dev.lockstep.program.Lanes;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Locale;

/** What the events of the lanes are like, and how many of the rules they fulfil. */
final class LaneFacts {
  private LaneFacts() {}

  static String measure() throws Exception {
    List<SigmaRule> rules = RuleSets.ofSize(RuleSets.ALL);
    List<SigmaRule> byLogsource = RuleSets.byLogsource(rules);
    RuleProgram everywhere = RuleProgram.compile(rules);
    RuleProgram mapped = RuleProgram.compile(byLogsource);
    MarkdownTable table =
        new MarkdownTable(
            1,
            List.of(
                "lane",
                "bytes/event",
                "matches/event of %,d rules".formatted(rules.size()),
                "matches/event of %,d by log source".formatted(byLogsource.size())));
    for (String lane : Lanes.NAMES) {
      List<byte[]> events = Lanes.events(lane);
      double bytes = events.stream().mapToInt(event -> event.length).average().orElse(0);
      table.row(
          List.of(
              lane,
              String.format(Locale.ROOT, "%,.0f", bytes),
              matchesPerEvent(everywhere, events),
              matchesPerEvent(mapped, events)));
    }
    return table.toString();
  }

  private static String matchesPerEvent(RuleProgram program, List<byte[]> events) throws Exception {
    long matches = 0;
    for (byte[] event : events) {
      matches += program.judge(event, "acme").matches().size();
    }
    return String.format(Locale.ROOT, "%.2f", (double) matches / events.size());
  }
}
