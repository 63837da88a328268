package dev.lockstep.parity;

/** What the copies of one alert, from the two engines that are compared, come to. */
public enum Verdict {
  /** Both engines found it, and all fields that count are equal. */
  MATCHED(Weight.GOOD),
  /**
   * Both found it; it differs, or one has it alone, only in ways that are declared and not yet
   * over.
   */
  EXPECTED(Weight.GOOD),
  /** Both found it, and fields differ. */
  DIFFERS(Weight.DIFFERENCE),
  /** One engine found it and sent it live; the other has nothing. */
  ONLY_LIVE(Weight.DIFFERENCE),
  /** One engine found it and sent it to shadow alone; the other has nothing. */
  ONLY_SHADOW(Weight.DIFFERENCE),
  /** Each engine found the same thing under an id of its own; the pair is counted once. */
  NEAR_MATCH(Weight.DIFFERENCE),
  /** It was sent live more than once, by both engines or twice by one. */
  DUPLICATE_LIVE(Weight.DIFFERENCE),
  /** It lies in another lane than its flag set or the stage of its rule says. */
  WRONG_LANE(Weight.DIFFERENCE),
  /** It differs or is missing because the engines were exchanging bundles at that moment. */
  CONTENT_SKEW(Weight.EXPLAINED),
  /** Neither engine sent it live, each because the other one should; parity did. */
  RESCUED(Weight.EXPLAINED),
  /** One engine found it; flags have kept the other from it, so there is nothing to compare. */
  NOT_COMPARED(Weight.EXPLAINED),
  /** It came when nothing was known any more of what the other engine had found. */
  LATE(Weight.EXPLAINED);

  /** What a verdict says about the question whether the engines agree. */
  public enum Weight {
    /** They agree. */
    GOOD,
    /** They do not. */
    DIFFERENCE,
    /** Neither: something else has explained it. */
    EXPLAINED
  }

  private final Weight weight;

  Verdict(Weight weight) {
    this.weight = weight;
  }

  /** Whether it speaks for the engines, against them, or not at all. */
  public Weight weight() {
    return weight;
  }
}
