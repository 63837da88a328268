package dev.lockstep.connector.files;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts that are with readers, and how much of whom that is. After a restart it is what readers
 * say. Not safe for use by several threads.
 */
final class InFlight {

  private final long mostBytes;
  private final Map<Integer, Map<String, Held>> byReader = new HashMap<>();
  private final Map<String, Long> bytes = new HashMap<>();
  private final Map<String, Integer> partsOfFile = new HashMap<>();

  /**
   * @param mostBytes of one customer, unless a single part is more
   */
  InFlight(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Returns whether a customer may have that much more. */
  boolean mayHave(String customer, long more) {
    long now = bytes.getOrDefault(customer, 0L);
    return now == 0 || now + more <= mostBytes;
  }

  void add(int reader, Held part) {
    Held before = byReader.computeIfAbsent(reader, unused -> new HashMap<>()).put(part.id(), part);
    if (before == null) {
      bytes.merge(part.customer(), part.bytes(), Long::sum);
      partsOfFile.merge(part.file(), 1, Integer::sum);
    }
  }

  /** Takes a part from a reader; returns null when it was not known to have it. */
  @Nullable Held remove(int reader, String id) {
    Held part = byReader.getOrDefault(reader, new HashMap<>()).remove(id);
    if (part != null) {
      release(part);
    }
    return part;
  }

  /** Takes all parts from a reader that has failed. */
  void clear(int reader) {
    Map<String, Held> parts = byReader.remove(reader);
    if (parts != null) {
      parts.values().forEach(this::release);
    }
  }

  private void release(Held part) {
    bytes.merge(part.customer(), -part.bytes(), Long::sum);
    bytes.remove(part.customer(), 0L);
    partsOfFile.merge(part.file(), -1, Integer::sum);
    partsOfFile.remove(part.file(), 0);
  }

  boolean hasPartsOf(String file) {
    return partsOfFile.containsKey(file);
  }

  /** Bytes by customer. */
  Map<String, Long> bytes() {
    return bytes;
  }

  /** A part that a reader has. */
  record Held(String id, String file, String customer, long bytes) implements Serializable {

    static Held of(FilePart part) {
      return new Held(
          part.splitId(), part.file().key().toString(), part.file().customer(), part.bytes());
    }
  }
}
