package dev.lockstep.program;

import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes rules of every kind of test over few fields and overlapping texts, and events for them. */
final class RandomRules {
  private static final List<String> FIELDS = List.of("a", "b", "c.d", "c.d.e", "x y", "f");
  private static final List<String> EVENT_FIELDS =
      List.of("a", "b", "c", "c.d", "d", "e", "x y", "xy", "f", "g", "A");
  private static final List<String> WORDS =
      List.of(
          "a",
          "ab",
          "aba",
          "b",
          "bab",
          "abab",
          " -a",
          "/b ",
          "-b",
          "a-b",
          "C:\\Win",
          "\\win",
          "ΟΔΟΣ",
          "οδος",
          "ς",
          "Straße",
          "\u212A",
          "k",
          "\u017F",
          "S",
          "İ",
          "i",
          "é",
          "É",
          "😀",
          "𐐀",
          "𐐨",
          "2024-03-12T04:05:06Z",
          "2024-12-01",
          "1700000000",
          "10.1.2.3",
          "::1",
          "fe80::1",
          "::ffff:10.0.0.1",
          "1",
          "1.0",
          "10",
          "1e1",
          "true",
          "false",
          "null",
          "abcdefghijklmnopqrstuvwxyz",
          "zabcdefghijklmnopqrstuvwxyz",
          "ponmlkjihgfedcba",
          "xponmlkjihgfedcba",
          ".exe",
          "\\cmd.exe",
          "$");
  private static final List<String> MODIFIERS =
      List.of(
          "",
          "",
          "|contains",
          "|startswith",
          "|endswith",
          "|contains|all",
          "|windash",
          "|windash|contains",
          "|cased",
          "|contains|cased",
          "|neq",
          "|contains|neq",
          "|endswith|windash",
          "|base64offset|contains");
  private static final List<String> REGEXES =
      List.of(
          "ab+a",
          ".{3,}",
          "[ab]{4}",
          "(a|bab)",
          "(ab){2,3}$",
          "\\bab\\b",
          "^.?a{0}b",
          ".😀",
          "^a",
          "b$",
          "a|b",
          "(ab|ba)b",
          "(?i)AB",
          "a.b",
          "[ab]c",
          "x?ab",
          "(ab)?c",
          "(?i:straSSe|k)",
          "\\.exe$",
          "(a|)b",
          "ab*a",
          "(?:ab){2}",
          "ba{0,2}b",
          "a{1,}b",
          "\\d\\d",
          "[^a]b",
          "[]a]b",
          "win(dows)?",
          "(?P<n>abc)def",
          "\\x61b",
          "\\Qab\\E",
          "a\\-b",
          "(?s)b.a");
  private static final List<String> NETWORKS =
      List.of(
          "10.0.0.0/8",
          "10.1.0.0/16",
          "10.1.2.3/32",
          "0.0.0.0/0",
          "::1/128",
          "fe80::/10",
          "::/0",
          "::ffff:0:0/96");
  private static final List<String> CONDITIONS =
      List.of(
          "s1",
          "s1 and s2",
          "s1 or s2",
          "not s1",
          "s1 and not s2",
          "not (s1 or s2) or s3",
          "1 of s*",
          "all of s*",
          "s1 and (s2 or not s3)",
          "not 1 of s*",
          "not all of s*",
          "(s1 or s2) and (s2 or s3)",
          "not not s1");

  private final RandomGenerator random;

  RandomRules(RandomGenerator random) {
    this.random = random;
  }

  List<SigmaRule> rules(int count) {
    List<SigmaRule> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rules.addAll(
          Rules.parse(
              """
              title: r%d
              logsource: {product: test}
              detection:
                s1: %s
                s2: %s
                s3: %s
                condition: %s
              lockstep: {customers: {except: [%s]}}
              """
                  .formatted(
                      i,
                      search(),
                      search(),
                      search(),
                      one(CONDITIONS),
                      one(List.of("acme", "x", "y")))));
    }
    return rules;
  }

  String event() {
    StringBuilder json = new StringBuilder("{");
    for (int i = random.nextInt(6); i >= 0; i--) {
      json.append(json.length() == 1 ? "" : ",");
      json.append(quoted(one(EVENT_FIELDS))).append(':').append(value(2));
    }
    return json.append('}').toString();
  }

  private String search() {
    return switch (random.nextInt(8)) {
      case 0 -> "[" + scalar(word()) + ", " + scalar(pattern()) + "]";
      case 1 -> "{'|re': " + scalar(one(REGEXES)) + "}";
      case 2 -> "[{" + item() + "}, {" + item() + "}]";
      case 3 -> "{'|all': [" + scalar(word()) + ", " + scalar(word()) + "]}";
      case 4, 5 -> "{" + item() + "}";
      default -> distinct();
    };
  }

  /** Two items, which must not have the same key. */
  private String distinct() {
    String first = item();
    String second = item();
    return first.substring(0, first.indexOf(':')).equals(second.substring(0, second.indexOf(':')))
        ? "{" + first + "}"
        : "{" + first + ", " + second + "}";
  }

  private String item() {
    String field = one(FIELDS);
    return switch (random.nextInt(15)) {
      case 8 ->
          key(field, one(List.of("|month", "|hour|gt", "|day|lte|neq")))
              + one(List.of("1", "3", "[2, 12]"));
      case 0 -> key(field, "|re" + one(List.of("", "|i", "|m|s"))) + scalar(one(REGEXES));
      case 1 ->
          key(field, "|cidr") + "[" + scalar(one(NETWORKS)) + "," + scalar(one(NETWORKS)) + "]";
      case 2 -> key(field, "|" + one(List.of("lt", "lte", "gt", "gte"))) + random.nextInt(12);
      case 3 -> key(field, "|exists") + random.nextBoolean();
      case 4 -> key(field, one(List.of("", "|neq"))) + "null";
      case 5 ->
          key(field, "|fieldref" + one(List.of("", "|startswith", "|contains", "|neq")))
              + scalar(one(FIELDS));
      case 6 -> key(field, one(List.of("", "|neq"))) + one(List.of("1", "10", "1.0", "0", "true"));
      case 7 -> key(field, "") + "[null, '', " + scalar(pattern()) + "]";
      default -> texts(field);
    };
  }

  private String texts(String field) {
    String modifier = one(MODIFIERS);
    boolean encoded = modifier.contains("base64");
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      values.add(scalar(encoded ? "ab" : pattern()));
    }
    boolean list = modifier.contains("all") || random.nextBoolean();
    return key(field, modifier) + (list ? "[" + String.join(", ", values) + "]" : values.get(0));
  }

  private static String key(String field, String modifier) {
    return "'" + field + modifier + "': ";
  }

  /** Text with or without wildcards. */
  private String pattern() {
    return switch (random.nextInt(8)) {
      case 0 -> one(List.of("*", "?", "", "**", "*?*", "\\*", "-?"));
      case 1 -> word() + "*" + word();
      case 2 -> "*" + word() + "?" + word();
      case 3 -> word() + "?";
      case 4 -> word() + "*" + word() + "*";
      default -> word();
    };
  }

  private String word() {
    return random.nextInt(3) == 0 ? one(WORDS) + one(WORDS) : one(WORDS);
  }

  /** The texts of the rules in other cases, and put together. */
  private String eventText() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      String word = one(WORDS);
      text.append(
          switch (random.nextInt(3)) {
            case 0 -> word.toUpperCase(Locale.ROOT);
            case 1 -> word.toLowerCase(Locale.ROOT);
            default -> word;
          });
    }
    return text.toString();
  }

  private String value(int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 11)) {
      case 0 -> one(List.of("1", "1.0", "10", "1e1", "0", "-3", "1E400", "0.10"));
      case 1 -> one(List.of("true", "false", "null"));
      case 8 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
      case 9 -> "[]";
      case 10 -> "{" + quoted(one(EVENT_FIELDS)) + ":" + value(depth - 1) + "}";
      default -> quoted(eventText());
    };
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** A YAML scalar that is text, whatever it looks like. */
  private static String scalar(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private <T> T one(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
