package dev.lockstep.sigma;

import com.google.re2j.PatternSyntaxException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the regular expressions of the modifier {@code re}, which keep their backslashes and find
 * their match anywhere in a value.
 */
final class RegexReader {
  private final FieldKey key;
  private final DocumentScope scope;
  private final Issues issues;

  RegexReader(FieldKey key, DocumentScope scope) {
    this.key = key;
    this.scope = scope;
    this.issues = scope.issues();
  }

  List<ValueTest> read(YamlNode.Scalar value) {
    RegexBounds bounds = RegexBounds.of(value.text());
    if (!bounds.problem().isEmpty()) {
      issues.report(value.position(), bounds.problem());
      return List.of();
    }
    if (!scope.size().add(RuleSize.Measure.EXPRESSIONS, value.position(), bounds.size())) {
      return List.of();
    }
    ValueTest.Regex test = new ValueTest.Regex(placed(value.text()), flags());
    try {
      test.compile();
      return List.of(test);
    } catch (PatternSyntaxException e) {
      issues.report(
          value.position(),
          "this is not a regular expression of RE2, which has no look-around and no back"
              + " references: "
              + e.getDescription()
              + (e.getPattern() == null ? "" : ": " + e.getPattern()));
      return List.of();
    }
  }

  private String placed(String expression) {
    if (key.has(Modifier.STARTSWITH)) {
      return "\\A(?:" + expression + ")";
    }
    return key.has(Modifier.ENDSWITH) ? "(?:" + expression + ")\\z" : expression;
  }

  private Set<ValueTest.Regex.Flag> flags() {
    Set<ValueTest.Regex.Flag> flags = EnumSet.noneOf(ValueTest.Regex.Flag.class);
    if (key.has(Modifier.I)) {
      flags.add(ValueTest.Regex.Flag.IGNORE_CASE);
    }
    if (key.has(Modifier.M)) {
      flags.add(ValueTest.Regex.Flag.MULTILINE);
    }
    if (key.has(Modifier.S)) {
      flags.add(ValueTest.Regex.Flag.DOT_ALL);
    }
    return flags;
  }
}
