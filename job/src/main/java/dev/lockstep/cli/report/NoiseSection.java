package dev.lockstep.cli.report;

import dev.lockstep.evidence.ParitySums;
import dev.lockstep.parity.Noise;
import java.util.stream.Collectors;

/** How much the same version differs from itself, and what was declared. */
record NoiseSection(Report report) {

  void write(Html html) {
    ParitySums sums = report.sums();
    html.raw("<section aria-labelledby=\"noise\"><h2 id=\"noise\">Noise floor</h2>");
    String control = report.control();
    if (sums.controlled() == 0) {
      html.element(
          "p class=\"empty\"",
          control == null
              ? "No control engine ran, so nothing is known of noise: every difference counts."
              : "The control engine " + Html.cut(control, 40) + " has nothing to say yet.");
    } else {
      html.element(
          "p",
          "%s runs the same version as %s. Of %s it has %s otherwise: %s."
              .formatted(
                  control == null ? "A control engine" : Html.cut(control, 40),
                  Html.cut(report.from().engine(), 40),
                  Words.count(sums.controlled(), "alert"),
                  Words.count(sums.noisy()),
                  Words.share(sums.noisy(), sums.controlled())));
      Table table =
          new Table(html, "sides-table")
              .column("Control engine")
              .number("Alerts")
              .begin("What the control engine came to");
      for (Noise result : Noise.values()) {
        table
            .row()
            .head(result.wireName())
            .cell(Words.count(sums.noise().getOrDefault(result, 0L)));
      }
      table.end();
      if (!sums.noiseFields().isEmpty()) {
        html.element(
            "p class=\"muted\"",
            "Fields: "
                + sums.noiseFields().entrySet().stream()
                    .limit(10)
                    .map(field -> Html.cut(field.getKey(), 80) + " (" + field.getValue() + ")")
                    .collect(Collectors.joining(", ")));
      }
    }
    if (sums.expired() > 0) {
      html.raw("<p class=\"note\"><strong>Declarations are over:</strong> ")
          .text(Words.count(sums.expired(), "alert") + " would have been expected before.")
          .raw("</p>");
    }
    html.raw("</section>");
  }
}
