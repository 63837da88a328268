package dev.lockstep.bench;

import dev.lockstep.program.Lanes;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.SigmaRule;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Locale;

/** What rules, and the program compiled from them, keep of the heap. */
final class Memory {
  private static final int COLLECTIONS = 4;

  private Memory() {}

  static String measure() throws Exception {
    List<byte[]> events = Lanes.every(Lanes.events(Lanes.NAMES.get(0)), 100);
    kept(RuleSets.ofSize("10"), events); // loads the classes
    MarkdownTable table =
        new MarkdownTable(0, List.of("rules", "heap for the rules, MB", "for their program, MB"));
    for (String size : List.of("1000", RuleSets.ALL, "30000")) {
      long before = heapInUse();
      List<SigmaRule> rules = RuleSets.ofSize(size);
      long ofRules = heapInUse() - before;
      table.row(
          List.of(
              String.format(Locale.ROOT, "%,d", rules.size()),
              megabytes(ofRules),
              megabytes(kept(rules, events))));
    }
    return table.toString();
  }

  /** Of a program that has judged, so that the frame which a thread works in is counted. */
  private static long kept(List<SigmaRule> rules, List<byte[]> events) throws Exception {
    long before = heapInUse();
    RuleProgram program = RuleProgram.compile(rules);
    try {
      for (byte[] event : events) {
        program.judge(event, "acme");
      }
      return heapInUse() - before;
    } finally {
      Reference.reachabilityFence(program);
      Reference.reachabilityFence(rules);
    }
  }

  private static long heapInUse() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }
}
