package dev.lockstep.program;

import dev.lockstep.event.EventText;
import dev.lockstep.event.ScalarKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values that come again and again, as users, hosts, programs and command lines do: what they
 * passed once they pass each time. Bounded, and belongs to one thread.
 *
 * <p>IMPLEMENTATION NOTES: there are sets of four places, and a value may be in those of its set. A
 * value that is asked for moves to the front of its set, and a new one takes the last place. It is
 * kept when it comes for the second time before others of its set do; so values that never come
 * again, as times and unique ids, cost no more than their hash, and push nothing out.
 */
final class KnownValues {
  /** Stands for a value that is not kept. */
  static final long NO_KEY = 0;

  private static final int SETS_BITS = 10;
  private static final int SET_SIZE = 4;
  private static final int MAX_LENGTH = 512;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final @Nullable KnownValue[] values = new KnownValue[SET_SIZE << SETS_BITS];
  private final long[] keys = new long[SET_SIZE << SETS_BITS];
  private final long[] newcomers = new long[SET_SIZE << SETS_BITS];

  /** Returns a number that different values hardly share. */
  static long key(int field, EventText text) {
    byte[] bytes = text.bytes();
    int length = text.to() - text.from();
    if (bytes.length == 0 || length > MAX_LENGTH) {
      return NO_KEY;
    }
    long hash = field * SPREAD + length;
    int at = text.from();
    for (; at + Long.BYTES <= text.to(); at += Long.BYTES) {
      hash = mix(hash, (long) LONG.get(bytes, at));
    }
    for (; at < text.to(); at++) {
      hash = mix(hash, bytes[at]);
    }
    return hash ^ (hash >>> Integer.SIZE);
  }

  /** Returns what is known of the value, null if nothing. */
  @Nullable KnownValue get(long key, int field, ScalarKind kind, EventText text) {
    int set = set(key);
    for (int place = set; place < set + SET_SIZE; place++) {
      if (keys[place] == key) {
        KnownValue known = values[place];
        if (known != null && known.is(field, kind, text)) {
          if (place > set) {
            keys[place] = keys[place - 1];
            values[place] = values[place - 1];
            keys[place - 1] = key;
            values[place - 1] = known;
          }
          return known;
        }
      }
    }
    return null;
  }

  /** Tells whether the value, of which nothing is known, is worth to be kept. */
  boolean isRepeated(long key) {
    int set = set(key);
    for (int place = set; place < set + SET_SIZE; place++) {
      if (newcomers[place] == key) {
        return key != NO_KEY;
      }
    }
    newcomers[set + (int) (key & (SET_SIZE - 1))] = key;
    return false;
  }

  void put(long key, KnownValue value) {
    int last = set(key) + SET_SIZE - 1;
    keys[last] = key;
    values[last] = value;
  }

  /** The first place of a set. */
  private static int set(long key) {
    return (int) ((key * SPREAD) >>> (Long.SIZE - SETS_BITS)) * SET_SIZE;
  }

  private static long mix(long hash, long more) {
    return (Long.rotateLeft(hash, 29) ^ more) * SPREAD;
  }
}
