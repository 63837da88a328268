package dev.lockstep.local.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a run has measured.
 *
 * @param setup what was measured on what, by name, in the order in which it is read
 */
public record BenchResult(
    Instant at, Map<String, String> setup, List<Figure> figures, List<Curve> curves) {

  public BenchResult {
    setup = new LinkedHashMap<>(setup);
    figures = List.copyOf(figures);
    curves = List.copyOf(curves);
  }

  /** Returns what was measured, in the order in which it was. */
  public List<String> loads() {
    return figures.stream().map(Figure::of).distinct().toList();
  }

  /** Returns the figures of one load. */
  public List<Figure> of(String load) {
    return figures.stream().filter(figure -> figure.of().equals(load)).toList();
  }

  /** Returns a figure's value. */
  public OptionalLong value(String load, String name) {
    return of(load).stream()
        .filter(figure -> figure.name().equals(name))
        .mapToLong(Figure::value)
        .findFirst();
  }

  /** The same with more figures. */
  BenchResult with(List<Figure> more) {
    List<Figure> all = new ArrayList<>(figures);
    all.addAll(more);
    return new BenchResult(at, setup, all, curves);
  }
}
