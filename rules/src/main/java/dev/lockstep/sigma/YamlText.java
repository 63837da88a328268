package dev.lockstep.sigma;

import dev.lockstep.sigma.YamlNode.ScalarType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes plain values out of YAML trees, reporting what is of another kind. */
public final class YamlText {
  private YamlText() {}

  /** The text of a scalar that is neither null nor blank; {@code what} names it in the issue. */
  public static Optional<String> of(YamlNode node, String what, Issues issues) {
    if (node instanceof YamlNode.Scalar scalar
        && !scalar.is(ScalarType.NULL)
        && !scalar.text().isBlank()) {
      return Optional.of(scalar.text());
    }
    boolean blank = node instanceof YamlNode.Scalar;
    issues.report(
        node.position(), what + (blank ? " is empty" : " is text, this is " + node.describe()));
    return Optional.empty();
  }

  /** The texts of a list; reports each entry that is not one. */
  static List<String> listOf(YamlNode node, String what, Issues issues) {
    if (!(node instanceof YamlNode.Items items)) {
      issues.report(node.position(), what + " is a list, this is " + node.describe());
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (YamlNode item : items.nodes()) {
      of(item, "an entry of " + what, issues).ifPresent(texts::add);
    }
    return texts;
  }

  /** The value without positions: text, number, boolean, list or map; null becomes empty text. */
  static Object plainValue(YamlNode node) {
    if (node instanceof YamlNode.Members members) {
      Map<String, Object> map = new LinkedHashMap<>();
      members.members().forEach(member -> map.put(member.name(), plainValue(member.value())));
      return Collections.unmodifiableMap(map);
    }
    if (node instanceof YamlNode.Items items) {
      return items.nodes().stream().map(YamlText::plainValue).toList();
    }
    return plainScalar((YamlNode.Scalar) node);
  }

  private static Object plainScalar(YamlNode.Scalar scalar) {
    return switch (scalar.type()) {
      case TEXT -> scalar.text();
      case NUMBER -> new BigDecimal(scalar.text());
      case TRUTH -> Boolean.parseBoolean(scalar.text());
      case NULL -> "";
    };
  }
}
