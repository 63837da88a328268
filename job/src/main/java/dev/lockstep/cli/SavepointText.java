package dev.lockstep.cli;

import static java.util.stream.Collectors.joining;

import dev.lockstep.job.savepoint.SavepointSummary;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What a savepoint holds, for people. */
final class SavepointText {

  private static final int VERSION_SHOWN = 12;
  private static final String TIMERS = "_timer_state/";

  private SavepointText() {}

  static void print(PrintWriter out, SavepointSummary summary) {
    out.printf(
        "%s %d of %s, %s%n",
        summary.savepoint() ? "Savepoint" : "Checkpoint",
        summary.checkpointId(),
        owner(summary),
        size(summary.bytes()));
    out.println(Displayed.safe(summary.path()));
    if (!summary.updates().isEmpty()) {
      out.println();
      out.println("In force");
      for (SavepointSummary.Update update : summary.updates()) {
        out.printf(
            "  %-14s %-14s update %d, %s%n",
            update.kind(), version(update), update.sequence(), size(update.bytes()));
      }
    }
    out.println();
    int width = summary.operators().stream().mapToInt(each -> name(each).length()).max().orElse(0);
    out.printf(
        "%-" + Math.max(width, 8) + "s  %8s  %9s  %s%n", "Operator", "Subtasks", "Size", "States");
    for (SavepointSummary.Operator operator : summary.operators()) {
      out.printf(
          "%-" + Math.max(width, 8) + "s  %8d  %9s  %s%n",
          name(operator),
          operator.parallelism(),
          size(operator.bytes()),
          Displayed.safe(states(operator)));
    }
    List<SavepointSummary.Operator> unknown =
        summary.operators().stream().filter(operator -> operator.uid() == null).toList();
    if (!unknown.isEmpty()) {
      out.println();
      out.println(
          Amount.of(unknown.size(), "operator")
              + " that this version does not know; of another engine (--engine), another version or"
              + " another program.");
    }
  }

  /** Timers of all kinds are one word. */
  private static String states(SavepointSummary.Operator operator) {
    return operator.states().stream()
        .map(state -> state.startsWith(TIMERS) ? "timers" : state)
        .distinct()
        .sorted()
        .collect(joining(", "));
  }

  private static String owner(SavepointSummary summary) {
    String job = summary.job() == null ? "no job of ours" : "the " + summary.job() + " job";
    return summary.engine() == null ? job : job + " of engine " + Displayed.safe(summary.engine());
  }

  private static String name(SavepointSummary.Operator operator) {
    return operator.uid() == null ? operator.id() + " (unknown)" : operator.uid();
  }

  private static String version(SavepointSummary.Update update) {
    String version = update.version();
    return Displayed.safe(
        version.length() > VERSION_SHOWN ? version.substring(0, VERSION_SHOWN) : version);
  }

  private static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double kibibytes = bytes / 1024.0;
    return kibibytes < 1024
        ? String.format(Locale.ROOT, "%.1f KiB", kibibytes)
        : String.format(Locale.ROOT, "%.1f MiB", kibibytes / 1024);
  }
}
