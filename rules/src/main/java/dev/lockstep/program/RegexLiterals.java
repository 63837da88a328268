package dev.lockstep.program;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves of a regular expression what literal texts each of its matches contains, whatever their
 * case, and how long it is at least. Knows just as much of RE2's syntax as that needs; what it does
 * not know it takes to require nothing.
 */
final class RegexLiterals {
  private static final int MAX_MEMBERS = 8;
  private static final int MANY = Integer.MAX_VALUE;
  private static final Pattern COUNT = Pattern.compile("\\{([0-9]+)(,[0-9]*)?\\}");
  private static final Pattern GROUP_START =
      Pattern.compile("\\((?:\\?(?:P?<[^>]*>|[a-zA-Z-]*:))?");
  private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]*\\)");
  private static final String ASSERTIONS = "bBAz";
  private static final String CONTROLS = "ntr";
  private static final String CLASSES = "dDsSwWfva";

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

  static RegexProof of(String expression) {
    RegexLiterals reader = new RegexLiterals(expression);
    try {
      RegexProof proof = reader.alternatives();
      return reader.at == expression.length() ? proof : RegexProof.NOTHING;
    } catch (UnknownSyntax e) {
      return RegexProof.NOTHING;
    }
  }

  private RegexProof alternatives() {
    RegexProof either = sequence();
    while (accept('|')) {
      either = either.or(sequence());
    }
    return either;
  }

  private RegexProof sequence() {
    List<RegexProof> parts = new ArrayList<>();
    while (at < expression.length() && "|)".indexOf(expression.charAt(at)) < 0) {
      parts.add(repeated(atom()));
    }
    return RegexProof.sequence(parts);
  }

  private RegexProof atom() {
    Matcher flags = FLAGS.matcher(expression);
    char c = expression.charAt(at);
    if (c == '(' && flags.find(at) && flags.start() == at) {
      at = flags.end();
      return RegexProof.EMPTY;
    }
    if (c == '(') {
      return group();
    }
    if (c == '[') {
      return characterClass();
    }
    at++;
    if (c == '\\') {
      return escape();
    }
    if (c == '^' || c == '$') {
      return RegexProof.EMPTY;
    } else if (c == '.' || c >= 0x80) {
      return c == '.' ? RegexProof.ONE_CHARACTER : RegexProof.NOTHING;
    }
    return RegexProof.oneOf(String.valueOf(c));
  }

  private RegexProof group() {
    Matcher start = GROUP_START.matcher(expression);
    boolean known = start.find(at) && start.start() == at;
    if (!known || (start.end() == at + 1 && expression.startsWith("(?", at))) {
      throw new UnknownSyntax();
    }
    at = start.end();
    RegexProof proof = alternatives();
    if (!accept(')')) {
      throw new UnknownSyntax();
    }
    return proof;
  }

  private RegexProof escape() {
    if (at == expression.length()) {
      throw new UnknownSyntax();
    }
    char c = expression.charAt(at++);
    if (ASSERTIONS.indexOf(c) >= 0) {
      return RegexProof.EMPTY;
    }
    int control = CONTROLS.indexOf(c);
    if (control >= 0) {
      return RegexProof.oneOf(String.valueOf("\n\t\r".charAt(control)));
    }
    if (CLASSES.indexOf(c) >= 0) {
      return RegexProof.ONE_CHARACTER;
    }
    if (c >= 0x80 || Character.isLetterOrDigit(c)) {
      throw new UnknownSyntax();
    }
    return RegexProof.oneOf(String.valueOf(c));
  }

  /** Of a short class without ranges the characters are told. */
  private RegexProof characterClass() {
    int start = at;
    skipClass();
    String members = expression.substring(start + 1, at - 1);
    boolean plain =
        members.length() <= MAX_MEMBERS
            && members.chars().allMatch(c -> c < 0x80 && "^-[]\\".indexOf(c) < 0);
    return plain ? RegexProof.oneOf(members) : RegexProof.ONE_CHARACTER;
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

  /** Reads how often the part may come; of several counts in a row each counts the one before. */
  private RegexProof repeated(RegexProof part) {
    RegexProof repeated = part;
    while (at < expression.length()) {
      char c = expression.charAt(at);
      Matcher counted = COUNT.matcher(expression);
      if (c == '{' && counted.find(at) && counted.start() == at) {
        int min = number(counted.group(1));
        String upper = counted.group(2);
        repeated = repeated.times(min, upper == null ? min : MANY);
        at = counted.end();
      } else if (c == '*' || c == '?') {
        repeated = repeated.times(0, MANY);
        at++;
      } else if (c == '+') {
        repeated = repeated.times(1, MANY);
        at++;
      } else {
        return repeated;
      }
      // what follows a count only says which of several matches is preferred
      accept('?');
    }
    return repeated;
  }

  private static int number(String digits) {
    return digits.length() > MAX_COUNT_DIGITS ? 1 : Integer.parseInt(digits);
  }

  private boolean accept(char expected) {
    boolean there = at < expression.length() && expression.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }
}
