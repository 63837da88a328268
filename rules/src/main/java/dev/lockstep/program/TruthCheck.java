package dev.lockstep.program;

/** Passes a boolean, and text that spells it in any case. */
final class TruthCheck implements ValueCheck {
  private final String expected;

  TruthCheck(boolean expected) {
    this.expected = Boolean.toString(expected);
  }

  @Override
  public boolean passes(SeenValue value) {
    return expected.equals(value.folded());
  }
}
