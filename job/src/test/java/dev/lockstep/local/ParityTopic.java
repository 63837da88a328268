package dev.lockstep.local;

import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.parity.ToldParity;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.parity.ParityRecord;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.util.Collection;
import java.util.HashMap;
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

  /** How many alerts have each verdict. */
  Map<Verdict, Long> counted() {
    return ToldParity.counted(records());
  }

  /** The last verdict on each alert of those that were written one by one. */
  Collection<VerdictRecord> verdicts() {
    return ToldParity.verdicts(records()).values();
  }

  private List<ParityRecord> records() {
    return system.committed(config.parity().topic()).stream()
        .map(record -> ParityJson.read(record.value()))
        .toList();
  }
}
