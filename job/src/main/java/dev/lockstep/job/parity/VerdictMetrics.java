package dev.lockstep.job.parity;

import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.MetricGroup;

/**
 * A counter for each verdict, by customer: {@code parityMatched}, {@code parityOnlyLive} and so on;
 * but {@code parityRescued}, which is counted where alerts are rescued.
 */
final class VerdictMetrics {

  private final Map<Verdict, LabelledCounters> counters = new EnumMap<>(Verdict.class);

  VerdictMetrics(MetricGroup group, String pair) {
    EngineMetrics metrics = new EngineMetrics(group, pair);
    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.RESCUED) {
        counters.put(verdict, metrics.counters(name(verdict), "customer"));
      }
    }
  }

  void count(VerdictRecord record) {
    LabelledCounters counter = counters.get(record.verdict());
    if (counter != null) {
      counter.of(record.customer()).inc();
    }
  }

  static String name(Verdict verdict) {
    StringBuilder name = new StringBuilder("parity");
    for (String word : verdict.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
