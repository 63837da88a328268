package dev.lockstep.cli;

import dev.lockstep.cli.CompareCommand.Compared;
import dev.lockstep.parity.Verdict;
import dev.lockstep.statistics.Latency;
import dev.lockstep.statistics.comparison.CustomerComparison;
import dev.lockstep.statistics.comparison.EngineComparison;
import dev.lockstep.statistics.comparison.EngineReport;
import dev.lockstep.statistics.comparison.LeftOut;
import dev.lockstep.statistics.comparison.ParityCounts;
import dev.lockstep.statistics.comparison.Row;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two engines side by side, for people. */
final class CompareText {
  private static final int NAME = 44;
  private static final int NUMBER = 16;
  private static final int VERSION = 12;

  private final PrintWriter out;
  private final Colours colours;

  CompareText(PrintWriter out, Colours colours) {
    this.out = out;
    this.colours = colours;
  }

  /**
   * Prints all.
   *
   * @param all whether rules that agree are listed, too
   */
  void print(Compared compared, Share tolerance, boolean all) {
    EngineReport first = compared.first();
    EngineReport second = compared.second();
    out.println(
        line("", Displayed.safe(first.engine()), Displayed.safe(second.engine())).stripTrailing());
    header("bundle", first, second, each -> version(each.bundle()));
    header("flags", first, second, each -> version(each.flags()));
    header("event time", first, second, each -> time(each.watermark()));
    header(
        "records behind",
        first,
        second,
        each -> each.recordsBehind() == null ? "-" : number(each.recordsBehind()));
    out.println();
    compared.comparison().customers().stream()
        .filter(customer -> customer.periods() > 0)
        .forEach(customer -> print(customer, all));
    print(compared.parity());
    leftOut(compared.comparison().leftOut());
    compared
        .comparison()
        .obstacles()
        .forEach(obstacle -> out.println(colours.hint("! " + Displayed.safe(obstacle))));
    out.println(verdict(compared, tolerance));
  }

  private void header(
      String name, EngineReport first, EngineReport second, Function<EngineReport, String> value) {
    String one = value.apply(first);
    String other = value.apply(second);
    out.println(colours.faint(line("  " + name, one, other).stripTrailing()));
  }

  private void print(CustomerComparison customer, boolean all) {
    out.println(
        colours.bold(named(customer.customer()))
            + colours.faint("  " + Amount.of(customer.periods(), "period")));
    for (Row row : customer.rows()) {
      if (isShown(row, all)) {
        print(row);
      }
    }
    printLatency("half", customer, Latency::halfMillis);
    printLatency("99 %", customer, Latency::mostMillis);
    if (customer.unnamedRules()) {
      out.println(
          colours.hint(
              "  rules beyond statistics.max-rules: rules are compared by their sums alone"));
    }
    out.println();
  }

  private void printLatency(
      String share, CustomerComparison customer, ToLongFunction<Latency> bound) {
    Latency one = customer.firstLatency();
    Latency other = customer.secondLatency();
    if (one != null || other != null) {
      out.println(
          line(
              "  event to alert, " + share,
              one == null ? "-" : Latency.words(bound.applyAsLong(one)),
              other == null ? "-" : Latency.words(bound.applyAsLong(other))));
    }
  }

  private static boolean isShown(Row row, boolean all) {
    boolean ofRule = row.kind() == Row.Kind.RULE_MATCHES || row.kind() == Row.Kind.RULE_ALERTS;
    boolean any = row.first() != 0 || row.second() != 0;
    return row.differs() || (any && (all || !ofRule)) || row.kind() == Row.Kind.EVENTS_IN;
  }

  private void print(Row row) {
    String name = "  " + row.kind().text() + (row.label().isEmpty() ? "" : " " + label(row));
    String text = line(name, number(row.first()), number(row.second()));
    if (row.difference() == 0) {
      out.println(text.stripTrailing());
    } else if (row.differs()) {
      out.println(colours.bad(text + "  ✗ " + change(row)));
    } else {
      out.println(text + colours.faint("  " + (row.judged() ? "≈ " : "") + change(row)));
    }
  }

  private static String label(Row row) {
    return Displayed.safe(row.label(), NAME - row.kind().text().length() - 5);
  }

  private static String change(Row row) {
    long most = Math.max(row.first(), row.second());
    String percent = String.format(Locale.ROOT, "%.2f %%", 100.0 * row.difference() / most);
    return "%,d differ (%s)".formatted(row.difference(), percent);
  }

  private void print(ParityCounts parity) {
    if (parity.judged() == 0) {
      out.println(colours.faint("parity: no verdicts on these engines and periods"));
      return;
    }
    String counts =
        parity.verdicts().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(
                entry ->
                    painted(entry.getKey(), "%s %,d".formatted(entry.getKey(), entry.getValue())))
            .collect(Collectors.joining(", "));
    out.println(
        "parity: "
            + counts
            + (parity.noisy() > 0 ? " (%,d of them noise)".formatted(parity.noisy()) : ""));
  }

  private String painted(Verdict verdict, String text) {
    return switch (verdict.weight()) {
      case GOOD -> text;
      case DIFFERENCE -> colours.bad(text);
      case EXPLAINED -> colours.hint(text);
    };
  }

  private void leftOut(List<LeftOut> leftOut) {
    Map<LeftOut.Why, Integer> periods = new LinkedHashMap<>();
    leftOut.forEach(each -> periods.merge(each.why(), each.periods(), Integer::sum));
    periods.forEach(
        (why, number) ->
            out.println(
                colours.faint(
                    "left out: %s, %s".formatted(Amount.of(number, "period"), why.text()))));
  }

  private String verdict(Compared compared, Share tolerance) {
    EngineComparison comparison = compared.comparison();
    long differing = comparison.customers().stream().filter(CustomerComparison::differs).count();
    String names =
        Displayed.safe(compared.first().engine())
            + " and "
            + Displayed.safe(compared.second().engine());
    return switch (compared.outcome()) {
      case AGREE ->
          colours.good(
              "✓ %s agree on %s%s"
                  .formatted(
                      names,
                      Amount.of(comparison.customers().size(), "customer"),
                      span(comparison)));
      case DIFFER ->
          colours.bad(
              "✗ %s differ: %s beyond %s%s"
                  .formatted(
                      names,
                      differing == 0
                          ? "parity's verdicts are"
                          : Amount.of(differing, "customer") + (differing == 1 ? " is" : " are"),
                      percent(tolerance),
                      span(comparison)));
      case NOT_YET -> colours.hint("? not judged: " + whyNotYet(comparison));
    };
  }

  private static String whyNotYet(EngineComparison comparison) {
    if (!comparison.obstacles().isEmpty()) {
      return "comparing them now would not be fair";
    }
    if (comparison.customers().isEmpty()) {
      return "neither engine has statistics of any customer";
    }
    return "there is nothing to compare yet of "
        + comparison.customers().stream()
            .filter(customer -> customer.periods() == 0)
            .limit(5)
            .map(customer -> named(customer.customer()))
            .collect(Collectors.joining(", "));
  }

  private static String span(EngineComparison comparison) {
    return comparison.from() == null
        ? ""
        : ", from %s to %s".formatted(comparison.from(), comparison.to());
  }

  private static String percent(Share tolerance) {
    return String.format(Locale.ROOT, "%s %%", trimmed(100 * tolerance.value()));
  }

  private static String trimmed(double number) {
    return number == Math.rint(number)
        ? Long.toString((long) number)
        : String.format(Locale.ROOT, "%.4f", number).replaceAll("0+$", "");
  }

  static String named(String customer) {
    return customer.isEmpty() ? "(nobody's)" : Displayed.safe(customer);
  }

  private static String line(String name, String one, String other) {
    return pad(name, NAME) + right(one) + right(other);
  }

  private static String pad(String text, int width) {
    int length = text.codePointCount(0, text.length());
    return text + " ".repeat(Math.max(1, width - length));
  }

  private static String right(String text) {
    return " ".repeat(Math.max(2, NUMBER - text.codePointCount(0, text.length()))) + text;
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String version(@Nullable String version) {
    return version == null ? "-" : Displayed.safe(version, VERSION);
  }

  /** To the second, without what fits no column. */
  private static String time(@Nullable Instant time) {
    return time == null ? "-" : time.toString().substring(5, 19).replace('T', ' ');
  }
}
