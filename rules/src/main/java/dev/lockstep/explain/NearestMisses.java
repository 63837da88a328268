package dev.lockstep.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the rules that came nearest to matching: those of whose parts, joined by {@code and}, all
 * but one hold. First come those with a hint at what is wrong, then those that fulfil the most.
 */
public final class NearestMisses {
  private static final int MAX_KEPT = 5;
  private static final Comparator<Miss> NEAREST_FIRST =
      Comparator.comparing((Miss miss) -> !miss.explanation().condition().hasHint())
          .thenComparing(Miss::fulfilled, Comparator.reverseOrder());

  private final List<Miss> kept = new ArrayList<>();

  private record Miss(Explanation explanation, int fulfilled) {}

  /** Takes note of a rule that does not match. */
  public void add(Explanation explanation) {
    Parts parts = new Parts();
    parts.add(explanation.condition());
    if (!explanation.applies() || parts.failed != 1 || parts.fulfilled == 0) {
      return;
    }
    kept.add(new Miss(explanation, parts.fulfilled));
    kept.sort(NEAREST_FIRST);
    if (kept.size() > MAX_KEPT) {
      kept.remove(MAX_KEPT);
    }
  }

  /** Returns at most five, the nearest first; of equally near ones the order is that of adding. */
  public List<Explanation> nearest() {
    return kept.stream().map(Miss::explanation).toList();
  }

  /** Counts what a rule asks at its top; that something is not the case brings no rule nearer. */
  private static final class Parts implements Reason.Cases<Boolean> {
    private int failed;
    private int fulfilled;

    void add(Reason reason) {
      reason.choose(this);
    }

    @Override
    public Boolean combined(Reason.Combined reason) {
      if (reason.join() == Join.ANY) {
        return count(reason);
      }
      reason.parts().forEach(this::add);
      failed += reason.omitted().count() - reason.omitted().holding();
      fulfilled += reason.omitted().holding();
      return reason.holds();
    }

    @Override
    public Boolean negated(Reason.Negated reason) {
      failed += reason.holds() ? 0 : 1;
      return reason.holds();
    }

    @Override
    public Boolean identifier(Reason.Identifier reason) {
      return reason.detection().choose(this);
    }

    @Override
    public Boolean tests(Reason.Tests reason) {
      return count(reason);
    }

    private boolean count(Reason reason) {
      failed += reason.holds() ? 0 : 1;
      fulfilled += reason.holds() ? 1 : 0;
      return reason.holds();
    }
  }
}
