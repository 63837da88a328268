package dev.lockstep.connector.launchdarkly;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regular expressions that a backtracking matcher is done with soon, whatever the text: no group is
 * repeated, so that there is nothing exponential, and few parts are repeated, so that the
 * polynomial is a small one.
 */
final class BoundedRegex {

  /** What an author may write. */
  static final String ALLOWED =
      "write at most two of * + {} and four of ?, the former not after a group, and no \\Q; or use"
          + " in, startsWith, endsWith, contains";

  private static final int MAX_REPEATED = 2;
  private static final int MAX_OPTIONAL = 4;
  private static final int MAX_LENGTH = 1000;

  private BoundedRegex() {}

  /** Tells whether the expression is of this kind; one that is no expression matches nothing. */
  static boolean accepts(String regex) {
    return regex.length() <= MAX_LENGTH
        && !regex.contains("\\Q")
        && isLinearSyntax(regex)
        && repeatsLittle(regex);
  }

  /** Neither references back nor looking around, nor anything else that only backtracking has. */
  private static boolean isLinearSyntax(String regex) {
    try {
      Pattern.compile(regex);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static boolean repeatsLittle(String regex) {
    int repeated = 0;
    int optional = 0;
    boolean inClass = false;
    char before = ' ';
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      boolean repeats = !inClass && (c == '*' || c == '+' || c == '{');
      if (c == '\\') {
        i++;
      } else if (c == '[' || c == ']') {
        inClass = c == '[';
      } else if (repeats && before == ')') {
        return false;
      } else if (repeats) {
        repeated++;
      } else if (!inClass && c == '?' && "(*+?}".indexOf(before) < 0) {
        optional++;
      }
      before = c;
    }
    return repeated <= MAX_REPEATED && optional <= MAX_OPTIONAL;
  }
}
