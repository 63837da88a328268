package dev.lockstep.event;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the same scalars as {@link EnvelopeScan}, of the JSON that nearly all events are, in a
 * fraction of its time. Belongs to one thread.
 */
final class PlainEnvelope implements EventSink {

  private final List<String> names;
  private final FieldPaths paths;
  private final PlainJson plain = new PlainJson(/* wholeEvent= */ false, this);
  private Map<String, String> found = Map.of();
  private int depth;

  /** How many of the objects that are open are in one that holds nothing wanted. */
  private int closed;

  /**
   * @param wanted none has a space: names of members are compared with those they have
   */
  PlainEnvelope(Set<String> wanted) {
    names = List.copyOf(wanted);
    paths = new FieldPaths(names);
  }

  /** Tells whether it has read the event; if not, nothing in {@code found} has a meaning. */
  boolean collect(byte[] value, Map<String, String> found) {
    this.found = found;
    depth = 0;
    closed = 0;
    boolean read = value.length <= EventJson.MAX_BYTES && plain.read(value, paths.root());
    plain.forget();
    this.found = Map.of();
    return read;
  }

  @Override
  public void begin() {
    // Each event begins with collect.
  }

  @Override
  public void field(int field, long route) {
    // A field without a scalar is not there.
  }

  @Override
  public void scalar(int field, EventText member, ScalarKind kind, EventText text) {
    if (field == NO_FIELD || kind == ScalarKind.NULL || closed > 0 || isClosed(member)) {
      return;
    }
    if (depth == 0) {
      found.put(names.get(field), text.decoded());
    } else {
      found.putIfAbsent(names.get(field), text.decoded());
    }
  }

  @Override
  public void enter(EventText member) {
    depth++;
    if (closed > 0 || isClosed(member)) {
      closed++;
    }
  }

  @Override
  public void leave() {
    depth--;
    if (closed > 0) {
      closed--;
    }
  }

  /** Fields of rules are found in lists and whatever spaces there are in names, an envelope not. */
  private static boolean isClosed(EventText member) {
    byte[] json = member.bytes();
    int at = member.to() + 1;
    while (json[at] != ':') {
      at++;
    }
    do {
      at++;
    } while (json[at] <= ' ');
    return json[at] == '[' || member.decoded().indexOf(' ') >= 0;
  }
}
