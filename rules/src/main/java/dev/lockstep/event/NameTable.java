package dev.lockstep.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.event.FieldPaths.Step;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds members by the bytes of their names. Immutable.
 *
 * <p>IMPLEMENTATION NOTES: a name is told by its first and last eight bytes and its length, which
 * are read without a loop; the whole name is compared only with the one that agrees in these.
 */
final class NameTable {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final byte[][] names;
  private final @Nullable Step[] steps;
  private final int shift;

  private NameTable(int count) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count * 2 + 1);
    this.names = new byte[1 << bits][];
    this.steps = new Step[1 << bits];
    this.shift = Long.SIZE - bits;
  }

  static NameTable of(Map<String, Step> members) {
    NameTable table = new NameTable(members.size());
    members.forEach((name, step) -> table.put(name.getBytes(UTF_8), step));
    return table;
  }

  /** Tells whether the name can be looked up here; if so, a name that is not here is nowhere. */
  static boolean isReadable(EventText name) {
    int length = name.to() - name.from();
    if (!name.isAscii()
        || name.isEscaped()
        || name.from() + Long.BYTES > name.bytes().length
        || hasBlank(first(name.bytes(), name.from(), length))) {
      return false;
    }
    for (int rest = length - Long.BYTES; rest > 0; rest -= Long.BYTES) {
      if (hasBlank((long) LONG.get(name.bytes(), name.from() + rest))) {
        return false;
      }
    }
    return true;
  }

  /** What the name leads to, which must be readable; null if to nothing. */
  @Nullable Step step(EventText name) {
    int slot = slotOf(name.bytes(), name.from(), name.to());
    while (names[slot] != null) {
      byte[] known = names[slot];
      if (Arrays.equals(known, 0, known.length, name.bytes(), name.from(), name.to())) {
        return steps[slot];
      }
      slot = (slot + 1) & (names.length - 1);
    }
    return null;
  }

  private void put(byte[] name, Step step) {
    byte[] readable = Arrays.copyOf(name, Math.max(Long.BYTES, name.length));
    int slot = slotOf(readable, 0, name.length);
    while (names[slot] != null) {
      slot = (slot + 1) & (names.length - 1);
    }
    names[slot] = name;
    steps[slot] = step;
  }

  private int slotOf(byte[] bytes, int from, int to) {
    int length = to - from;
    long mixed = first(bytes, from, length) * SPREAD + last(bytes, from, length) + length;
    return (int) (((mixed ^ (mixed >>> Integer.SIZE)) * SPREAD) >>> shift);
  }

  private static long first(byte[] bytes, int from, int length) {
    long eight = (long) LONG.get(bytes, from);
    return length >= Long.BYTES ? eight : eight & ((1L << (length * Byte.SIZE)) - 1);
  }

  private static long last(byte[] bytes, int from, int length) {
    return length <= Long.BYTES ? 0 : (long) LONG.get(bytes, from + length - Long.BYTES);
  }

  private static boolean hasBlank(long eight) {
    long blanks = eight ^ (' ' * ONES);
    return ((blanks - ONES) & ~blanks & (ONES << 7)) != 0;
  }
}
