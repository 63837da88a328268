package dev.lockstep.cli;

import dev.lockstep.local.bench.BenchComparison;
import dev.lockstep.local.bench.BenchResult;
import dev.lockstep.local.bench.Figure;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was measured, for people. */
final class BenchText {
  private static final int NAME = 42;
  private static final int NUMBER = 16;

  private final PrintWriter out;
  private final Colours colours;

  BenchText(PrintWriter out, Colours colours) {
    this.out = out;
    this.colours = colours;
  }

  void print(BenchResult result, @Nullable BenchComparison comparison) {
    result.setup().forEach((name, value) -> out.println(colours.faint(name + ": " + value)));
    for (String load : result.loads()) {
      out.println();
      out.println(colours.bold(load));
      result.of(load).forEach(figure -> out.println(line(figure)));
    }
    if (comparison != null) {
      print(comparison);
    }
  }

  private static String line(Figure figure) {
    return ("  " + padded(figure.name(), NAME) + number(figure.value()) + " " + figure.unit())
        .stripTrailing();
  }

  private void print(BenchComparison comparison) {
    out.println();
    out.println(colours.bold("Beside the earlier result"));
    comparison
        .differentSetup()
        .forEach(difference -> out.println(colours.hint("! " + Displayed.safe(difference))));
    for (BenchComparison.Row row : comparison.rows()) {
      if (row.now().better() != Figure.Better.TOLD) {
        print(row);
      }
    }
    long worse = comparison.rows().stream().filter(BenchComparison.Row::worse).count();
    String allowed = String.format(Locale.ROOT, "%.0f %%", 100 * comparison.tolerance());
    out.println(
        worse == 0
            ? colours.good("✓ no figure is more than " + allowed + " worse")
            : colours.bad(
                "✗ %s more than %s worse"
                    .formatted(worse == 1 ? "1 figure is" : worse + " figures are", allowed)));
  }

  private void print(BenchComparison.Row row) {
    Figure now = row.now();
    String text =
        "  %s%s%s"
            .formatted(
                padded(now.of() + ": " + now.name(), NAME + NUMBER),
                number(row.then()),
                number(now.value()));
    String ratio = String.format(Locale.ROOT, "  × %.2f", row.ratio());
    out.println(row.worse() ? colours.bad(text + ratio + "  ✗") : text + colours.faint(ratio));
  }

  private static String padded(String text, int width) {
    return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%," + NUMBER + "d", value);
  }
}
