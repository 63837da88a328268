package dev.lockstep.program;

import dev.lockstep.event.FieldName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the fields of a program are found in events, and the index of each. Immutable. */
final class EventIndex {

  /**
   * The fields that a member of the top level can lead to.
   *
   * @param exact the field of the member's own name
   * @param deeper the fields whose paths begin with it
   */
  record Member(@Nullable FieldSlot exact, List<FieldSlot> deeper) {}

  private final Map<String, Member> members = new HashMap<>();
  private final List<FieldSlot> slots;
  private final FieldIndex[] fields;
  private final @Nullable FieldIndex keywords;
  private final int predicateCount;
  private final int findCount;

  /**
   * @param fields in the order of the slots
   */
  EventIndex(
      List<FieldSlot> slots,
      List<FieldIndex> fields,
      @Nullable FieldIndex keywords,
      int predicateCount,
      int findCount) {
    this.slots = List.copyOf(slots);
    this.fields = fields.toArray(FieldIndex[]::new);
    this.keywords = keywords;
    this.predicateCount = predicateCount;
    this.findCount = findCount;
    for (FieldSlot slot : slots) {
      for (String name : FieldName.topLevelNames(slot.name())) {
        members.merge(name, leadingTo(slot, name), EventIndex::both);
      }
    }
  }

  @Nullable Member member(String name) {
    return members.get(name);
  }

  FieldIndex of(FieldSlot field) {
    return fields[field.index()];
  }

  /** Null when no rule searches whole events. */
  @Nullable FieldIndex keywords() {
    return keywords;
  }

  List<FieldSlot> slots() {
    return slots;
  }

  int predicateCount() {
    return predicateCount;
  }

  int findCount() {
    return findCount;
  }

  private static Member leadingTo(FieldSlot slot, String name) {
    return name.equals(slot.name()) ? new Member(slot, List.of()) : new Member(null, List.of(slot));
  }

  private static Member both(Member first, Member second) {
    List<FieldSlot> deeper = new ArrayList<>(first.deeper);
    deeper.addAll(second.deeper);
    return new Member(first.exact == null ? second.exact : first.exact, deeper);
  }
}
