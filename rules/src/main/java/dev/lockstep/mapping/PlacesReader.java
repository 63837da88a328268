package dev.lockstep.mapping;

import dev.lockstep.event.FieldName;
import dev.lockstep.sigma.Issues;
import dev.lockstep.sigma.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads where fields lie in events. */
final class PlacesReader {
  private static final int MAX_FIELDS = 5000;
  private static final int MAX_PLACES = 16;
  private static final int MAX_LENGTH = 256;

  private final Issues issues;
  private final MappingText text;

  PlacesReader(Issues issues) {
    this.issues = issues;
    this.text = new MappingText(issues);
  }

  /** Reads the member of that name, a map of fields; empty if it is not there. */
  Map<String, List<String>> fields(YamlNode.Members members, String name) {
    return members.member(name).map(member -> fields(member.value(), name)).orElse(Map.of());
  }

  /** Reads the member of that name, the places of all fields not named; empty if not there. */
  List<String> templates(YamlNode.Members members, String name) {
    return members.member(name).map(member -> templates(member.value(), name)).orElse(List.of());
  }

  /** One place, or a list of places. */
  List<String> of(YamlNode node, String what) {
    List<String> places = text.texts(node, what, MAX_PLACES);
    for (String place : places) {
      if (place.length() > MAX_LENGTH) {
        issues.report(
            node.position(),
            "%s has a name of %d characters, at most %d are allowed"
                .formatted(what, place.length(), MAX_LENGTH));
      } else if (place.indexOf('|') >= 0) {
        issues.report(
            node.position(), "%s is '%s', but modifiers belong into rules".formatted(what, place));
      }
    }
    return places.stream().map(FieldName::withoutSpaces).distinct().toList();
  }

  private Map<String, List<String>> fields(YamlNode node, String name) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (YamlNode.Member field : text.members(node, "'" + name + "'", MAX_FIELDS)) {
      text.name(field.key(), "a field", MAX_LENGTH);
      List<String> places = of(field.value(), "'%s.%s'".formatted(name, field.name()));
      fields.put(FieldName.withoutSpaces(field.name()), places);
    }
    return fields;
  }

  private List<String> templates(YamlNode node, String name) {
    List<String> templates = of(node, "'" + name + "'");
    for (String template : templates) {
      if (!template.contains(FieldNames.FIELD)) {
        issues.report(
            node.position(),
            "'%s' is '%s', which has no place for the field's name; write it as in 'data.%s'"
                .formatted(name, template, FieldNames.FIELD));
      }
    }
    return templates;
  }
}
