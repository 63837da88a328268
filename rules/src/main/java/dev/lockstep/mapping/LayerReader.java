package dev.lockstep.mapping;

import dev.lockstep.sigma.Issues;
import dev.lockstep.sigma.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a mapping says for everyone, or for one customer. */
final class LayerReader {
  static final Set<String> KEYS = Set.of("fields", "default", "logsources", "stated", "unmapped");

  private static final Set<String> PARTS =
      Set.of(StatedLogsource.PRODUCT, StatedLogsource.CATEGORY, StatedLogsource.SERVICE);
  private static final int MAX_LOGSOURCES = 1000;

  private final Issues issues;
  private final MappingText text;
  private final PlacesReader places;

  LayerReader(Issues issues) {
    this.issues = issues;
    this.text = new MappingText(issues);
    this.places = new PlacesReader(issues);
  }

  MappingLayer read(YamlNode.Members members) {
    return new MappingLayer(
        places.fields(members, "fields"),
        places.templates(members, "default"),
        members.member("logsources").map(member -> entries(member.value())).orElse(List.of()),
        members.member("stated").map(member -> stated(member.value())).orElse(null),
        members.member("unmapped").map(member -> judgesUnmapped(member.value())).orElse(null));
  }

  private List<LogsourceEntry> entries(YamlNode node) {
    LogsourceReader reader = new LogsourceReader(issues);
    List<LogsourceEntry> entries = new ArrayList<>();
    for (YamlNode item : text.items(node, "'logsources'", MAX_LOGSOURCES)) {
      text.map(item, "an entry of 'logsources'").flatMap(reader::read).ifPresent(entries::add);
    }
    return entries;
  }

  private @Nullable StatedLogsource stated(YamlNode node) {
    Optional<YamlNode.Members> members = text.map(node, "'stated'");
    if (members.isEmpty()) {
      return null;
    }
    text.checkKeys(members.get(), "'stated'", PARTS, Set.of());
    Map<String, List<String>> stated = new LinkedHashMap<>();
    for (YamlNode.Member member : members.get().members()) {
      stated.put(member.name(), places.of(member.value(), "'stated." + member.name() + "'"));
    }
    return new StatedLogsource(stated);
  }

  private @Nullable Boolean judgesUnmapped(YamlNode node) {
    Optional<String> term = text.text(node, "'unmapped'");
    if (term.isPresent() && !Set.of("judge", "skip").contains(term.get())) {
      issues.report(
          node.position(),
          "'%s' is no choice of 'unmapped'; there is judge, skip".formatted(term.get()));
    }
    return term.map("judge"::equals).orElse(null);
  }
}
