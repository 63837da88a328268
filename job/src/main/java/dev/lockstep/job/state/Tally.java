package dev.lockstep.job.state;

import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts, in memory, what a subtask does until it tells: before each checkpoint, so that what was
 * counted and what was not are told apart by its barrier, and before event time passes the end of a
 * period, so that who adds up knows of a period all that there is. Not safe for use by several
 * threads.
 */
public final class Tally {

  /** More customers and periods at once are told before their time. */
  private static final int MAX_KEPT = 10_000;

  private final long periodMillis;
  private final Map<Period, Counts> periods = new HashMap<>();
  private @Nullable Period newest;
  private @Nullable Counts countsOfNewest;
  private long toldUntilMillis = Long.MIN_VALUE;

  public Tally(long periodMillis) {
    this.periodMillis = periodMillis;
  }

  /** Returns what is counted of a customer and the period of that event time. */
  public Counts of(String customer, long atMillis) {
    Period known = newest;
    Counts counts = countsOfNewest;
    if (known != null && counts != null && known.is(customer, atMillis, periodMillis)) {
      return counts;
    }
    Period period = new Period(customer, begin(atMillis, periodMillis));
    Counts found = periods.computeIfAbsent(period, key -> new Counts());
    newest = period;
    countsOfNewest = found;
    return found;
  }

  /** Adds to what is counted of a customer and the period of that event time. */
  public void add(String customer, long atMillis, Counted counted, String label, long number) {
    of(customer, atMillis).add(counted, label, number);
  }

  /** Returns the first moment of the period of that moment. */
  public static long begin(long atMillis, long periodMillis) {
    return atMillis - Math.floorMod(atMillis, periodMillis);
  }

  /** Tells all that was counted since it was told last. */
  public void tell(Consumer<CustomerCounts> out) {
    periods.forEach(
        (period, counts) ->
            out.accept(new CustomerCounts(period.customer, period.fromMillis, counts)));
    periods.clear();
    newest = null;
    countsOfNewest = null;
  }

  /** Tells it if event time comes to a period, or if there is much. */
  public void tellAt(long watermarkMillis, Consumer<CustomerCounts> out) {
    if (watermarkMillis >= toldUntilMillis || periods.size() > MAX_KEPT) {
      tell(out);
      toldUntilMillis =
          watermarkMillis > Long.MAX_VALUE - periodMillis
              ? Long.MAX_VALUE
              : begin(watermarkMillis, periodMillis) + periodMillis;
    }
  }

  private record Period(String customer, long fromMillis) {
    boolean is(String otherCustomer, long atMillis, long periodMillis) {
      return atMillis >= fromMillis
          && atMillis - fromMillis < periodMillis
          && customer.equals(otherCustomer);
    }
  }
}
