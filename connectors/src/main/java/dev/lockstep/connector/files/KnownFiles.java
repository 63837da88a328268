package dev.lockstep.connector.files;

import dev.lockstep.connector.files.FoundFile.Stamp;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that have been taken, within a bound. A file is remembered as long as it is in its
 * folder, and for a while after; when there are more than the bound, the oldest are forgotten. No
 * file that is as old as one that was forgotten is taken any more, as it may be that one. Not safe
 * for use by several threads.
 */
final class KnownFiles {

  static final long NOTHING_FORGOTTEN = Long.MIN_VALUE;

  /** What is known of a file that a look at its folder found. */
  enum Judgement {
    /** It was not there before. */
    NEW,
    /** It was taken, as it is. */
    TAKEN,
    /** It was taken, and has another size or time since. */
    CHANGED,
    /** It is as old as what was forgotten: nobody knows whether it was taken. */
    TOO_OLD
  }

  private final Map<FileKey, Stamp> known;
  private long forgottenUntilMillis;

  KnownFiles() {
    this(new HashMap<>(), NOTHING_FORGOTTEN);
  }

  KnownFiles(Map<FileKey, Stamp> known, long forgottenUntilMillis) {
    this.known = new HashMap<>(known);
    this.forgottenUntilMillis = forgottenUntilMillis;
  }

  Judgement judge(FileKey key, Stamp stamp) {
    Stamp taken = known.get(key);
    if (taken != null) {
      return taken.equals(stamp) ? Judgement.TAKEN : Judgement.CHANGED;
    }
    return stamp.modifiedMillis() <= forgottenUntilMillis ? Judgement.TOO_OLD : Judgement.NEW;
  }

  /** Remembers that a file was taken as it is now. */
  void take(FileKey key, Stamp stamp) {
    known.put(key, stamp);
  }

  /**
   * Forgets what is gone and old, and the oldest of what is too much; but nothing as new as a file
   * that still waits, which would be taken for forgotten after a restart.
   *
   * @param listed all files that are there; null when not all folders could be looked at
   * @param waitingSinceMillis the time of the oldest file that waits
   */
  void forget(
      @Nullable Set<FileKey> listed,
      long nowMillis,
      Duration remember,
      int most,
      long waitingSinceMillis) {
    if (listed != null) {
      long oldest = Math.min(nowMillis - remember.toMillis(), waitingSinceMillis);
      Iterator<Map.Entry<FileKey, Stamp>> entries = known.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<FileKey, Stamp> entry = entries.next();
        long modified = entry.getValue().modifiedMillis();
        if (modified < oldest && !listed.contains(entry.getKey())) {
          entries.remove();
          forgottenUntilMillis = Math.max(forgottenUntilMillis, modified);
        }
      }
    }
    if (known.size() > most) {
      List<Map.Entry<FileKey, Stamp>> byAge =
          known.entrySet().stream()
              .map(Map.Entry::copyOf)
              .sorted(Comparator.comparingLong(entry -> entry.getValue().modifiedMillis()))
              .toList();
      for (Map.Entry<FileKey, Stamp> entry : byAge.subList(0, known.size() - most)) {
        if (entry.getValue().modifiedMillis() >= waitingSinceMillis) {
          break;
        }
        known.remove(entry.getKey());
        forgottenUntilMillis = Math.max(forgottenUntilMillis, entry.getValue().modifiedMillis());
      }
    }
  }

  int size() {
    return known.size();
  }

  Map<FileKey, Stamp> all() {
    return known;
  }

  /** Returns how new the newest file is that was forgotten, in milliseconds since the epoch. */
  long forgottenUntilMillis() {
    return forgottenUntilMillis;
  }
}
