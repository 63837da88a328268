package dev.lockstep.content;

/** Texts of rule files for tests. */
final class Rules {
  private Rules() {}

  static RuleDocument file(String path, String id) {
    return file(path, id, "a");
  }

  static RuleDocument file(String path, String id, String value) {
    return new RuleDocument(path, text(id, value));
  }

  static RuleDocument broken(String path, String id) {
    return new RuleDocument(path, text(id, "a").replace("condition: s", "condition: t"));
  }

  static RuleDocument values(String path, String name, String... values) {
    return new RuleDocument(
        path, "placeholders:\n  %s: [%s]\n".formatted(name, String.join(", ", values)));
  }

  /** A rule that needs a placeholder. */
  static RuleDocument expanding(String path, String id, String placeholder) {
    String text = text(id, "'%" + placeholder + "%'").replace("field:", "field|expand:");
    return new RuleDocument(path, text);
  }

  static RuleDocument filter(String path, String id, String rules) {
    return new RuleDocument(path, filterText(id, rules, "x"));
  }

  static String filterText(String id, String rules, String value) {
    return """
        title: Filter %1$s
        id: %1$s
        logsource: { product: test }
        filter:
          rules: %2$s
          s: { other: %3$s }
          condition: not s
        """
        .formatted(id, rules, value);
  }

  static String text(String id, String value) {
    return """
        title: Rule %1$s
        id: %1$s
        logsource: { product: test }
        detection:
          s: { field: %2$s }
          condition: s
        """
        .formatted(id, value);
  }
}
