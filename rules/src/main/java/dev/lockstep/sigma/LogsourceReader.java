package dev.lockstep.sigma;

import dev.lockstep.sigma.YamlNode.ScalarType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the log source of a rule or filter (Sigma specification, "Log Source"). */
final class LogsourceReader {
  private final String kind;
  private final YamlNode.Members document;
  private final Issues issues;

  /**
   * @param kind what the document is, for messages
   */
  LogsourceReader(String kind, YamlNode.Members document, Issues issues) {
    this.kind = kind;
    this.document = document;
    this.issues = issues;
  }

  Logsource read() {
    Optional<YamlNode.Member> member = document.member("logsource");
    if (member.isEmpty()) {
      issues.report(document.position(), "the " + kind + " has no logsource");
    } else if (member.get().value() instanceof YamlNode.Members parts) {
      return new Logsource(part(parts, "category"), part(parts, "product"), part(parts, "service"));
    } else if (!isNull(member.get().value())) {
      issues.report(
          member.get().value().position(),
          "'logsource' is a map, this is " + member.get().value().describe());
    }
    return Logsource.ANY;
  }

  private @Nullable String part(YamlNode.Members parts, String name) {
    Optional<YamlNode.Member> part = parts.member(name).filter(member -> !isNull(member.value()));
    return part.isEmpty()
        ? null
        : YamlText.of(part.get().value(), "'logsource." + name + "'", issues).orElse(null);
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.is(ScalarType.NULL);
  }
}
