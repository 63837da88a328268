package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes documents apart as they are written, for those who ask which part of a rule something is
 * about: the syntax tree knows neither positions nor which tests come of one value.
 */
public final class WrittenParts {
  private final Placeholders placeholders;
  private final String identifier;

  private WrittenParts(Placeholders placeholders, String identifier) {
    this.placeholders = placeholders;
    this.identifier = identifier;
  }

  /**
   * Returns the search identifiers of each rule and filter of a text, in their order, by the
   * position of its document. What has an issue is left out.
   */
  public static Map<Position, List<WrittenPart>> of(String text, Placeholders placeholders) {
    Map<Position, List<WrittenPart>> documents = new HashMap<>();
    for (YamlDocument document : YamlReader.read(text, new Issues(""))) {
      if (document.root() instanceof YamlNode.Members members) {
        documents.put(members.position(), identifiers(members, placeholders));
      }
    }
    return documents;
  }

  private static List<WrittenPart> identifiers(YamlNode.Members document, Placeholders known) {
    List<WrittenPart> parts = new ArrayList<>();
    for (String section : List.of("detection", FilterReader.SECTION)) {
      Optional<YamlNode> value = document.member(section).map(YamlNode.Member::value);
      if (value.isPresent() && value.get() instanceof YamlNode.Members members) {
        for (YamlNode.Member member : members.members()) {
          if (!DetectionSectionReader.isReserved(section, member.name())) {
            new WrittenParts(known, member.name())
                .part(0, member.key().position(), member.value())
                .ifPresent(parts::add);
          }
        }
      }
    }
    return parts;
  }

  private Optional<WrittenPart> part(int entry, Position position, YamlNode asked) {
    List<WrittenPart> parts = parts(entry, asked);
    if (parts.size() == 1) {
      return Optional.of(parts.get(0));
    }
    String field =
        asked instanceof YamlNode.Members members && members.members().size() == 1
            ? members.members().get(0).name()
            : null;
    String value = asked instanceof YamlNode.Scalar keyword ? keyword.text() : null;
    return new DetectionReader(new DocumentScope(new Issues(""), placeholders))
        .read(asked)
        .map(asks -> new WrittenPart(identifier, entry, field, value, position, asks, parts));
  }

  private List<WrittenPart> parts(int entry, YamlNode asked) {
    List<Optional<WrittenPart>> parts = new ArrayList<>();
    if (asked instanceof YamlNode.Members members && members.members().size() == 1) {
      YamlNode.Member only = members.members().get(0);
      values(only).forEach(value -> parts.add(value(entry, only.key(), value)));
    } else if (asked instanceof YamlNode.Members members) {
      for (YamlNode.Member member : members.members()) {
        parts.add(part(entry, member.key().position(), only(member.key(), member.value())));
      }
    } else if (asked instanceof YamlNode.Items items) {
      for (int i = 0; i < items.nodes().size(); i++) {
        YamlNode node = items.nodes().get(i);
        parts.add(part(node instanceof YamlNode.Scalar ? 0 : i + 1, node.position(), node));
      }
    }
    return parts.stream().flatMap(Optional::stream).toList();
  }

  private Optional<WrittenPart> value(int entry, YamlNode.Scalar key, YamlNode.Scalar value) {
    String text = value.is(YamlNode.ScalarType.NULL) ? "null" : value.text();
    return new DetectionReader(new DocumentScope(new Issues(""), placeholders))
        .read(only(key, value))
        .map(
            asks ->
                new WrittenPart(
                    identifier, entry, key.text(), text, value.position(), asks, List.of()));
  }

  private static List<YamlNode.Scalar> values(YamlNode.Member member) {
    List<? extends YamlNode> nodes =
        member.value() instanceof YamlNode.Items items ? items.nodes() : List.of(member.value());
    return nodes.stream()
        .filter(YamlNode.Scalar.class::isInstance)
        .map(YamlNode.Scalar.class::cast)
        .toList();
  }

  private static YamlNode only(YamlNode.Scalar key, YamlNode value) {
    return new YamlNode.Members(
        List.of(new YamlNode.Member(key, value)), 1 + value.size(), key.position());
  }
}
