package dev.lockstep.program;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves of a regular expression that each of its matches contains one of a few literal texts,
 * whatever their case, and how long it is at least. Knows just as much of RE2's syntax as that
 * needs; what it does not know it takes to require nothing.
 */
final class RegexLiterals {
  private static final int MAX_TEXTS = 25;
  private static final Pattern COUNT = Pattern.compile("\\{([0-9]+)(,[0-9]*)?\\}");
  private static final Pattern GROUP_START =
      Pattern.compile("\\((?:\\?(?:P?<[^>]*>|[a-zA-Z-]*:))?");
  private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]*\\)");
  private static final String ASSERTIONS = "bBAz";
  private static final String CLASSES = "dDsSwWntrfva";

  /** No more than this is ever claimed, so that the sum stays a number. */
  private static final int MAX_LENGTH = 10_000;

  private static final int MAX_COUNT = 1000;
  private static final int MAX_COUNT_DIGITS = 4;

  /** What the expression has that this reader does not know. */
  private static final class UnknownSyntax extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownSyntax() {
      super("unknown syntax", null, false, false);
    }
  }

  private final String expression;
  private int at;

  private RegexLiterals(String expression) {
    this.expression = expression;
  }

  /**
   * What is proven of every match.
   *
   * @param texts one of them is in it; none when that is not proven
   * @param minLength in UTF-16 units
   */
  record Proven(List<String> texts, int minLength) {
    static final Proven NOTHING = new Proven(List.of(), 0);
    static final Proven ONE_CHARACTER = new Proven(List.of(), 1);

    Proven {
      texts = List.copyOf(texts);
    }

    static Proven literal(char c) {
      return new Proven(List.of(String.valueOf(c)), 1);
    }
  }

  static Proven of(String expression) {
    RegexLiterals reader = new RegexLiterals(expression);
    try {
      Proven proven = reader.alternatives();
      return reader.at == expression.length() ? proven : Proven.NOTHING;
    } catch (UnknownSyntax e) {
      return Proven.NOTHING;
    }
  }

  private Proven alternatives() {
    List<String> texts = new ArrayList<>();
    boolean proven = true;
    int minLength = Integer.MAX_VALUE;
    do {
      Proven branch = sequence();
      proven &= !branch.texts.isEmpty();
      texts.addAll(branch.texts);
      minLength = Math.min(minLength, branch.minLength);
    } while (accept('|'));
    return new Proven(proven && texts.size() <= MAX_TEXTS ? texts : List.of(), minLength);
  }

  /** Of what follows one another everything is required, so the longest is taken. */
  private Proven sequence() {
    List<String> best = List.of();
    StringBuilder run = new StringBuilder();
    int minLength = 0;
    while (at < expression.length() && "|)".indexOf(expression.charAt(at)) < 0) {
      Proven atom = atom();
      int before = at;
      int count = minimumCount();
      minLength = Math.min(MAX_LENGTH, minLength + count * atom.minLength);
      boolean literal = atom.texts.size() == 1 && atom.texts.get(0).length() == 1;
      if (literal && count > 0) {
        run.append(atom.texts.get(0));
      }
      if (!literal || at > before) {
        best = better(best, run.isEmpty() ? List.of() : List.of(run.toString()));
        best = count > 0 ? better(best, atom.texts) : best;
        run.setLength(0);
      }
    }
    best = better(best, run.isEmpty() ? List.of() : List.of(run.toString()));
    return new Proven(best, minLength);
  }

  private Proven atom() {
    Matcher flags = FLAGS.matcher(expression);
    char c = expression.charAt(at);
    if (c == '(' && flags.find(at) && flags.start() == at) {
      at = flags.end();
      return Proven.NOTHING;
    }
    if (c == '(') {
      return group();
    }
    if (c == '[') {
      skipClass();
      return Proven.ONE_CHARACTER;
    }
    at++;
    if (c == '\\') {
      return escape();
    }
    if (c == '^' || c == '$') {
      return Proven.NOTHING;
    }
    return c >= 0x80 ? Proven.NOTHING : c == '.' ? Proven.ONE_CHARACTER : Proven.literal(c);
  }

  private Proven group() {
    Matcher start = GROUP_START.matcher(expression);
    boolean known = start.find(at) && start.start() == at;
    if (!known || (start.end() == at + 1 && expression.startsWith("(?", at))) {
      throw new UnknownSyntax();
    }
    at = start.end();
    Proven proven = alternatives();
    if (!accept(')')) {
      throw new UnknownSyntax();
    }
    return proven;
  }

  private Proven escape() {
    if (at == expression.length()) {
      throw new UnknownSyntax();
    }
    char c = expression.charAt(at++);
    if (ASSERTIONS.indexOf(c) >= 0) {
      return Proven.NOTHING;
    }
    if (CLASSES.indexOf(c) >= 0) {
      return Proven.ONE_CHARACTER;
    }
    if (c >= 0x80 || Character.isLetterOrDigit(c)) {
      throw new UnknownSyntax();
    }
    return Proven.literal(c);
  }

  private void skipClass() {
    // a bracket right after the opening one, or its caret, is a member of the class
    at += expression.startsWith("[^", at) ? 2 : 1;
    boolean first = true;
    while (at < expression.length() && (first || expression.charAt(at) != ']')) {
      first = false;
      if (expression.startsWith("[:", at)) {
        at = expression.indexOf(":]", at + 2) + 1;
        if (at == 0) {
          throw new UnknownSyntax();
        }
      } else if (expression.charAt(at) == '\\') {
        at++;
      }
      at++;
    }
    if (!accept(']')) {
      throw new UnknownSyntax();
    }
  }

  private int minimumCount() {
    int count = 1;
    while (at < expression.length()) {
      char c = expression.charAt(at);
      Matcher counted = COUNT.matcher(expression);
      if (c == '*' || c == '?') {
        count = 0;
        at++;
      } else if (c == '+') {
        at++;
      } else if (c == '{' && counted.find(at) && counted.start() == at) {
        count = Math.min(MAX_COUNT, count * lowerBound(counted.group(1)));
        at = counted.end();
      } else {
        return count;
      }
    }
    return count;
  }

  private static int lowerBound(String digits) {
    return digits.length() > MAX_COUNT_DIGITS ? 1 : Integer.parseInt(digits);
  }

  private boolean accept(char expected) {
    boolean there = at < expression.length() && expression.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }

  private static List<String> better(List<String> texts, List<String> others) {
    return shortest(others) > shortest(texts) ? others : texts;
  }

  private static int shortest(List<String> texts) {
    return texts.stream().mapToInt(String::length).min().orElse(0);
  }
}
