package dev.lockstep.bench;

import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.sigma.TextPattern;
import dev.lockstep.sigma.TextPattern.Kind;
import dev.lockstep.sigma.ValueTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes more rules out of rules: the same fields, modifiers and conditions, and texts that differ
 * in two letters or digits. Shorter texts, numbers and expressions stay, as rules have them in
 * common.
 */
final class RuleVariations {
  private static final int SHORTEST_TEXT = 4;
  private static final int CHANGES_OF_A_TEXT = 2;

  private final Random random;

  RuleVariations(long seed) {
    this.random = new Random(seed);
  }

  /** The rules and as many variations as it takes, no two alike; some rules have none. */
  List<SigmaRule> fillUp(List<SigmaRule> rules, int count) {
    List<SigmaRule> filled = new ArrayList<>(rules);
    Set<Map<String, Detection>> asked = new HashSet<>();
    rules.forEach(rule -> asked.add(rule.detections()));
    for (int i = 0; filled.size() < count; i++) {
      SigmaRule rule = rules.get(i % rules.size());
      Map<String, Detection> varied = new LinkedHashMap<>();
      rule.detections().forEach((name, detection) -> varied.put(name, vary(detection)));
      if (asked.add(varied)) {
        filled.add(rule.asking(varied, rule.condition()).withId(rule.id() + "-" + i));
      }
    }
    return filled;
  }

  private Detection vary(Detection detection) {
    if (detection instanceof Detection.AllOf all) {
      return new Detection.AllOf(all.parts().stream().map(this::vary).toList());
    } else if (detection instanceof Detection.AnyOf any) {
      return new Detection.AnyOf(any.parts().stream().map(this::vary).toList());
    } else if (detection instanceof Detection.Not not) {
      return new Detection.Not(vary(not.negated()));
    } else if (detection instanceof Detection.Field field) {
      return new Detection.Field(field.field(), vary(field.test()));
    }
    return new Detection.Keyword(vary(((Detection.Keyword) detection).test()));
  }

  private ValueTest vary(ValueTest test) {
    if (!(test instanceof ValueTest.Like like)) {
      return test;
    }
    List<TextPattern.Part> parts = like.pattern().parts().stream().map(this::vary).toList();
    return new ValueTest.Like(new TextPattern(parts), like.cased());
  }

  private TextPattern.Part vary(TextPattern.Part part) {
    if (part.kind() != Kind.LITERAL || part.text().length() < SHORTEST_TEXT) {
      return part;
    }
    StringBuilder text = new StringBuilder(part.text());
    for (int i = 0; i < CHANGES_OF_A_TEXT; i++) {
      int place = random.nextInt(text.length());
      text.setCharAt(place, another(text.charAt(place)));
    }
    return new TextPattern.Part(Kind.LITERAL, text.toString());
  }

  /** Another letter or digit for one; all else stays, above all the separators of paths. */
  private char another(char c) {
    if (c >= '0' && c <= '9') {
      return (char) ('0' + (c - '0' + 1 + random.nextInt(9)) % 10);
    }
    char lower = Character.toLowerCase(c);
    return lower >= 'a' && lower <= 'z'
        ? (char) ('a' + (lower - 'a' + 1 + random.nextInt(25)) % 26)
        : c;
  }
}
