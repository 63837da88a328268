package dev.lockstep.job.control;

import dev.lockstep.job.state.ControlNotice;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which rules are in force in an engine and where, gathered from notices. Those of subtasks come
 * again after a restart, the others must be restored.
 */
final class EngineStatus {

  private @Nullable ControlNotice accepted;
  private @Nullable ControlNotice refused;
  private long inForceAtMillis;
  private final Map<Integer, ControlNotice> inForce = new TreeMap<>();
  private final Map<Integer, ControlNotice> failed = new TreeMap<>();
  private final Map<Integer, ControlNotice> flags = new TreeMap<>();
  private int subtasks;
  private int rulesQuarantined;

  /** Begins with what was known before a restart. */
  EngineStatus(
      @Nullable ControlNotice accepted, @Nullable ControlNotice refused, long inForceAtMillis) {
    this.accepted = accepted;
    this.refused = refused;
    this.inForceAtMillis = inForceAtMillis;
  }

  void add(ControlNotice notice) {
    switch (notice.kind()) {
      case ACCEPTED -> {
        accepted = notice;
        refused = null;
        inForceAtMillis = 0;
        failed.clear();
      }
      case REFUSED -> refused = notice;
      case IN_FORCE -> {
        subtasks = notice.parallelism;
        inForce.put(notice.subtask, notice);
      }
      case FAILED -> {
        subtasks = notice.parallelism;
        failed.put(notice.subtask, notice);
      }
      case FLAGS -> {
        subtasks = notice.parallelism;
        flags.put(notice.subtask, notice);
      }
      case QUARANTINE -> rulesQuarantined = notice.rulesQuarantined;
    }
    // A subtask can be ahead of the check's own notice: both come by different ways.
    if (accepted != null && inForceAtMillis == 0 && subtasks > 0 && subtasksInForce() == subtasks) {
      inForceAtMillis = inForce.values().stream().mapToLong(each -> each.atMillis).max().orElse(0);
    }
  }

  /** What was accepted last; null if nothing was yet. */
  @Nullable ControlNotice accepted() {
    return accepted;
  }

  /** What was refused since then; null if nothing was. */
  @Nullable ControlNotice refused() {
    return refused;
  }

  /** When the last subtask took into force what was accepted last; 0 while not all have. */
  long inForceAtMillis() {
    return inForceAtMillis;
  }

  /** From publication to all subtasks; -1 if not known. */
  long publicationMillis() {
    return accepted == null || accepted.publishedAtMillis == 0 || inForceAtMillis == 0
        ? -1
        : Math.max(0, inForceAtMillis - accepted.publishedAtMillis);
  }

  /** How many subtasks have what was accepted last. */
  int subtasksInForce() {
    return (int)
        inForce.values().stream()
            .filter(notice -> accepted != null && notice.sequence >= accepted.sequence)
            .count();
  }

  /** How many subtasks there are; 0 while none has told. */
  int subtasks() {
    return subtasks;
  }

  /** The least number of rules that a subtask has in force. */
  int rulesInForce() {
    return inForce.values().stream().mapToInt(notice -> notice.rulesInForce).min().orElse(0);
  }

  int rulesUncovered() {
    return inForce.values().stream().mapToInt(notice -> notice.rulesUncovered).max().orElse(0);
  }

  int rulesQuarantined() {
    return rulesQuarantined;
  }

  /** The newest flag set that is in force anywhere; null while none has told. */
  @Nullable ControlNotice flags() {
    return flags.values().stream()
        .max(Comparator.comparingLong(notice -> notice.sequence))
        .orElse(null);
  }

  /** How many subtasks decide by a flag set of that version. */
  int subtasksWithFlags(String version) {
    return (int) flags.values().stream().filter(each -> each.version.equals(version)).count();
  }

  /** Why a subtask could not take into force what was accepted last; empty if all could. */
  String failure() {
    return failed.values().stream().map(notice -> notice.reason).findFirst().orElse("");
  }
}
