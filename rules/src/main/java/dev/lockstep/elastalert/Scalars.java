package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import dev.lockstep.sigma.YamlNode.Scalar;
import dev.lockstep.sigma.YamlNode.ScalarType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Scalars as ElastAlert reads them, which is YAML 1.1: {@code yes} is true there. */
final class Scalars {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "no", "off");

  private Scalars() {}

  /** The boolean that is meant; empty if it is another value. */
  static Optional<Boolean> truth(YamlNode node) {
    if (!(node instanceof Scalar scalar) || isQuoted(scalar)) {
      return Optional.empty();
    }
    String text = scalar.text().toLowerCase(Locale.ROOT);
    if (TRUE.contains(text)) {
      return Optional.of(true);
    }
    return FALSE.contains(text) ? Optional.of(false) : Optional.empty();
  }

  /** The text of a scalar; a boolean's is {@code true} or {@code false}. */
  static String text(YamlNode node) {
    if (node instanceof Scalar scalar && !scalar.is(ScalarType.NULL)) {
      return truth(scalar).map(String::valueOf).orElse(scalar.text());
    }
    throw new FilterFault("a value is expected here, not " + node.describe());
  }

  private static boolean isQuoted(Scalar scalar) {
    return scalar.is(ScalarType.TEXT) && scalar.indent() != 0;
  }
}
