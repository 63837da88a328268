package dev.lockstep.program;

import dev.lockstep.sigma.ValueTest.Like;

/** Passes values whose whole text fits a pattern. */
final class LikeCheck implements ValueCheck {
  private final WildcardMatcher matcher;
  private final boolean cased;

  LikeCheck(Like test) {
    this.matcher = WildcardMatcher.of(test.pattern(), test.cased());
    this.cased = test.cased();
  }

  @Override
  public boolean passes(SeenValue value) {
    String text = cased ? value.text() : value.folded();
    return text != null && matcher.matches(text);
  }
}
