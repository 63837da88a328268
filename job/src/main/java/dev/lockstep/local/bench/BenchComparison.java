package dev.lockstep.local.bench;

import java.util.List;
import java.util.Objects;

/**
 * A result beside an earlier one, by the figures that both have.
 *
 * @param differentSetup what of the setup is not the same, in words: such results say little
 */
public record BenchComparison(List<Row> rows, List<String> differentSetup, double tolerance) {

  /** A figure then and now. */
  public record Row(Figure now, long then, boolean worse) {

    /** How many times as much as then; NaN of nothing. */
    public double ratio() {
      return then == 0 ? Double.NaN : (double) now.value() / then;
    }
  }

  public BenchComparison {
    rows = List.copyOf(rows);
    differentSetup = List.copyOf(differentSetup);
  }

  /**
   * Compares.
   *
   * @param tolerance the share, 0 to 1, by which a figure may be worse
   */
  public static BenchComparison of(BenchResult now, BenchResult then, double tolerance) {
    List<Row> rows =
        now.figures().stream()
            .flatMap(
                figure ->
                    then.value(figure.of(), figure.name()).stream()
                        .mapToObj(value -> row(figure, value, tolerance)))
            .toList();
    List<String> different =
        now.setup().entrySet().stream()
            .filter(entry -> !Objects.equals(entry.getValue(), then.setup().get(entry.getKey())))
            .map(
                entry ->
                    "%s: %s, was %s"
                        .formatted(
                            entry.getKey(),
                            entry.getValue(),
                            then.setup().getOrDefault(entry.getKey(), "not told")))
            .toList();
    return new BenchComparison(rows, different, tolerance);
  }

  private static Row row(Figure now, long then, double tolerance) {
    boolean worse =
        switch (now.better()) {
          case MORE -> now.value() < then * (1 - tolerance);
          case LESS -> now.value() > then * (1 + tolerance);
          case TOLD -> false;
        };
    return new Row(now, then, worse);
  }

  /** Whether no figure is worse than is tolerated. */
  public boolean isGood() {
    return rows.stream().noneMatch(Row::worse);
  }
}
