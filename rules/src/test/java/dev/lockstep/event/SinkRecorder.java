package dev.lockstep.event;

import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told. */
final class SinkRecorder implements EventSink {
  private final List<String> entries = new ArrayList<>();

  List<String> entries() {
    return entries;
  }

  /** All but the objects on the way, which need not be told where only fields are asked for. */
  List<String> fields() {
    return entries.stream()
        .filter(entry -> !entry.startsWith("enter ") && !entry.equals("leave"))
        .toList();
  }

  @Override
  public void begin() {
    entries.clear();
  }

  @Override
  public void field(int field, long route) {
    entries.add("field %d by %d".formatted(field, route));
  }

  @Override
  public void scalar(int field, EventText member, ScalarKind kind, EventText text) {
    entries.add("%s of %d: %s %s".formatted(member.decoded(), field, kind, text.decoded()));
  }

  @Override
  public void enter(EventText member) {
    entries.add("enter " + member.decoded());
  }

  @Override
  public void leave() {
    entries.add("leave");
  }
}
