package dev.lockstep.cli;

import dev.lockstep.cli.BacktestResult.Change;
import dev.lockstep.cli.BacktestResult.Cost;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.util.TimeUtils;

/** A backtest for people. */
final class BacktestText {
  private static final int NAME = 52;
  private static final int NUMBER = 10;
  private static final int MOST_COSTS = 10;
  private static final int VERSION = 12;

  private final PrintWriter out;
  private final Colours colours;

  BacktestText(PrintWriter out, Colours colours) {
    this.out = out;
    this.colours = colours;
  }

  void print(BacktestOutcome outcome) {
    BacktestResult result = outcome.result();
    row(
        "content",
        "%s, %s, version %s"
            .formatted(
                Displayed.safe(outcome.rules()),
                Amount.of(outcome.ruleCount(), "rule"),
                Displayed.safe(outcome.version(), VERSION)));
    row("period", "%s to %s".formatted(outcome.from(), outcome.to()) + warmUp(outcome.warmUp()));
    row(
        "events",
        String.format(
            Locale.ROOT,
            "%,d judged in %.1f s",
            outcome.events(),
            outcome.took().toMillis() / 1000.0));
    out.println();
    Map<String, List<Change>> byCustomer =
        result.changes().stream()
            .collect(
                Collectors.groupingBy(Change::customer, LinkedHashMap::new, Collectors.toList()));
    byCustomer.forEach(this::print);
    costs(outcome);
    outcome
        .faults()
        .forEach(
            (rule, number) ->
                out.println(
                    colours.bad(
                        "✗ %s failed on %s"
                            .formatted(Displayed.safe(rule), Amount.of(number, "event")))));
    if (!outcome.firstFault().isEmpty()) {
      out.println("  such as: " + Displayed.safe(outcome.firstFault(), 300));
    }
    if (result.otherAlerts() > 0) {
      out.println(
          colours.faint(
              "not compared: %s of %s that the content does not have"
                  .formatted(
                      Amount.of(result.otherAlerts(), "alert"),
                      Amount.of(result.otherRules(), "rule"))));
    }
    out.println(
        "%s would be new, %s gone, %,d the same"
            .formatted(
                result.added() == 0 ? "0 alerts" : colours.hint(Amount.of(result.added(), "alert")),
                result.gone() == 0 ? "0" : colours.bad("%,d".formatted(result.gone())),
                result.same()));
  }

  private static String warmUp(Duration warmUp) {
    return warmUp.isZero()
        ? ""
        : ", windows from " + TimeUtils.formatWithHighestUnit(warmUp) + " before";
  }

  private void print(String customer, List<Change> changes) {
    out.println(
        colours.bold(pad(CompareText.named(customer), NAME))
            + right("raised")
            + right("same")
            + right("new")
            + right("gone"));
    for (Change change : changes) {
      out.println(
          pad("  " + Displayed.safe(change.title(), NAME - 5), NAME)
              + right(number(change.raised()))
              + right(number(change.same()))
              + (change.added() == 0 ? right("0") : colours.hint(right(number(change.added()))))
              + (change.gone() == 0 ? right("0") : colours.bad(right(number(change.gone())))));
    }
    out.println();
  }

  private void costs(BacktestOutcome outcome) {
    List<Cost> costs = outcome.result().costs();
    if (costs.isEmpty()) {
      out.println(colours.faint("cost: too few events to measure it"));
      return;
    }
    out.println(colours.bold(pad("cost of judging", NAME)) + right("share"));
    for (Cost cost : costs.subList(0, Math.min(MOST_COSTS, costs.size()))) {
      out.println(
          pad("  " + Displayed.safe(cost.rule(), NAME - 5), NAME)
              + right(String.format(Locale.ROOT, "%.1f %%", 100 * cost.share())));
    }
    if (costs.size() > MOST_COSTS) {
      out.println(colours.faint("  and " + Amount.of(costs.size() - MOST_COSTS, "more rule")));
    }
    out.println();
  }

  private void row(String name, String text) {
    out.println("%-10s %s".formatted(name, text));
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.codePointCount(0, text.length())));
  }

  private static String right(String text) {
    return " ".repeat(Math.max(1, NUMBER - text.length())) + text;
  }
}
