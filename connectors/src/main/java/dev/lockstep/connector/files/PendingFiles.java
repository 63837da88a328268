package dev.lockstep.connector.files;

import dev.lockstep.connector.files.FilesState.BegunFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files that wait, and what comes next. Each customer has a line for big files and one for
 * small ones; the line that has had the least comes next, by bytes. Files of a line come in the
 * order in which they were found. Not safe for use by several threads.
 */
final class PendingFiles {

  /** What any file costs, so that those of a few bytes have no turn for nothing. */
  private static final long LEAST_COST = 64 * 1024;

  private final long partBytes;
  private final Predicate<FoundFile> splittable;
  private final Map<LineKey, Line> lines = new LinkedHashMap<>();
  private final Map<FileKey, FoundFile> waiting = new HashMap<>();
  private final Map<FileKey, BegunFile> begun = new HashMap<>();
  private final Map<String, Long> bytes = new HashMap<>();
  // What the line had that came last: a new line is not given what others had before.
  private long had;

  /**
   * @param splittable whether a file can be read from its middle
   */
  PendingFiles(long partBytes, Predicate<FoundFile> splittable) {
    this.partBytes = partBytes;
    this.splittable = splittable;
  }

  /**
   * Puts a file at the end of its line; one that waits already is waited for as it is now.
   *
   * @return whether it did not wait before
   */
  boolean add(FoundFile file) {
    FoundFile before = waiting.put(file.key(), file);
    if (before == null) {
      line(file).files.addLast(file);
      count(file.customer(), file.stamp().size());
    } else {
      count(file.customer(), file.stamp().size() - before.stamp().size());
    }
    return before == null;
  }

  /** Goes on with a file of which some parts are read. */
  void goOn(BegunFile file) {
    FoundFile found = file.file();
    waiting.put(found.key(), found);
    begun.put(found.key(), file);
    line(found).files.addFirst(found);
    count(found.customer(), found.stamp().size() - file.next());
  }

  private Line line(FoundFile file) {
    LineKey key = new LineKey(file.customer(), file.stamp().size() > partBytes);
    return lines.computeIfAbsent(key, unused -> new Line(key, had));
  }

  /**
   * Returns the next part, or null when nobody may have one.
   *
   * @param mayHave whether a customer may have a part of that many bytes
   */
  @Nullable FilePart next(MayHave mayHave) {
    Line next = null;
    for (Line line : lines.values()) {
      boolean better = next == null || line.had < next.had;
      if (better && mayHave.bytes(line.key.customer, firstOf(line).bytes())) {
        next = line;
      }
    }
    return next == null ? null : take(next);
  }

  private FilePart firstOf(Line line) {
    FoundFile inLine = line.files.getFirst();
    FoundFile file = waiting.getOrDefault(inLine.key(), inLine);
    BegunFile from = begun.getOrDefault(file.key(), new BegunFile(file, 0));
    boolean whole = file.stamp().size() <= partBytes || !splittable.test(file);
    long until = from.next() + partBytes;
    boolean last = whole || until >= file.stamp().size();
    return FilePart.of(from.file(), from.next(), last ? Long.MAX_VALUE : until);
  }

  private FilePart take(Line line) {
    FilePart part = firstOf(line);
    FileKey key = part.file().key();
    count(part.file().customer(), -part.bytes());
    had = line.had;
    line.had += Math.max(LEAST_COST, part.bytes());
    if (part.until() < Long.MAX_VALUE) {
      begun.put(key, new BegunFile(part.file(), part.until()));
      return part;
    }
    line.files.removeFirst();
    waiting.remove(key);
    begun.remove(key);
    if (line.files.isEmpty()) {
      lines.remove(line.key);
    }
    return part;
  }

  private void count(String customer, long more) {
    bytes.merge(customer, more, Long::sum);
    bytes.remove(customer, 0L);
  }

  /** Files of which some parts are with readers, and some not yet. */
  List<BegunFile> begun() {
    return new ArrayList<>(begun.values());
  }

  /** All that wait, in no order. */
  Collection<FoundFile> files() {
    return waiting.values();
  }

  /** When the oldest that waits was modified; the end of time when none waits. */
  long sinceMillis() {
    return waiting.values().stream()
        .mapToLong(file -> file.stamp().modifiedMillis())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Bytes that wait, by customer; only those who have some. */
  Map<String, Long> bytes() {
    return bytes;
  }

  /** Says who may have a part. */
  @FunctionalInterface
  interface MayHave {
    boolean bytes(String customer, long bytes);
  }

  private record LineKey(String customer, boolean big) {}

  private static final class Line {
    private final LineKey key;
    private final Deque<FoundFile> files = new ArrayDeque<>();
    private long had;

    Line(LineKey key, long had) {
      this.key = key;
      this.had = had;
    }
  }
}
