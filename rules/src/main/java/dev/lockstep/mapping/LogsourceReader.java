package dev.lockstep.mapping;

import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.DetectionReader;
import dev.lockstep.sigma.Issues;
import dev.lockstep.sigma.Logsource;
import dev.lockstep.sigma.YamlNode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code logsources}. */
final class LogsourceReader {
  private static final String LOGSOURCE = "logsource";
  private static final Set<String> KEYS = Set.of(LOGSOURCE, "when", "fields", "aliases", "default");
  private static final Set<String> PARTS = Set.of("product", "category", "service");

  private final Issues issues;
  private final MappingText text;
  private final PlacesReader places;

  LogsourceReader(Issues issues) {
    this.issues = issues;
    this.text = new MappingText(issues);
    this.places = new PlacesReader(issues);
  }

  /** Returns empty after having reported why. */
  Optional<LogsourceEntry> read(YamlNode.Members members) {
    text.checkKeys(members, "an entry of 'logsources'", KEYS, Set.of());
    Optional<YamlNode.Member> source = members.member(LOGSOURCE);
    if (source.isEmpty()) {
      issues.report(members.position(), "the entry has no logsource");
    }
    Optional<Logsource> logsource = source.flatMap(member -> logsource(member.value()));
    Optional<Detection> when =
        members.member("when").flatMap(member -> DetectionReader.readAlone(member.value(), issues));
    var fields = places.fields(members, "fields");
    var aliases = places.fields(members, "aliases");
    var templates = places.templates(members, "default");
    return logsource.map(known -> new LogsourceEntry(known, when, fields, aliases, templates));
  }

  private Optional<Logsource> logsource(YamlNode node) {
    Optional<YamlNode.Members> parts = text.map(node, "'logsource'");
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    text.checkKeys(parts.get(), "'logsource'", PARTS, Set.of());
    if (parts.get().members().isEmpty()) {
      issues.report(node.position(), "'logsource' is empty; name product, category or service");
    }
    return Optional.of(
        new Logsource(
            part(parts.get(), "category"),
            part(parts.get(), "product"),
            part(parts.get(), "service")));
  }

  private @Nullable String part(YamlNode.Members parts, String name) {
    return parts
        .member(name)
        .flatMap(member -> text.text(member.value(), "'logsource." + name + "'"))
        .orElse(null);
  }
}
