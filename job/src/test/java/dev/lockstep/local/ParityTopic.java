package dev.lockstep.local;

import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.parity.ParityRecord;
import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What parity has said of two engines so far. */
record ParityTopic(LocalSystem system, LockstepConfig config) {

  /** Options of topics that begin with a name, for engines that share them. */
  static Map<String, String> topics(String name) {
    Map<String, String> options = new HashMap<>();
    for (String topic :
        List.of(
            "events",
            "alerts.live",
            "alerts.shadow",
            "dead-letters",
            "dead-letters.parked",
            "rule-status",
            "engine-status",
            "parity")) {
      options.put(topic + ".topic", name + "." + topic);
    }
    return options;
  }

  /** How many alerts have each verdict, by the newest summaries. */
  Map<Verdict, Long> counted() {
    Map<String, SummaryRecord> newest = new HashMap<>();
    for (ParityRecord record : records()) {
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

  /** The last verdict on each alert of those that were written one by one. */
  Collection<VerdictRecord> verdicts() {
    Map<String, VerdictRecord> last = new LinkedHashMap<>();
    for (ParityRecord record : records()) {
      if (record instanceof VerdictRecord verdict) {
        last.put(verdict.alertId(), verdict);
      }
    }
    return last.values();
  }

  private List<ParityRecord> records() {
    return system.committed(config.parity().topic()).stream()
        .map(record -> ParityJson.read(record.value()))
        .toList();
  }
}
