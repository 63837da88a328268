package dev.lockstep.sigma;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Builds the tree of one document, within bounds on its depth and on its size with aliases. */
final class YamlTree {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_SIZE = 200_000;

  private final Issues issues;
  private final Deque<YamlCollection> open = new ArrayDeque<>();
  private final Map<Anchor, YamlNode> anchored = new HashMap<>();
  private @Nullable YamlNode root;
  private int size;

  YamlTree(Issues issues) {
    this.issues = issues;
  }

  /** The finished tree; empty for a document without content. */
  Optional<YamlNode> root() {
    return Optional.ofNullable(root).filter(node -> !isBlank(node));
  }

  void accept(Event event) {
    if (event instanceof AliasEvent alias) {
      add(target(alias));
    } else if (event instanceof ScalarEvent scalar) {
      YamlNode node = YamlScalars.read(scalar, issues);
      scalar.getAnchor().ifPresent(anchor -> anchored.put(anchor, node));
      add(node);
    } else if (event instanceof CollectionStartEvent start) {
      open(start);
    } else if (event instanceof CollectionEndEvent) {
      close();
    }
  }

  static Position positionOf(Event event) {
    return event.getStartMark().map(YamlReader::position).orElse(Position.START);
  }

  private static boolean isBlank(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.text().isEmpty();
  }

  private YamlNode target(AliasEvent alias) {
    YamlNode node = anchored.get(alias.getAlias());
    if (node == null) {
      throw new YamlFault(
          positionOf(alias),
          "the alias *" + alias.getAlias() + " has no finished anchor before it");
    }
    return node;
  }

  private void open(CollectionStartEvent start) {
    if (open.size() == MAX_DEPTH) {
      throw new YamlFault(positionOf(start), "nested deeper than " + MAX_DEPTH + " levels");
    }
    if (start.getTag().filter(tag -> !isPlainCollection(tag)).isPresent()) {
      issues.report(
          positionOf(start), "the tag " + start.getTag().get() + " has no meaning in a rule");
    }
    open.push(
        start instanceof MappingStartEvent
            ? new YamlCollection.OfMembers(start.getAnchor(), positionOf(start), issues)
            : new YamlCollection.OfItems(start.getAnchor(), positionOf(start)));
  }

  private static boolean isPlainCollection(String tag) {
    return tag.equals("tag:yaml.org,2002:map") || tag.equals("tag:yaml.org,2002:seq");
  }

  private void close() {
    YamlCollection closed = open.pop();
    YamlNode node = closed.finish();
    closed.anchor().ifPresent(anchor -> anchored.put(anchor, node));
    place(node);
  }

  private void add(YamlNode node) {
    size += node.size();
    if (size > MAX_SIZE) {
      throw new YamlFault(
          node.position(), "the document has more than " + MAX_SIZE + " values, aliases counted");
    }
    place(node);
  }

  private void place(YamlNode node) {
    YamlCollection parent = open.peek();
    if (parent == null) {
      root = node;
    } else {
      parent.add(node);
    }
  }
}
