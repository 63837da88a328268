package dev.lockstep.parity;

/**
 * A verdict that something else may explain, and the copy that it is about; of two, the first
 * engine's.
 */
public record OpenVerdict(VerdictRecord verdict, AlertCopy copy) {

  /** Whether one engine alone has it, so that it may be one of a pair. */
  boolean isLonely() {
    return verdict.verdict() == Verdict.ONLY_LIVE || verdict.verdict() == Verdict.ONLY_SHADOW;
  }

  /** Whether other alerts may explain it, so that it has to wait for them. */
  public static boolean mayBe(VerdictRecord verdict) {
    return switch (verdict.verdict()) {
      case ONLY_LIVE, ONLY_SHADOW -> true;
      case DIFFERS ->
          verdict.copies().stream().map(VerdictRecord.Copy::bundle).distinct().count() > 1;
      case MATCHED,
          EXPECTED,
          NEAR_MATCH,
          DUPLICATE_LIVE,
          WRONG_LANE,
          CONTENT_SKEW,
          RESCUED,
          NOT_COMPARED,
          LATE ->
          false;
    };
  }
}
