package dev.lockstep.mapping;

import dev.lockstep.sigma.Issues;
import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.YamlDocument;
import dev.lockstep.sigma.YamlNode;
import dev.lockstep.sigma.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a mapping file: each of its documents describes one kind of event. */
final class MappingReader {
  private static final String USE = "use";
  private static final String CUSTOMERS = "customers";
  private static final int MAX_CUSTOMERS = 1000;
  private static final int MAX_ID_LENGTH = 256;

  private final Issues issues;
  private final MappingText text;

  MappingReader(Issues issues) {
    this.issues = issues;
    this.text = new MappingText(issues);
  }

  /** What was read is of use only if there were no issues. */
  List<EventSource> read(String yaml) {
    List<EventSource> sources = new ArrayList<>();
    List<YamlDocument> documents = YamlReader.read(yaml, issues);
    if (documents.isEmpty() && issues.count() == 0) {
      issues.report(Position.START, "there is no mapping in this file");
    }
    for (YamlDocument document : documents) {
      text.map(document.root(), "a mapping").ifPresent(members -> sources.add(source(members)));
    }
    return sources;
  }

  private EventSource source(YamlNode.Members members) {
    text.checkKeys(members, "a mapping", LayerReader.KEYS, Set.of(USE, CUSTOMERS));
    MappingLayer everyone = layer(members, MappingLayer.EMPTY);
    return new EventSource(
        everyone,
        members
            .member(CUSTOMERS)
            .map(member -> customers(member.value(), everyone))
            .orElse(Map.of()));
  }

  private Map<String, MappingLayer> customers(YamlNode node, MappingLayer everyone) {
    Map<String, MappingLayer> customers = new LinkedHashMap<>();
    for (YamlNode.Member customer : text.members(node, "'customers'", MAX_CUSTOMERS)) {
      text.name(customer.key(), "a customer", MAX_ID_LENGTH);
      String what = "the mapping of customer '" + customer.name() + "'";
      text.map(customer.value(), what)
          .ifPresent(
              members -> {
                text.checkKeys(members, what, LayerReader.KEYS, Set.of(USE));
                customers.put(customer.name(), layer(members, everyone));
              });
    }
    return customers;
  }

  /** What is said in the members, over the mapping that they use, or else over the given one. */
  private MappingLayer layer(YamlNode.Members members, MappingLayer otherwise) {
    MappingLayer base =
        members.member(USE).flatMap(member -> used(member.value())).orElse(otherwise);
    return new LayerReader(issues).read(members).over(base);
  }

  private Optional<MappingLayer> used(YamlNode node) {
    return text.text(node, "'use'").flatMap(name -> used(name, node.position()));
  }

  private Optional<MappingLayer> used(String name, Position position) {
    Optional<MappingDocument> shipped = ShippedMappings.named(name);
    if (shipped.isEmpty()) {
      issues.report(
          position,
          "there is no mapping '%s'; there is %s"
              .formatted(name, String.join(", ", ShippedMappings.names())));
      return Optional.empty();
    }
    List<EventSource> sources = new MappingReader(new Issues(name)).read(shipped.get().text());
    if (sources.size() != 1) {
      issues.report(
          position, "the mapping '" + name + "' is of several kinds of events; use one of a kind");
      return Optional.empty();
    }
    return Optional.of(sources.get(0).everyone());
  }
}
