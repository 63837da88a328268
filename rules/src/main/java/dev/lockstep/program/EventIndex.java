package dev.lockstep.program;

import dev.lockstep.event.FieldPaths;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the fields of a program are found in events, and the index of each. Immutable. */
final class EventIndex {

  private final FieldPaths paths;
  private final List<FieldSlot> slots;
  private final FieldIndex[] fields;
  private final @Nullable FieldIndex keywords;
  private final int predicateCount;
  private final int findCount;
  private final ValueCheck[] residues;

  /**
   * @param fields in the order of the slots
   * @param residues by predicate, what decides where the index only suspects
   */
  EventIndex(
      List<FieldSlot> slots,
      List<FieldIndex> fields,
      @Nullable FieldIndex keywords,
      int predicateCount,
      int findCount,
      Map<Integer, ValueCheck> residues) {
    this.slots = List.copyOf(slots);
    this.fields = fields.toArray(FieldIndex[]::new);
    this.keywords = keywords;
    this.predicateCount = predicateCount;
    this.findCount = findCount;
    this.residues = new ValueCheck[predicateCount];
    residues.forEach((predicate, check) -> this.residues[predicate] = check);
    this.paths = new FieldPaths(slots.stream().map(FieldSlot::name).toList());
  }

  /** Where the fields of the slots are found in events. */
  FieldPaths paths() {
    return paths;
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

  /** What a value must pass for a predicate that the index suspects of it. */
  ValueCheck residueOf(int predicate) {
    return residues[predicate];
  }
}
