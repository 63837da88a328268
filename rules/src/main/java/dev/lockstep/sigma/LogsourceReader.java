package dev.lockstep.sigma;

import dev.lockstep.sigma.YamlNode.ScalarType;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the log source of a rule or filter (Sigma specification, "Log Source"). */
final class LogsourceReader {
  private static final Set<String> TOLD_APART = Set.of("category", "product", "service");

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
      return Logsource.ANY;
    }
    if (!(member.get().value() instanceof YamlNode.Members parts)) {
      issues.report(
          member.get().value().position(),
          "'logsource' is a map of category, product or service, this is "
              + member.get().value().describe());
      return Logsource.ANY;
    }
    int before = issues.count();
    Logsource logsource =
        new Logsource(part(parts, "category"), part(parts, "product"), part(parts, "service"));
    checkOthers(parts);
    if (logsource.equals(Logsource.ANY) && issues.count() == before) {
      issues.report(
          parts.position(), "the logsource has neither a category nor a product nor a service");
    }
    return logsource;
  }

  /** Rules may say more of their source, for people; what a filter says must count. */
  private void checkOthers(YamlNode.Members parts) {
    for (YamlNode.Member part : parts.members()) {
      if (part.name().equals("definition")) {
        part(parts, "definition");
      } else if (!TOLD_APART.contains(part.name()) && kind.equals(FilterReader.SECTION)) {
        issues.report(
            part.key().position(),
            "log sources are not told apart by '%s', but by category, product, service"
                .formatted(part.name()));
      }
    }
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
