package dev.lockstep.cli.report;

import dev.lockstep.evidence.Tally;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Verdicts over time: all of them, and by themselves those that speak against the engines. */
record TimeSection(Report report) {

  void write(Html html) {
    html.raw("<section aria-labelledby=\"time\"><h2 id=\"time\">Over time</h2>");
    html.raw("<div class=\"charts\">");
    new Chart("compared", "Alerts that were judged")
        .with("agree", "one", counts(Tally::good))
        .with("differ", "against", counts(tally -> tally.differences() + tally.noise()))
        .with("explained", "other", counts(Tally::explained))
        .bars(html);
    new Chart("differing", "Alerts that differ, by themselves")
        .with("differ", "against", counts(Tally::differences))
        .with("noise", "other", counts(Tally::noise))
        .bars(html);
    html.raw("</div></section>");
  }

  private SortedMap<Instant, Long> counts(ToLongFunction<Tally> count) {
    SortedMap<Instant, Long> counts = new TreeMap<>();
    report.sums().hours().forEach((hour, tally) -> counts.put(hour, count.applyAsLong(tally)));
    return counts;
  }
}
