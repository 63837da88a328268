package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.LDValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes flags and their changes for people: names in an order that reads well, short parts whole.
 */
final class ReadableJson {

  private static final int WIDTH = 88;

  /** What comes first, in this order; all else comes after it, by name. */
  private static final List<String> FIRST =
      List.of(
          "environmentKey",
          "comment",
          "instructions",
          "flags",
          "segments",
          "kind",
          "key",
          "id",
          "ruleId",
          "clauseId",
          "beforeRuleId",
          "version",
          "on",
          "salt",
          "variations",
          "offVariation",
          "fallthrough",
          "description",
          "clauses",
          "contextKind",
          "attribute",
          "op",
          "negate",
          "values",
          "variation",
          "variationId",
          "weight",
          "rollout",
          "rolloutContextKind",
          "rolloutWeights",
          "contextTargets",
          "targets",
          "rules");

  private static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(
              name -> FIRST.contains(name) ? FIRST.indexOf(name) : FIRST.size())
          .thenComparing(Comparator.naturalOrder());

  private ReadableJson() {}

  /** The value over several lines, the last without an end. */
  static String write(LDValue value) {
    return write(value, "");
  }

  private static String write(LDValue value, String indent) {
    String line = onOneLine(value);
    if (indent.length() + line.length() <= WIDTH || !hasParts(value)) {
      return line;
    }
    boolean isObject = value.getType() == LDValueType.OBJECT;
    String inner = indent + "  ";
    List<String> parts = new ArrayList<>();
    if (isObject) {
      names(value).forEach(name -> parts.add(quoted(name) + ": " + write(value.get(name), inner)));
    } else {
      value.values().forEach(part -> parts.add(write(part, inner)));
    }
    return parts.stream()
        .collect(
            Collectors.joining(
                ",\n" + inner,
                (isObject ? "{" : "[") + "\n" + inner,
                "\n" + indent + (isObject ? "}" : "]")));
  }

  private static String onOneLine(LDValue value) {
    if (value.getType() == LDValueType.OBJECT) {
      return names(value).stream()
          .map(name -> quoted(name) + ": " + onOneLine(value.get(name)))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value.getType() == LDValueType.ARRAY) {
      return StreamSupport.stream(value.values().spliterator(), false)
          .map(ReadableJson::onOneLine)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value.toJsonString();
  }

  private static boolean hasParts(LDValue value) {
    return value.size() > 0;
  }

  private static List<String> names(LDValue object) {
    return StreamSupport.stream(object.keys().spliterator(), false).sorted(ORDER).toList();
  }

  private static String quoted(String name) {
    return LDValue.of(name).toJsonString();
  }
}
