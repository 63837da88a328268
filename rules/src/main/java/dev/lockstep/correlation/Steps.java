package dev.lockstep.correlation;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Amounts by steps of time. A window is {@link #PER_WINDOW} steps, the newest of which goes on, so
 * that a window slides by steps and what it holds is a few numbers.
 */
final class Steps {
  static final int PER_WINDOW = 10;

  private final TreeMap<Long, BigDecimal> amounts = new TreeMap<>();

  static long length(long timespan) {
    return Math.max(1, timespan / PER_WINDOW);
  }

  void add(long step, BigDecimal amount) {
    amounts.merge(step, amount, BigDecimal::add);
  }

  /** The sum of the steps after {@code from} up to {@code to}. */
  BigDecimal sum(long from, long to) {
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal amount : amounts.subMap(from, false, to, true).values()) {
      sum = sum.add(amount);
    }
    return sum;
  }

  void forgetThrough(long step) {
    amounts.headMap(step, true).clear();
  }

  boolean isEmpty() {
    return amounts.isEmpty();
  }

  long newest() {
    return amounts.lastKey();
  }

  void clear() {
    amounts.clear();
  }

  void save(PieceWriter out) {
    out.writeInt(amounts.size());
    for (Map.Entry<Long, BigDecimal> amount : amounts.entrySet()) {
      out.writeLong(amount.getKey());
      Bytes.writeNumber(amount.getValue(), out);
    }
  }

  void load(PieceReader in) {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      amounts.put(in.readLong(), Bytes.readNumber(in));
    }
  }
}
