package dev.lockstep.program;

import com.google.re2j.Pattern;
import dev.lockstep.sigma.ValueTest.Regex;

/** Passes values in whose text the expression finds a match. */
final class RegexCheck implements ValueCheck {
  private final Pattern pattern;
  private final int minLength;

  RegexCheck(Regex test) {
    this.pattern = test.compile();
    this.minLength = RegexLiterals.of(test.expression()).minLength();
  }

  @Override
  public boolean passes(SeenValue value) {
    String text = value.text();
    return text != null && text.length() >= minLength && pattern.matcher(text).find();
  }
}
