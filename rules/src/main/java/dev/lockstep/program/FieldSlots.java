package dev.lockstep.program;

import dev.lockstep.event.FieldName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each field of a program its place; spaces in names make no difference. */
final class FieldSlots {
  private final Map<String, FieldSlot> byName = new HashMap<>();
  private final List<FieldSlot> slots = new ArrayList<>();

  FieldSlot of(String field) {
    return byName.computeIfAbsent(FieldName.withoutSpaces(field), this::next);
  }

  List<FieldSlot> all() {
    return List.copyOf(slots);
  }

  private FieldSlot next(String name) {
    FieldSlot slot = new FieldSlot(slots.size(), name);
    slots.add(slot);
    return slot;
  }
}
