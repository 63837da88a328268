package dev.lockstep.sigma;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Refuses expressions whose compiled form would be huge, before it is built: RE2/J repeats what
 * {@code {n}} counts, so that a short text can ask for gigabytes.
 */
final class RegexBounds {
  private static final int MAX_LENGTH = 10_000;
  private static final int MAX_GROUPS_OPEN = 100;
  private static final double MAX_REPETITION = 10_000;
  private static final Pattern COUNTED = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

  private RegexBounds() {}

  /** Returns what is too much, or the empty text. */
  static String problemOf(String expression) {
    if (expression.length() > MAX_LENGTH) {
      return "the expression has %d characters, at most %d are allowed"
          .formatted(expression.length(), MAX_LENGTH);
    }
    if (depthOf(expression) > MAX_GROUPS_OPEN) {
      return "the expression nests more than " + MAX_GROUPS_OPEN + " groups";
    }
    if (repetitionOf(expression) > MAX_REPETITION) {
      return "the counted repetitions multiply to more than " + (int) MAX_REPETITION;
    }
    return "";
  }

  private static int depthOf(String expression) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  /** The product over nested counts is bounded by the product over those directly on a group. */
  private static double repetitionOf(String expression) {
    double product = 1;
    Matcher counted = COUNTED.matcher(expression);
    while (counted.find()) {
      boolean onGroup = counted.start() > 0 && expression.charAt(counted.start() - 1) == ')';
      double count = Double.parseDouble(highest(counted));
      product = onGroup ? product * Math.max(1, count) : Math.max(product, count);
    }
    return product;
  }

  private static String highest(Matcher counted) {
    String upper = counted.group(2);
    return upper == null || upper.isEmpty() ? counted.group(1) : upper;
  }
}
