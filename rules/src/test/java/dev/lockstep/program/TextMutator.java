package dev.lockstep.program;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes texts here and there, as their authors, a bad disk or an enemy might. */
final class TextMutator {
  private static final Pattern TOKEN = Pattern.compile("[\\w.*$\\\\-]+");
  private static final Pattern KEY = Pattern.compile("[\\w'\"]:(?= |\\n)");
  private static final Pattern VALUE = Pattern.compile("(?<=: |- ).+");
  private static final String CHARACTERS =
      "\u0000\u0001\b\t\n\r\u001B\u007F\u0080\u0085\u00A0\u00AD\u0130\u0131\u017F\u1E9E\u212A\u2028"
          + "\u200B\uFEFF\uFFFD\uFFFF\uD800\uDC00\uDBFF 0aA'\"\\{}[]()|*?:;,.&!%@`#<>=~^$+-_/\u00E9\u00DF";
  private static final List<String> MODIFIERS =
      List.of(
          "contains",
          "startswith",
          "endswith",
          "all",
          "neq",
          "cased",
          "windash",
          "base64",
          "base64offset",
          "wide",
          "utf16le",
          "utf16be",
          "utf16",
          "re",
          "i",
          "m",
          "s",
          "cidr",
          "exists",
          "lt",
          "lte",
          "gt",
          "gte",
          "fieldref",
          "expand",
          "minute",
          "hour",
          "day",
          "week",
          "month",
          "year",
          "nonsense",
          "");
  private static final List<String> VALUES =
      List.of(
          "null",
          "~",
          "true",
          "'yes'",
          "''",
          "'*'",
          "'?'",
          "'\\*'",
          "'**?*'",
          "[]",
          "{}",
          "[a, [b, {c: d}]]",
          "{a: {b: {c: d}}}",
          "-0",
          "+1",
          "0x1F",
          "1e400",
          "1e999999999",
          "100e2147483646",
          "1e-2147483647",
          "1e99999999999",
          ".inf",
          ".nan",
          "123456789012345678",
          "1234567890123456789",
          "0.1",
          "1.0",
          "2024-02-30",
          "2024-12-31T23:59:60Z",
          "10.0.0.0/8",
          "10.0.0.0/33",
          "::/0",
          "::ffff:1.2.3.4/128",
          "fe80::1%eth0",
          "!!binary aGk=",
          "!!int x",
          "!x y",
          "|\n  a\n  b",
          ">-\n  a\n\n  b",
          "'%Admins%'",
          "'%Admins%%Servers%%Admins%'",
          "'%Nothing%'",
          "'%'",
          "&a [x, y]",
          "*a",
          "*b",
          "1 of them",
          "all of s*",
          "not (a or not b) and c",
          "((((((((a))))))))",
          "a or b or c or d",
          "1 of * and not all of *",
          "any");
  private static final List<String> LINES =
      List.of(
          "---",
          "...",
          "--- |",
          "%YAML 1.2",
          "? [a, b]\n: c",
          "? a.b.c.d\n: e",
          "&a key: &b value",
          "<<: *a",
          "# comment",
          "action: global",
          "correlation: {type: event_count, rules: a, timespan: 5m, condition: {gte: 3}}",
          "type: temporal_ordered",
          "condition: a and not b",
          "timespan: 1w",
          "filter: {rules: any, s: {a: b}, condition: not s}",
          "placeholders: {Admins: [a, b]}",
          "lockstep: {stage: shadow, customers: {only: [acme]}}",
          "detection: {s: {a: b}, condition: s}",
          "logsource: {product: windows}",
          "  condition: 1 of them",
          "  keywords: [a, 1, null]",
          "  sel: {a.b c|re: 'x+'}",
          "  other: {'|all': [a, b]}",
          "  more: [{a: 1}, {b: [c, d]}]",
          "\tindented: by a tab",
          "      - far: away");

  private final List<String> others;

  /**
   * @param others texts to take parts of
   */
  TextMutator(List<String> others) {
    this.others = others;
  }

  /** Changes the text in one to eight places. */
  String mutate(String text, RandomGenerator random) {
    String mutated = text;
    for (int i = random.nextInt(4) == 0 ? 8 : random.nextInt(3); i >= 0; i--) {
      mutated = mutateOnce(mutated, random);
    }
    return mutated;
  }

  private String mutateOnce(String text, RandomGenerator random) {
    return switch (random.nextInt(16)) {
      case 0 -> replaced(text, random, 1, character(random));
      case 1 -> replaced(text, random, 0, character(random));
      case 2 -> replaced(text, random, random.nextInt(30), "");
      case 3 -> text.substring(0, random.nextInt(text.length() + 1));
      case 4 -> withLines(text, random, line -> "");
      case 5 -> withLines(text, random, line -> line + line);
      case 6 -> withLines(text, random, line -> " " + line);
      case 7 -> withLines(text, random, String::stripLeading);
      case 8 -> withLines(text, random, line -> one(LINES, random) + "\n" + line);
      case 9 -> withLines(text, random, line -> lineOf(one(others, random), random));
      case 10 -> withMatch(text, random, TOKEN, token -> tokenOf(one(others, random), random));
      case 11 -> withMatch(text, random, VALUE, value -> one(VALUES, random));
      case 12 -> withMatch(text, random, VALUE, value -> quoted(expression(random, 3)));
      case 13 -> text.replace("\n", random.nextBoolean() ? "\r\n" : "\r");
      case 14 -> random.nextInt(20) == 0 ? large(text, random) : text;
      default ->
          withMatch(
              text,
              random,
              KEY,
              key -> key.charAt(0) + "|" + one(MODIFIERS, random) + key.substring(1));
    };
  }

  /** Something that is nested, long or many. */
  private static String large(String text, RandomGenerator random) {
    int much = random.nextInt(8) == 0 ? 3000 : 120;
    String what =
        switch (random.nextInt(12)) {
          case 0 -> "[".repeat(much);
          case 1 -> "{a: ".repeat(much);
          case 2 -> "- ".repeat(much);
          case 3 -> "x".repeat(much * 10);
          case 4 -> "'" + "*a?".repeat(much) + "'";
          case 5 -> "a: &a [b, b]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c, *c]\n";
          case 6 -> "(".repeat(much) + "a" + ")".repeat(much);
          case 7 -> "not ".repeat(much) + "a";
          case 8 -> "? " + "a.".repeat(much) + "b\n: c\n";
          case 9 -> "a or ".repeat(much) + "a";
          case 10 -> "(a{1,99}){" + much + "}";
          default -> "[" + "a, ".repeat(much) + "a]";
        };
    return random.nextBoolean()
        ? withMatch(text, random, VALUE, value -> what)
        : withLines(text, random, line -> line + "    " + what + "\n");
  }

  /** A regular expression, or nearly. */
  static String expression(RandomGenerator random, int depth) {
    String one = depth == 0 ? "a" : null;
    return switch (one == null ? random.nextInt(18) : 17) {
      case 0 -> expression(random, depth - 1) + expression(random, depth - 1);
      case 1 -> "(" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")";
      case 2 -> "(?i)" + expression(random, depth - 1);
      case 3 -> "(?:" + expression(random, depth - 1) + ")*";
      case 4 -> "(" + expression(random, depth - 1) + "){" + random.nextInt(6) + ",}";
      case 5 -> expression(random, depth - 1) + "{" + random.nextInt(1200) + "}";
      case 6 -> expression(random, depth - 1) + "{0,3}?";
      case 7 -> "^" + expression(random, depth - 1) + "$";
      case 8 -> "[^a-z\\d]" + expression(random, depth - 1) + "+?";
      case 9 -> "[[:alpha:]\\]-]";
      case 10 -> "\\p{Greek}\\x{1F600}\\Qa*\\E";
      case 11 -> "(?=a)";
      case 12 -> "\\1";
      case 13 -> "(?P<n>" + expression(random, depth - 1) + ")";
      case 14 -> "[";
      case 15 -> "\\";
      case 16 -> ".*" + expression(random, depth - 1);
      default -> one(List.of("a", "b", "cmd", "\\.exe", "\\d", "\\n", "é", "K"), random);
    };
  }

  private static String character(RandomGenerator random) {
    return random.nextInt(4) == 0
        ? String.valueOf((char) random.nextInt(0x10000))
        : String.valueOf(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
  }

  private static String replaced(String text, RandomGenerator random, int length, String with) {
    int from = random.nextInt(text.length() + 1);
    return text.substring(0, from) + with + text.substring(Math.min(text.length(), from + length));
  }

  private static String withLines(
      String text, RandomGenerator random, UnaryOperator<String> change) {
    int at = random.nextInt(text.length() + 1);
    int from = text.lastIndexOf('\n', at - 1) + 1;
    int newline = text.indexOf('\n', at);
    int end = newline < 0 ? text.length() : newline + 1;
    return text.substring(0, from) + change.apply(text.substring(from, end)) + text.substring(end);
  }

  private static String withMatch(
      String text, RandomGenerator random, Pattern pattern, UnaryOperator<String> change) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find(random.nextInt(text.length() + 1))) {
      return text;
    }
    return text.substring(0, matcher.start())
        + change.apply(matcher.group())
        + text.substring(matcher.end());
  }

  private static String lineOf(String text, RandomGenerator random) {
    int at = random.nextInt(text.length() + 1);
    int end = text.indexOf('\n', at);
    return text.substring(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length() : end + 1);
  }

  private static String tokenOf(String text, RandomGenerator random) {
    Matcher matcher = TOKEN.matcher(text);
    return matcher.find(random.nextInt(text.length() + 1)) ? matcher.group() : "x";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static <T> T one(List<T> items, RandomGenerator random) {
    return items.get(random.nextInt(items.size()));
  }
}
