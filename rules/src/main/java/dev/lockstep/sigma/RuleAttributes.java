package dev.lockstep.sigma;

import dev.lockstep.sigma.YamlNode.ScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the attributes that rules and correlations have in common. */
final class RuleAttributes {
  private static final Set<String> OWN_PLACE =
      Set.of("id", "title", "level", "status", "tags", "detection", "correlation");

  private final YamlNode.Members document;
  private final Issues issues;

  RuleAttributes(YamlNode.Members document, Issues issues) {
    this.document = document;
    this.issues = issues;
  }

  @Nullable RuleLevel level() {
    return term("level", RuleLevel.values(), RuleLevel::term);
  }

  @Nullable RuleStatus status() {
    return term("status", RuleStatus.values(), RuleStatus::term);
  }

  /** All attributes that have no place of their own, by name. */
  Map<String, Object> others() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (YamlNode.Member member : document.members()) {
      if (!OWN_PLACE.contains(member.name()) && !isNull(member.value())) {
        attributes.put(member.name(), YamlText.plainValue(member.value()));
      }
    }
    return attributes;
  }

  private <E> @Nullable E term(String name, E[] choices, Function<E, String> termOf) {
    Optional<YamlNode> value = document.member(name).map(YamlNode.Member::value);
    Optional<String> term = value.flatMap(node -> YamlText.of(node, "'" + name + "'", issues));
    if (value.isEmpty() || term.isEmpty()) {
      return null;
    }
    List<String> terms = new ArrayList<>();
    for (E choice : choices) {
      if (termOf.apply(choice).equals(term.get())) {
        return choice;
      }
      terms.add(termOf.apply(choice));
    }
    issues.report(
        value.get().position(),
        "'%s' is no %s; there is %s".formatted(term.get(), name, String.join(", ", terms)));
    return null;
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.is(ScalarType.NULL);
  }
}
