package dev.lockstep.cli;

import dev.lockstep.explain.Explanation;
import java.util.List;

/**
 * What is explained of one event.
 *
 * @param judged how many rules it was judged by
 * @param explained the rule that was asked for, or all that match
 * @param nearest where no rule matches and none was asked for, those that came near
 */
record EventVerdict(
    EventLine line, int judged, List<Explanation> explained, List<Explanation> nearest) {

  EventVerdict {
    explained = List.copyOf(explained);
    nearest = List.copyOf(nearest);
  }

  boolean matches() {
    return explained.stream().anyMatch(Explanation::matches);
  }

  String place() {
    return line.file() + ":" + line.number();
  }
}
