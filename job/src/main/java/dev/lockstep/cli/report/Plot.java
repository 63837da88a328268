package dev.lockstep.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/** Lines over two axes as SVG. Lines differ by colour and by pattern. */
final class Plot {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 260;
  private static final int LEFT = 74;
  private static final int RIGHT = 12;
  private static final int TOP = 14;
  private static final int BOTTOM = 38;

  /** How many lines look different from one another. */
  private static final int LOOKS = 6;

  private static final int STEPS = 4;

  private final String id;
  private final String title;
  private final String what;
  private final List<Line> lines = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private DoubleFunction<String> numbers = number -> Words.count(Math.round(number));
  private boolean logarithmic;

  /** One line; {@code points} are pairs of x and y. */
  private record Line(String name, List<double[]> points) {}

  private record Mark(double x, String label) {}

  /**
   * @param what the axes say, in words
   */
  Plot(String id, String title, String what) {
    this.id = id;
    this.title = title;
    this.what = what;
  }

  Plot line(String name, List<double[]> points) {
    if (!points.isEmpty()) {
      lines.add(new Line(name, points));
    }
    return this;
  }

  /** Names a place on the x axis. */
  Plot mark(double x, String label) {
    marks.add(new Mark(x, label));
    return this;
  }

  /** How numbers of the y axis are written. */
  Plot numbers(DoubleFunction<String> written) {
    numbers = written;
    return this;
  }

  /** Has the y axis show powers of ten at equal distances. */
  Plot logarithmic() {
    logarithmic = true;
    return this;
  }

  void draw(Html html) {
    if (lines.isEmpty()) {
      return;
    }
    html.raw("<figure><figcaption>").text(title);
    html.raw(" <span class=\"muted\">").text(what).raw("</span></figcaption>");
    html.raw("<ul class=\"legend\">");
    for (int i = 0; i < lines.size(); i++) {
      html.raw(
          "<li><svg width=\"26\" height=\"12\" aria-hidden=\"true\"><line class=\"line look-%d\" x1=\"0\" y1=\"6\" x2=\"26\" y2=\"6\"/></svg>"
              .formatted(i % LOOKS));
      html.text(lines.get(i).name()).raw("</li>");
    }
    html.raw("</ul>");
    html.raw(
        "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-title\"><title id=\"%s-title\">"
            .formatted(WIDTH, HEIGHT, id, id));
    html.text(title + ", " + what).raw("</title>");
    new Scale().draw(html);
    html.raw("</svg></figure>");
  }

  private final class Scale {
    private final double lowX = Math.min(lowestMark(), all(0).min().orElse(0));
    private final double highX =
        Math.max(lowX + 1e-9, Math.max(highestMark(), all(0).max().orElse(1)));
    private final double low =
        logarithmic ? Math.floor(Math.log10(Math.max(1, all(1).min().orElse(1)))) : 0;
    private final double high =
        logarithmic
            ? Math.max(low + 1, Math.ceil(Math.log10(Math.max(10, all(1).max().orElse(10)))))
            : rounded(all(1).max().orElse(1));

    private double lowestMark() {
      return marks.stream().mapToDouble(Mark::x).min().orElse(Double.POSITIVE_INFINITY);
    }

    private double highestMark() {
      return marks.stream().mapToDouble(Mark::x).max().orElse(Double.NEGATIVE_INFINITY);
    }

    private DoubleStream all(int axis) {
      return lines.stream()
          .flatMap(line -> line.points().stream())
          .mapToDouble(point -> point[axis]);
    }

    private void draw(Html html) {
      double step = logarithmic ? 1 : (high - low) / STEPS;
      for (double level = low; level <= high + step / 2; level += step) {
        double y = yOfLevel(level);
        html.raw(
            format(
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                LEFT, WIDTH - RIGHT, y, y));
        html.raw(format("<text class=\"y\" x=\"%d\" y=\"%.1f\">", LEFT - 8, y + 5))
            .text(numbers.apply(logarithmic ? Math.pow(10, level) : level))
            .raw("</text>");
      }
      for (Mark mark : marks) {
        html.raw(format("<text class=\"x\" x=\"%.1f\" y=\"%d\">", x(mark.x()), HEIGHT - 10))
            .text(mark.label())
            .raw("</text>");
      }
      for (int i = 0; i < lines.size(); i++) {
        StringBuilder points = new StringBuilder();
        for (double[] point : lines.get(i).points()) {
          points.append(format("%.1f,%.1f ", x(point[0]), y(point[1])));
        }
        html.raw(
            "<polyline class=\"line look-%d\" points=\"%s\"/>"
                .formatted(i % LOOKS, points.toString().strip()));
      }
    }

    private double x(double value) {
      return LEFT + (WIDTH - LEFT - RIGHT) * (value - lowX) / (highX - lowX);
    }

    private double y(double value) {
      return yOfLevel(logarithmic ? Math.log10(Math.max(1, value)) : value);
    }

    private double yOfLevel(double level) {
      return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (level - low) / (high - low));
    }
  }

  /** The next number that divides into steps people can read. */
  private static double rounded(double highest) {
    double step = 1;
    for (double factor = 1; step * STEPS < highest; factor *= 10) {
      for (double round : new double[] {1, 2, 5}) {
        if (step * STEPS < highest) {
          step = round * factor;
        }
      }
    }
    return step * STEPS;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
