package dev.lockstep.job.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Counters of one name, one for each value of a label. Values come from strangers, so only the
 * first {@link #MAX_VALUES} have a counter of their own, and nothing is kept of the others, which
 * share one. Asking for a known value allocates nothing. Not safe for use by several threads.
 */
public final class LabelledCounters {

  static final int MAX_VALUES = 200;

  /** The label of all values beyond the bound. */
  static final String OTHER = "other";

  private final Function<String, Counter> register;
  private final Map<String, Counter> byValue = new HashMap<>();
  private @Nullable Counter others;

  LabelledCounters(Function<String, Counter> register) {
    this.register = register;
  }

  /** Returns the counter of {@code value}. */
  public Counter of(String value) {
    Counter known = byValue.get(value);
    if (known != null) {
      return known;
    }
    if (byValue.size() == MAX_VALUES || value.equals(OTHER)) {
      return others();
    }
    Counter added = register.apply(value);
    byValue.put(value, added);
    return added;
  }

  /** Number of values that are kept, never above the bound. */
  int knownValues() {
    return byValue.size();
  }

  private Counter others() {
    if (others == null) {
      others = register.apply(OTHER);
    }
    return others;
  }
}
