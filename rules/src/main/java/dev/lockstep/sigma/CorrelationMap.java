package dev.lockstep.sigma;

import dev.lockstep.sigma.YamlNode.ScalarType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A map within a correlation, of which every key that is not asked for is reported. */
final class CorrelationMap {
  private static final int MAX_FIELDS = 16;
  private static final int MAX_LENGTH = 256;

  private final YamlNode.Members members;
  private final String path;
  private final Issues issues;

  /**
   * @param path what leads to the map, for messages
   */
  CorrelationMap(YamlNode.Members members, String path, Issues issues) {
    this.members = members;
    this.path = path;
    this.issues = issues;
  }

  Position position() {
    return members.position();
  }

  /** Reports the keys that are not among these. */
  void allowOnly(Set<String> names) {
    for (YamlNode.Member member : members.members()) {
      if (!names.contains(member.name())) {
        issues.report(
            member.key().position(),
            "'%s.%s' is unknown here; there is %s"
                .formatted(
                    path, member.name(), String.join(", ", names.stream().sorted().toList())));
      }
    }
  }

  Optional<YamlNode> node(String name) {
    return members.member(name).map(YamlNode.Member::value);
  }

  /** The value, or empty after having reported that there is none. */
  Optional<YamlNode> required(String name) {
    Optional<YamlNode> node = node(name);
    if (node.isEmpty()) {
      issues.report(members.position(), "'%s' has no '%s'".formatted(path, name));
    }
    return node;
  }

  Optional<Duration> duration(String name) {
    return node(name).flatMap(node -> Timespan.read(node, quoted(name), issues));
  }

  /** A number. */
  Optional<BigDecimal> number(String name) {
    return node(name).flatMap(node -> number(node, quoted(name)));
  }

  /** A whole number from {@code least} to {@code most}. */
  Optional<Integer> whole(String name, int least, int most) {
    Optional<BigDecimal> number = number(name);
    if (number.isPresent() && !isWithin(number.get(), least, most)) {
      issues.report(
          members.position(),
          "%s is a whole number from %d to %d".formatted(quoted(name), least, most));
      return Optional.empty();
    }
    return number.map(BigDecimal::intValueExact);
  }

  Optional<Boolean> truth(String name) {
    Optional<YamlNode> node = node(name);
    if (node.isPresent()) {
      if (node.get() instanceof YamlNode.Scalar scalar && scalar.is(ScalarType.TRUTH)) {
        return Optional.of(Boolean.parseBoolean(scalar.text()));
      }
      issues.report(node.get().position(), quoted(name) + " is true or false");
    }
    return Optional.empty();
  }

  /** One name of a field. */
  Optional<String> field(String name) {
    return required(name).flatMap(node -> name(node, quoted(name)));
  }

  /** Names of fields, none twice: a list, or one alone. */
  List<String> names(YamlNode node, String name) {
    List<? extends YamlNode> nodes =
        node instanceof YamlNode.Items items ? items.nodes() : List.of(node);
    List<String> names = new ArrayList<>();
    for (YamlNode entry : nodes) {
      Optional<String> text = name(entry, quoted(name));
      if (text.isPresent() && names.contains(text.get())) {
        issues.report(entry.position(), quoted(name) + " has '" + text.get() + "' twice");
      } else {
        text.ifPresent(names::add);
      }
    }
    if (nodes.isEmpty() || nodes.size() > MAX_FIELDS) {
      issues.report(
          node.position(), "%s has from 1 to %d entries".formatted(quoted(name), MAX_FIELDS));
    }
    return names;
  }

  String quoted(String name) {
    return "'" + path + "." + name + "'";
  }

  Optional<BigDecimal> number(YamlNode node, String what) {
    if (node instanceof YamlNode.Scalar scalar && scalar.is(ScalarType.NUMBER)) {
      BigDecimal number = new BigDecimal(scalar.text());
      if (number.precision() <= 30 && Math.abs(number.scale()) <= 30) {
        return Optional.of(number);
      }
    }
    issues.report(node.position(), what + " is a number of at most 30 digits");
    return Optional.empty();
  }

  static boolean isWithin(BigDecimal number, int least, int most) {
    return number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(most)) <= 0
        && number.stripTrailingZeros().scale() <= 0;
  }

  private Optional<String> name(YamlNode node, String what) {
    Optional<String> text = YamlText.of(node, what, issues);
    if (text.isPresent() && text.get().length() > MAX_LENGTH) {
      issues.report(node.position(), what + " has names of at most " + MAX_LENGTH + " characters");
      return Optional.empty();
    }
    return text;
  }
}
