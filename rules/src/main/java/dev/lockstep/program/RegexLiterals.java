package dev.lockstep.program;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves of a regular expression that each of its matches contains one of a few literal texts,
 * whatever their case. Knows just as much of RE2's syntax as that needs; what it does not know it
 * takes to require nothing.
 */
final class RegexLiterals {
  private static final int MAX_TEXTS = 25;
  private static final Pattern COUNT = Pattern.compile("\\{([0-9]+)(,[0-9]*)?\\}");
  private static final Pattern GROUP_START =
      Pattern.compile("\\((?:\\?(?:P?<[^>]*>|[a-zA-Z-]*:))?");
  private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]*\\)");
  private static final String CLASSES_AND_ASSERTIONS = "dDsSwWbBAzntrfva";

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

  /** Returns the texts of which every match contains one; none when nothing is proven. */
  static List<String> of(String expression) {
    RegexLiterals reader = new RegexLiterals(expression);
    try {
      List<String> texts = reader.alternatives();
      return reader.at == expression.length() ? texts : List.of();
    } catch (UnknownSyntax e) {
      return List.of();
    }
  }

  private List<String> alternatives() {
    List<String> texts = new ArrayList<>();
    boolean proven = true;
    do {
      List<String> branch = sequence();
      proven &= !branch.isEmpty();
      texts.addAll(branch);
    } while (accept('|'));
    return proven && texts.size() <= MAX_TEXTS ? texts : List.of();
  }

  /** Of what follows one another everything is required, so the longest is taken. */
  private List<String> sequence() {
    List<String> best = List.of();
    StringBuilder run = new StringBuilder();
    while (at < expression.length() && "|)".indexOf(expression.charAt(at)) < 0) {
      List<String> atom = atom();
      int before = at;
      boolean required = minimumCount() > 0;
      boolean literal = atom.size() == 1 && atom.get(0).length() == 1;
      if (literal && required) {
        run.append(atom.get(0));
      }
      if (!literal || at > before) {
        best = better(best, run.isEmpty() ? List.of() : List.of(run.toString()));
        best = required ? better(best, atom) : best;
        run.setLength(0);
      }
    }
    return better(best, run.isEmpty() ? List.of() : List.of(run.toString()));
  }

  private List<String> atom() {
    Matcher flags = FLAGS.matcher(expression);
    char c = expression.charAt(at);
    if (c == '(' && flags.find(at) && flags.start() == at) {
      at = flags.end();
      return List.of();
    }
    if (c == '(') {
      return group();
    }
    if (c == '[') {
      skipClass();
      return List.of();
    }
    at++;
    if (c == '\\') {
      return escape();
    }
    return c >= 0x80 || ".^$".indexOf(c) >= 0 ? List.of() : List.of(String.valueOf(c));
  }

  private List<String> group() {
    Matcher start = GROUP_START.matcher(expression);
    boolean known = start.find(at) && start.start() == at;
    if (!known || (start.end() == at + 1 && expression.startsWith("(?", at))) {
      throw new UnknownSyntax();
    }
    at = start.end();
    List<String> texts = alternatives();
    if (!accept(')')) {
      throw new UnknownSyntax();
    }
    return texts;
  }

  private List<String> escape() {
    if (at == expression.length()) {
      throw new UnknownSyntax();
    }
    char c = expression.charAt(at++);
    if (CLASSES_AND_ASSERTIONS.indexOf(c) >= 0) {
      return List.of();
    }
    if (c >= 0x80 || Character.isLetterOrDigit(c)) {
      throw new UnknownSyntax();
    }
    return List.of(String.valueOf(c));
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
        count = counted.group(1).matches("0+") ? 0 : count;
        at = counted.end();
      } else {
        return count;
      }
    }
    return count;
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
