package dev.lockstep.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A chart of counts over time as SVG: bars, one on the other, or lines. Its series differ by colour
 * and by pattern, and a table below it says the same.
 */
final class Chart {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 232;
  private static final int LEFT = 58;
  private static final int RIGHT = 12;
  private static final int TOP = 14;
  private static final int BOTTOM = 34;
  private static final int MAX_BUCKETS = 48;
  private static final int LABELS = 6;
  private static final int MAX_DOTS = 24;

  private final String id;
  private final String title;
  private final List<Series> series = new ArrayList<>();

  /** Counts by the begin of their hour; {@code look} is the class that the style sheet knows. */
  private record Series(String name, String look, SortedMap<Instant, Long> counts) {}

  Chart(String id, String title) {
    this.id = id;
    this.title = title;
  }

  Chart with(String name, String look, SortedMap<Instant, Long> counts) {
    series.add(new Series(name, look, counts));
    return this;
  }

  /** Adds the chart as bars that stand on one another. */
  void bars(Html html) {
    new Drawing(true).draw(html);
  }

  /** Adds the chart as lines. */
  void lines(Html html) {
    new Drawing(false).draw(html);
  }

  /** The counts in so many buckets as can be seen. */
  private final class Drawing {
    private final boolean stacked;
    private final List<Instant> begins = new ArrayList<>();
    private final List<List<Long>> values = new ArrayList<>();
    private Duration bucket = Duration.ofHours(1);
    private long top = 1;

    private Drawing(boolean stacked) {
      this.stacked = stacked;
      bucket();
      scale();
    }

    private void bucket() {
      TreeSet<Instant> all = new TreeSet<>();
      series.forEach(each -> all.addAll(each.counts().keySet()));
      if (all.isEmpty()) {
        return;
      }
      long hours = Duration.between(all.first(), all.last()).toHours() + 1;
      bucket = Duration.ofHours((hours + MAX_BUCKETS - 1) / MAX_BUCKETS);
      for (Instant at = all.first(); !at.isAfter(all.last()); at = at.plus(bucket)) {
        begins.add(at);
      }
      for (Series each : series) {
        List<Long> sums = new ArrayList<>();
        SortedMap<Instant, Long> counts = new TreeMap<>(each.counts());
        for (Instant begin : begins) {
          sums.add(
              counts.subMap(begin, begin.plus(bucket)).values().stream()
                  .mapToLong(Long::longValue)
                  .sum());
        }
        values.add(sums);
      }
    }

    private void scale() {
      long highest = 1;
      for (int i = 0; i < begins.size(); i++) {
        long sum = 0;
        for (List<Long> each : values) {
          sum = stacked ? sum + each.get(i) : Math.max(sum, each.get(i));
        }
        highest = Math.max(highest, sum);
      }
      long step = 1;
      for (long factor = 1; step * 4 < highest; factor *= 10) {
        for (long round : new long[] {1, 2, 5}) {
          if (step * 4 < highest) {
            step = round * factor;
          }
        }
      }
      top = step * 4;
    }

    private void draw(Html html) {
      html.raw("<figure><figcaption>").text(title);
      html.raw(" <span class=\"muted\">per ")
          .text(bucket.toHours() == 1 ? "hour" : bucket.toHours() + " hours")
          .raw("</span></figcaption>");
      if (begins.isEmpty()) {
        html.raw("<p class=\"empty\">Nothing was counted in this time.</p></figure>");
        return;
      }
      legend(html);
      svg(html);
      table(html);
      html.raw("</figure>");
    }

    private void legend(Html html) {
      html.raw("<ul class=\"legend\">");
      for (Series each : series) {
        html.raw("<li><svg width=\"22\" height=\"12\" aria-hidden=\"true\">");
        html.raw(
            stacked
                ? "<rect class=\"bar %s\" width=\"22\" height=\"12\" rx=\"2\"/>"
                    .formatted(each.look())
                : "<line class=\"line %s\" x1=\"0\" y1=\"6\" x2=\"22\" y2=\"6\"/>"
                    .formatted(each.look()));
        html.raw("</svg>").text(each.name()).raw("</li>");
      }
      html.raw("</ul>");
    }

    private void svg(Html html) {
      html.raw(
          "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-title\">"
              .formatted(WIDTH, HEIGHT, id));
      html.raw("<title id=\"" + id + "-title\">")
          .text(title + ", from " + Words.hour(begins.get(0)))
          .raw("; the table below has the numbers</title>");
      for (int line = 0; line <= 4; line++) {
        long value = top / 4 * line;
        double y = y(value);
        html.raw(
            format(
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                LEFT, WIDTH - RIGHT, y, y));
        html.raw(format("<text class=\"y\" x=\"%d\" y=\"%.1f\">", LEFT - 8, y + 4))
            .text(shortly(value))
            .raw("</text>");
      }
      labels(html);
      if (stacked) {
        stackedBars(html);
      } else {
        plainLines(html);
      }
      html.raw("</svg>");
    }

    private void labels(Html html) {
      int every = Math.max(1, (begins.size() + LABELS - 1) / LABELS);
      for (int i = 0; i < begins.size(); i += every) {
        boolean second = i / every % 2 == 1;
        html.raw(
                format(
                    "<text class=\"x%s\" x=\"%.1f\" y=\"%d\">",
                    second ? " alternate" : "", x(i) + slot() / 2, HEIGHT - 10))
            .text(Words.hour(begins.get(i)))
            .raw("</text>");
      }
    }

    private void stackedBars(Html html) {
      double width = Math.max(2, Math.min(36, slot() - Math.max(1, slot() * 0.22)));
      for (int i = 0; i < begins.size(); i++) {
        long below = 0;
        for (int s = 0; s < series.size(); s++) {
          long value = values.get(s).get(i);
          if (value > 0) {
            double bottom = y(below);
            // What is there is to be seen, however little it is.
            double height = Math.max(2, bottom - y(below + value));
            html.raw(
                format(
                    "<rect class=\"bar %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                    series.get(s).look(),
                    x(i) + (slot() - width) / 2,
                    bottom - height,
                    width,
                    height));
          }
          below += value;
        }
      }
    }

    private void plainLines(Html html) {
      for (int s = 0; s < series.size(); s++) {
        StringBuilder points = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        String look = series.get(s).look();
        for (int i = 0; i < begins.size(); i++) {
          double x = x(i) + slot() / 2;
          double y = y(values.get(s).get(i));
          points.append(format("%.1f,%.1f ", x, y));
          dots.append(
              format("<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>", look, x, y));
        }
        html.raw("<polyline class=\"line %s\" points=\"%s\"/>".formatted(look, points));
        if (begins.size() <= MAX_DOTS) {
          html.raw(dots.toString());
        }
      }
    }

    private void table(Html html) {
      html.raw("<details class=\"numbers\"><summary>The numbers</summary>");
      Table table = new Table(html, "numbers").column("Begin (UTC)");
      series.forEach(each -> table.number(each.name()));
      table.begin(title);
      for (int i = 0; i < begins.size(); i++) {
        table.row().head(Words.hour(begins.get(i)));
        for (List<Long> each : values) {
          table.cell(Words.count(each.get(i)));
        }
      }
      table.end();
      html.raw("</details>");
    }

    private double slot() {
      return (double) (WIDTH - LEFT - RIGHT) / begins.size();
    }

    private double x(int index) {
      return LEFT + index * slot();
    }

    private double y(long value) {
      return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (double) value / top);
    }
  }

  private static String shortly(long value) {
    if (value >= 1_000_000) {
      return format("%.1fM", value / 1_000_000.0).replace(".0M", "M");
    }
    return value >= 10_000
        ? format("%.1fk", value / 1000.0).replace(".0k", "k")
        : Words.count(value);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
