package dev.lockstep.program;

import com.google.re2j.Pattern;
import dev.lockstep.sigma.ValueTest.Regex;
import java.util.List;
import java.util.Set;

/**
 * Passes values in whose text the expression finds a match. Searches only texts that have what each
 * match has.
 */
final class RegexCheck implements ValueCheck {
  private final Pattern pattern;
  private final int minLength;
  private final List<Set<String>> requirements;

  RegexCheck(Regex test) {
    RegexProof proof = RegexLiterals.of(test.expression());
    this.pattern = test.compile();
    this.minLength = proof.minLength();
    this.requirements = proof.requirements();
  }

  @Override
  public boolean passes(SeenValue value) {
    String text = value.text();
    return text != null
        && text.length() >= minLength
        && hasRequirements(value)
        && pattern.matcher(text).find();
  }

  @Override
  public double cost() {
    return 1000;
  }

  private boolean hasRequirements(SeenValue value) {
    for (Set<String> texts : requirements) {
      if (!value.foldedContainsAny(texts)) {
        return false;
      }
    }
    return true;
  }
}
