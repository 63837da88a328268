package dev.lockstep.sigma;

import dev.lockstep.sigma.RuleSize.Measure;
import java.util.ArrayList;
import java.util.List;

/** Reads a value as a Sigma string and applies the text modifiers from left to right. */
final class TextReader {
  private final FieldKey key;
  private final DocumentScope scope;

  TextReader(FieldKey key, DocumentScope scope) {
    this.key = key;
    this.scope = scope;
  }

  /** Returns the tests of which one must pass; none after having reported why. */
  List<ValueTest> read(YamlNode.Scalar value) {
    List<TextPattern> patterns = List.of(TextPattern.parse(value.text()));
    List<Modifier> modifiers = key.textModifiers();
    int at = 0;
    while (at < modifiers.size()) {
      int end = endOfEncoding(modifiers, at);
      if (end > at) {
        if (!patterns.stream().allMatch(TextPattern::isLiteral)) {
          reportNotLiteral(value, modifiers.get(at));
          return List.of();
        }
        patterns = encode(value, patterns, modifiers.subList(at, end));
        at = end;
      } else {
        Modifier modifier = modifiers.get(at++);
        patterns = patterns.stream().map(pattern -> change(pattern, modifier)).toList();
      }
    }
    return tests(patterns);
  }

  private static int endOfEncoding(List<Modifier> modifiers, int from) {
    int end = from;
    while (end < modifiers.size() && modifiers.get(end).encodes()) {
      end++;
    }
    return end;
  }

  private void reportNotLiteral(YamlNode.Scalar value, Modifier modifier) {
    boolean written = !TextPattern.parse(value.text()).isLiteral();
    scope
        .issues()
        .report(
            written ? value.position() : key.position(),
            written
                ? "'%s' takes text without wildcards; write \\* or \\? for the characters themselves"
                    .formatted(modifier.term())
                : "'%s' must come before 'contains', 'startswith', 'endswith' and 'windash'"
                    .formatted(modifier.term()));
  }

  /** Each encoding can multiply texts or their length, so bounds are looked at after each. */
  private List<TextPattern> encode(
      YamlNode.Scalar value, List<TextPattern> patterns, List<Modifier> encodings) {
    List<TextEncoding> texts =
        patterns.stream().map(pattern -> TextEncoding.of(pattern.literalText())).toList();
    for (Modifier encoding : encodings) {
      texts = TextEncoding.applyToAll(texts, encoding);
      long characters = texts.stream().mapToLong(text -> text.text().length()).sum();
      if (!scope.size().admits(Measure.TESTS, value.position(), texts.size())
          || !scope.size().admits(Measure.CHARACTERS, value.position(), characters)) {
        return List.of();
      }
    }
    return texts.stream().map(text -> TextPattern.literal(text.text())).toList();
  }

  private static TextPattern change(TextPattern pattern, Modifier modifier) {
    return switch (modifier) {
      case CONTAINS -> pattern.openStart().openEnd();
      case STARTSWITH -> pattern.openEnd();
      case ENDSWITH -> pattern.openStart();
      case WINDASH -> WindowsDashes.widen(pattern);
      case CASED -> pattern;
      default -> throw new IllegalArgumentException(modifier + " does not change text");
    };
  }

  private List<ValueTest> tests(List<TextPattern> patterns) {
    boolean placed =
        key.modifiers().stream().anyMatch(modifier -> modifier.role() == Modifier.Role.PLACE);
    List<ValueTest> tests = new ArrayList<>();
    for (TextPattern pattern : patterns) {
      // A keyword is looked for anywhere in the event, so also anywhere in one of its values.
      TextPattern whole = key.isKeyword() && !placed ? pattern.openStart().openEnd() : pattern;
      tests.add(new ValueTest.Like(whole, key.has(Modifier.CASED)));
    }
    return tests;
  }
}
