package dev.lockstep.sigma;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates how large an expression becomes when compiled, before it is: RE2/J writes out what
 * {@code {n}} counts, so that nested counts in a short text can ask for gigabytes.
 */
final class RegexBounds {
  private static final int MAX_LENGTH = 10_000;
  private static final int MAX_GROUPS_OPEN = 100;
  private static final double MAX_SIZE = 10_000;
  private static final double UNICODE_CLASS = 100;
  private static final int MAX_COUNT_LENGTH = 24;
  private static final Pattern COUNTED = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

  private static final String QUOTE = "\\Q";
  private static final String END_OF_QUOTE = "\\E";

  private final Deque<Double> enclosing = new ArrayDeque<>();
  private String problem = "";
  private double size;
  private double last;

  private RegexBounds() {}

  static RegexBounds of(String expression) {
    RegexBounds bounds = new RegexBounds();
    bounds.problem =
        expression.length() > MAX_LENGTH
            ? "the expression has %d characters, at most %d are allowed"
                .formatted(expression.length(), MAX_LENGTH)
            : bounds.measure(expression);
    return bounds;
  }

  /** What is too much, or the empty text. */
  String problem() {
    return problem;
  }

  /** About how many characters the expression has when its counts are written out. */
  long size() {
    return (long) (size + last);
  }

  private String measure(String expression) {
    for (int at = 0; at < expression.length(); ) {
      char c = expression.charAt(at);
      if (c == '(' && enclosing.size() == MAX_GROUPS_OPEN) {
        return "the expression nests more than " + MAX_GROUPS_OPEN + " groups";
      }
      Matcher counted = COUNTED.matcher(window(expression, at));
      if (c == '{' && counted.lookingAt()) {
        repeat(counted);
        at += counted.end();
      } else {
        int end = Math.min(endOfAtom(expression, at), expression.length());
        take(c, weightOf(expression, at, end));
        at = end;
      }
      if (size + last > MAX_SIZE) {
        return "the counted repetitions multiply to more than %.0f characters".formatted(MAX_SIZE);
      }
    }
    return "";
  }

  /**
   * As much text as a count can have, so that a row of braces is not searched to its end each time.
   */
  private static String window(String expression, int at) {
    return expression.substring(at, Math.min(expression.length(), at + MAX_COUNT_LENGTH));
  }

  private void repeat(Matcher counted) {
    String upper = counted.group(2);
    String count = upper == null || upper.isEmpty() ? counted.group(1) : upper;
    last *= Math.max(1, Double.parseDouble(count));
  }

  /** A class of Unicode is a table of some hundred ranges wherever it stands. */
  private static double weightOf(String expression, int from, int to) {
    double weight = expression.startsWith(QUOTE, from) ? to - from : 1;
    for (int i = from; i + 1 < to; i++) {
      boolean escape = expression.charAt(i) == '\\';
      if (escape && (expression.charAt(i + 1) | 0x20) == 'p') {
        weight += UNICODE_CLASS;
      }
      i += escape ? 1 : 0;
    }
    return weight;
  }

  private void take(char c, double weight) {
    if (c == '(') {
      enclosing.push(size + last);
      size = 0;
      last = 1;
    } else if (c == ')' && !enclosing.isEmpty()) {
      last += size;
      size = enclosing.pop();
    } else {
      size += last;
      last = weight;
    }
  }

  /** A character class counts as one character, and so does an escape. */
  private static int endOfAtom(String expression, int at) {
    if (expression.startsWith(QUOTE, at)) {
      int end = expression.indexOf(END_OF_QUOTE, at);
      return end < 0 ? expression.length() : end + END_OF_QUOTE.length();
    }
    char c = expression.charAt(at);
    if (c == '\\') {
      return at + 2;
    }
    return c == '[' ? endOfClass(expression, at) : at + 1;
  }

  /**
   * Where RE2 ends the class, neither before nor behind: else what follows could pass for a class.
   */
  private static int endOfClass(String expression, int at) {
    int end = at + (expression.startsWith("[^", at) ? 2 : 1);
    // a bracket right after the opening one, or its caret, is a member of the class
    end += expression.startsWith("]", end) ? 1 : 0;
    while (end < expression.length() && expression.charAt(end) != ']') {
      int endOfName = expression.startsWith("[:", end) ? expression.indexOf(":]", end) : -1;
      if (endOfName >= 0) {
        end = endOfName + 2;
      } else {
        end += expression.charAt(end) == '\\' ? 2 : 1;
      }
    }
    return end + 1;
  }
}
