package dev.lockstep.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What rules may ask of one event. Immutable; holds only what its {@link EventProjection} read.
 *
 * <p>Names are compared with their spaces stripped (Sigma specification, "Field Usage"), so that
 * {@code Threat Name} in an event answers to {@code ThreatName}.
 */
public final class Event {
  private final EventNode.Branch root;

  Event(EventNode.Branch root) {
    this.root = root;
  }

  /**
   * Returns every scalar at {@code field} in the order of the event: the member of exactly that
   * name, else the member that the name leads to as a path by dots; arrays on the way and at the
   * end give the values of all their elements.
   */
  public List<FieldValue> valuesOf(String field) {
    List<FieldValue> values = new ArrayList<>();
    for (EventNode node : nodesAt(field)) {
      addScalars(node, values);
    }
    return values;
  }

  /** Tells whether the event has the field at all, be its value null, empty, or an object. */
  public boolean has(String field) {
    return !nodesAt(field).isEmpty();
  }

  /**
   * Hands over the path and the text of every string and number that was read, in the order of the
   * event: what a keyword search looks at.
   */
  public void forEachString(BiConsumer<String, String> visitor) {
    visit("", root, visitor);
  }

  private List<EventNode> nodesAt(String field) {
    List<EventNode> found = new ArrayList<>();
    find(root, FieldName.withoutSpaces(field), found);
    return found;
  }

  private static void find(EventNode node, String path, List<EventNode> found) {
    if (node instanceof EventNode.Elements elements) {
      elements.nodes().forEach(element -> find(element, path, found));
    } else if (node instanceof EventNode.Branch branch) {
      findIn(branch.members(), path, found);
    }
  }

  private static void findIn(Map<String, EventNode> members, String path, List<EventNode> found) {
    EventNode exact = members.get(path);
    if (exact != null) {
      found.add(exact);
      return;
    }
    int before = found.size();
    for (int dot = path.indexOf('.');
        dot >= 0 && found.size() == before;
        dot = path.indexOf('.', dot + 1)) {
      EventNode member = members.get(path.substring(0, dot));
      if (member != null) {
        find(member, path.substring(dot + 1), found);
      }
    }
  }

  private static void addScalars(EventNode node, List<FieldValue> values) {
    if (node instanceof EventNode.Leaf leaf) {
      values.add(leaf.value());
    } else if (node instanceof EventNode.Elements elements) {
      elements.nodes().forEach(element -> addScalars(element, values));
    }
  }

  private static void visit(String path, EventNode node, BiConsumer<String, String> visitor) {
    if (node instanceof EventNode.Leaf leaf) {
      visitScalar(path, leaf.value(), visitor);
    } else if (node instanceof EventNode.Elements elements) {
      elements.nodes().forEach(element -> visit(path, element, visitor));
    } else if (node instanceof EventNode.Branch branch) {
      String prefix = path.isEmpty() ? "" : path + ".";
      branch.members().forEach((name, member) -> visit(prefix + name, member, visitor));
    }
  }

  private static void visitScalar(
      String path, FieldValue value, BiConsumer<String, String> visitor) {
    if (value instanceof FieldValue.Text text) {
      visitor.accept(path, text.value());
    } else if (value instanceof FieldValue.Numeric number) {
      visitor.accept(path, number.digits());
    }
  }
}
