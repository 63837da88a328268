package dev.lockstep.bench;

import dev.lockstep.program.Lanes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/** Results of JMH as Markdown. */
final class Report {
  private static final String YARDSTICK = "tree";
  private static final List<String> WORK =
      List.of(YARDSTICK, "judge", "judgeByLogsource", "fullScan");
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int LAST_ITERATIONS = 5;

  private Report() {}

  /** A row for each lane and each thing that was done with its events. */
  static String judgement(Collection<RunResult> results) {
    MarkdownTable table =
        new MarkdownTable(
            2,
            List.of("lane", "work", "µs/event", "±", "events/s", "bytes/event", "time ÷ tree's"));
    for (String lane : Lanes.NAMES) {
      List<RunResult> ofLane = new ArrayList<>();
      for (String work : WORK) {
        results.stream()
            .filter(result -> work.equals(nameOf(result)) && lane.equals(param(result, "lane")))
            .forEach(ofLane::add);
      }
      double yardstick = yardstick(ofLane);
      ofLane.forEach(result -> table.row(cells(lane, result, yardstick)));
    }
    return table.toString();
  }

  private static double yardstick(List<RunResult> ofLane) {
    for (RunResult result : ofLane) {
      if (YARDSTICK.equals(nameOf(result))) {
        return result.getPrimaryResult().getScore();
      }
    }
    return Double.NaN;
  }

  private static List<String> cells(String lane, RunResult result, double yardstick) {
    double micros = result.getPrimaryResult().getScore();
    return List.of(
        lane,
        workOf(result),
        number(micros),
        number(result.getPrimaryResult().getScoreError()),
        number("%,.0f", 1e6 / micros),
        number("%,.0f", allocated(result)),
        number(micros / yardstick));
  }

  /** The first call in a JVM, on average of the forks, and the last ones. */
  static String load(Collection<RunResult> results) {
    MarkdownTable table =
        new MarkdownTable(1, List.of("load of all rules", "first in a JVM, ms", "warm, ms"));
    for (RunResult result : results) {
      if (param(result, "lane") == null) {
        List<Double> first = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
          List<Double> times = times(fork);
          first.add(times.get(0));
          warm.addAll(times.subList(Math.max(1, times.size() - LAST_ITERATIONS), times.size()));
        }
        table.row(List.of(nameOf(result), average(first), average(warm)));
      }
    }
    return table.toString();
  }

  private static List<Double> times(BenchmarkResult fork) {
    List<Double> times = new ArrayList<>();
    for (IterationResult iteration : fork.getIterationResults()) {
      times.add(iteration.getPrimaryResult().getScore());
    }
    return times;
  }

  private static String average(List<Double> times) {
    return number("%,.0f", times.stream().mapToDouble(time -> time).average().orElse(Double.NaN));
  }

  private static String nameOf(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  private static String workOf(RunResult result) {
    String size = param(result, "size");
    return size == null ? nameOf(result) : nameOf(result) + ", " + size + " rules";
  }

  private static @Nullable String param(RunResult result, String name) {
    return result.getParams().getParam(name);
  }

  private static double allocated(RunResult result) {
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.endsWith(ALLOCATED)) {
        return result.getSecondaryResults().get(name).getScore();
      }
    }
    return Double.NaN;
  }

  private static String number(double value) {
    return number(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }
}
