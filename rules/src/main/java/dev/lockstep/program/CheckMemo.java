package dev.lockstep.program;

/**
 * Which checks a value was put to last, and whether it passed. Forgets when there are many. Belongs
 * to one thread.
 */
final class CheckMemo {
  static final int UNKNOWN = -1;
  static final int FAILS = 0;
  static final int PASSES = 1;

  private static final int SIZE = 32;

  /** Of a check: its number from 1 on, then the lowest bit tells whether it was passed. */
  private final int[] verdicts = new int[SIZE];

  int verdictOn(int check) {
    int entry = verdicts[check & (SIZE - 1)];
    return entry >>> 1 == check + 1 ? entry & 1 : UNKNOWN;
  }

  void keep(int check, boolean passes) {
    verdicts[check & (SIZE - 1)] = (check + 1) << 1 | (passes ? PASSES : FAILS);
  }
}
