package dev.lockstep.event;

import java.util.List;
import java.util.Map;

/** The part of an event's JSON that was read; member names have their spaces stripped already. */
sealed interface EventNode {

  /** A scalar. */
  record Leaf(FieldValue value) implements EventNode {}

  /** An array, or the several values of a member that came more than once. */
  record Elements(List<EventNode> nodes) implements EventNode {}

  /** An object, its members in the order of the text. */
  record Branch(Map<String, EventNode> members) implements EventNode {}
}
