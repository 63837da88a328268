package dev.lockstep.correlation;

import dev.lockstep.sigma.CorrelationQuestion;
import dev.lockstep.sigma.RuleReference;
import dev.lockstep.sigma.SigmaCorrelation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A correlation all of whose rules are there. Immutable. */
public final class Correlation {
  private final SigmaCorrelation written;
  private final String meaning;
  private final int stage;
  private final List<String> rules;

  /**
   * @param meaning see {@link #meaning}
   * @param stage see {@link #stage}
   */
  Correlation(SigmaCorrelation written, String meaning, int stage) {
    this.written = written;
    this.meaning = meaning;
    this.stage = stage;
    this.rules = written.rules().stream().map(RuleReference::rule).toList();
  }

  /** The document. */
  public SigmaCorrelation written() {
    return written;
  }

  /** 16 hex digits that change when what is correlated does, and not when its description does. */
  public String meaning() {
    return meaning;
  }

  /** 1 for a correlation of rules only; one more than that of the correlations it refers to. */
  public int stage() {
    return stage;
  }

  /** The values of a group by the names that the correlation groups by, in its order. */
  public Map<String, String> fieldsOf(GroupKey group) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < written.groupBy().size(); i++) {
      values.put(written.groupBy().get(i), group.values().get(i));
    }
    return values;
  }

  /** What this correlation asks for. */
  CorrelationQuestion question() {
    return written.question();
  }

  GroupMachine open(int most, Slots slots, @Nullable PieceReader state) {
    return written
        .question()
        .choose(new Machines(written.timespan().toMillis(), rules, most, slots, state));
  }
}
