package dev.lockstep.job.parity;

import dev.lockstep.parity.ParityRecord;
import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What records of parity say, combined as a reader must. */
public final class ToldParity {

  private ToldParity() {}

  /** How many alerts have each verdict, by the newest summaries. */
  public static Map<Verdict, Long> counted(List<ParityRecord> records) {
    Map<String, SummaryRecord> newest = new HashMap<>();
    for (ParityRecord record : records) {
      if (record instanceof SummaryRecord summary) {
        newest.merge(
            summary.customer() + summary.hour() + summary.part(),
            summary,
            (one, other) -> other.sequence() >= one.sequence() ? other : one);
      }
    }
    Map<Verdict, Long> sums = new EnumMap<>(Verdict.class);
    newest.values().forEach(each -> each.verdicts().forEach((k, n) -> sums.merge(k, n, Long::sum)));
    sums.values().removeIf(count -> count == 0);
    return sums;
  }

  /** The verdicts that were written one by one, of each alert the last, by its id. */
  public static Map<String, VerdictRecord> verdicts(List<ParityRecord> records) {
    Map<String, VerdictRecord> last = new TreeMap<>();
    for (ParityRecord record : records) {
      if (record instanceof VerdictRecord verdict) {
        last.put(verdict.alertId(), verdict);
      }
    }
    return last;
  }
}
