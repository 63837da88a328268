package dev.lockstep.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One group of a correlation at work. Occurrences wait until event time has passed them, and are
 * taken in their order then, so that what is found does not depend on the order in which they came.
 *
 * <p>What is known lies in slots; an object of this class is made for each use.
 */
public final class Group {

  /** Occurrences wait in pieces of so much event time. */
  private static final long WAITING_PIECE_MILLIS = 256;

  private final CachedSlots slots;
  private @Nullable Progress progress;

  /**
   * @param store what is known of this group alone
   */
  public Group(Slots store) {
    this.slots = new CachedSlots(store);
  }

  /**
   * How far a group has come.
   *
   * @param last what was taken last
   * @param wakeAt for when a wake was asked for last
   */
  private record Progress(@Nullable Occurrence last, long wakeAt) {
    static final Progress NONE = new Progress(null, Long.MIN_VALUE);
  }

  /**
   * Has occurrences wait for their time; what waits already or was taken last is skipped. What
   * event time has passed is still taken if the group has not come as far: a source that is behind
   * all others is judged as if it were alone.
   *
   * @param watermark how far event time has come
   * @param wakes is told at which event times to call {@link #advance}
   * @param late is given what comes before something that was taken already
   */
  public void add(
      List<Occurrence> occurrences, long watermark, LongConsumer wakes, Consumer<Occurrence> late) {
    Map<Long, List<Occurrence>> pieces = new TreeMap<>();
    for (Occurrence occurrence : occurrences) {
      int order = occurrence.atMillis() > watermark ? 1 : orderToLast(occurrence);
      if (order > 0) {
        pieces
            .computeIfAbsent(pieceOf(occurrence.atMillis()), piece -> new ArrayList<>())
            .add(occurrence);
      } else if (order < 0) {
        late.accept(occurrence);
      }
    }
    pieces.forEach((piece, added) -> addTo(piece, added, wakes));
    slots.flush();
  }

  private int orderToLast(Occurrence occurrence) {
    Occurrence last = progress().last;
    return last == null ? 1 : Occurrence.ORDER.compare(occurrence, last);
  }

  private void addTo(long piece, List<Occurrence> added, LongConsumer wakes) {
    long slot = SlotKind.PENDING.slot(piece);
    byte[] waiting = slots.get(slot);
    byte[] more = Bytes.ofOccurrences(added);
    long earliest = earliest(added);
    if (waiting == null) {
      slots.put(slot, more);
      wakes.accept(earliest);
      return;
    }
    slots.put(slot, Bytes.concat(waiting, more));
    if (earliest < Bytes.earliestOf(waiting)) {
      wakes.accept(earliest);
    }
  }

  /**
   * Has what is due wait on: nobody knows the correlation yet.
   *
   * @param due the event time that was asked for
   * @param until when to ask again
   */
  public void postpone(long due, long until, LongConsumer wakes) {
    long slot = SlotKind.PENDING.slot(pieceOf(due));
    List<Occurrence> waiting = waitingAt(slot);
    if (!waiting.isEmpty()) {
      slots.remove(slot);
      addTo(pieceOf(until), waiting, moment -> {});
    }
    wakes.accept(until);
    slots.flush();
  }

  /**
   * Takes what has waited long enough.
   *
   * @param correlation whose group this is
   * @param most so many occurrences or values are kept
   * @param due the event time that was asked for
   * @param watermark how far event time has come; at least {@code due}
   * @param wakes is told at which event times to call this again
   * @return what was found, and how exactly
   */
  public Advance advance(
      Correlation correlation, int most, long due, long watermark, LongConsumer wakes) {
    List<Occurrence> ready = takeWaiting(due, watermark, wakes);
    byte[] known = slots.get(SlotKind.PROGRESS.slot());
    List<Finding> findings = new ArrayList<>();
    List<Occurrence> late = new ArrayList<>();
    GroupMachine machine = open(correlation, most, known);
    Occurrence last = progress().last;
    boolean open = false;
    for (Occurrence occurrence : ready) {
      int order = last == null ? 1 : Occurrence.ORDER.compare(occurrence, last);
      if (order < 0) {
        late.add(occurrence);
      } else if (order > 0) {
        if (open && last != null && occurrence.atMillis() > last.atMillis()) {
          machine.endMoment(findings::add);
        }
        wake(machine, occurrence.atMillis(), findings::add);
        machine.accept(occurrence, findings::add);
        last = occurrence.withoutEvidence();
        open = true;
      }
    }
    if (open) {
      machine.endMoment(findings::add);
    }
    wake(machine, due, findings::add);
    long wakeAt = machine.wakeAt();
    if (wakeAt == GroupMachine.NEVER) {
      machine.clear();
      slots.remove(SlotKind.PROGRESS.slot());
    } else {
      long asked = progress().wakeAt;
      boolean ask = asked <= due || wakeAt < asked;
      if (ask) {
        wakes.accept(wakeAt);
      }
      save(new Progress(last, ask ? wakeAt : asked), machine);
    }
    slots.flush();
    return new Advance(findings, late, machine.givenUp(), machine.estimated());
  }

  /**
   * What came of an advance.
   *
   * @param late what came before something that had been taken: after a restart nobody knows how
   *     far event time had come, and {@link #add} lets it in
   * @param givenUp how many occurrences or values could not be kept any longer
   * @param estimated how many occurrences were judged by a sketch
   */
  public record Advance(List<Finding> findings, List<Occurrence> late, int givenUp, int estimated) {
    public Advance {
      findings = List.copyOf(findings);
      late = List.copyOf(late);
    }
  }

  private static void wake(GroupMachine machine, long until, Consumer<Finding> findings) {
    while (machine.wakeAt() <= until) {
      machine.wake(findings);
    }
  }

  private List<Occurrence> takeWaiting(long due, long watermark, LongConsumer wakes) {
    long slot = SlotKind.PENDING.slot(pieceOf(due));
    List<Occurrence> ready = new ArrayList<>();
    List<Occurrence> early = new ArrayList<>();
    for (Occurrence occurrence : waitingAt(slot)) {
      (occurrence.atMillis() <= watermark ? ready : early).add(occurrence);
    }
    if (early.isEmpty()) {
      slots.remove(slot);
    } else if (!ready.isEmpty()) {
      slots.put(slot, Bytes.ofOccurrences(early));
      wakes.accept(earliest(early));
    }
    ready.sort(Occurrence.ORDER);
    return ready;
  }

  private List<Occurrence> waitingAt(long slot) {
    byte[] bytes = slots.get(slot);
    return bytes == null ? List.of() : Bytes.toOccurrences(bytes);
  }

  private static long pieceOf(long millis) {
    return Math.floorDiv(millis, WAITING_PIECE_MILLIS);
  }

  private static long earliest(List<Occurrence> occurrences) {
    return occurrences.stream().mapToLong(Occurrence::atMillis).min().orElse(Long.MAX_VALUE);
  }

  private Progress progress() {
    Progress known = progress;
    if (known == null) {
      byte[] bytes = slots.get(SlotKind.PROGRESS.slot());
      known = bytes == null ? Progress.NONE : Bytes.read(bytes, Group::readProgress);
      progress = known;
    }
    return known;
  }

  private static Progress readProgress(PieceReader in) {
    Occurrence last = in.readBoolean() ? Bytes.readOccurrence(in) : null;
    return new Progress(last, in.readLong());
  }

  private GroupMachine open(Correlation correlation, int most, byte @Nullable [] known) {
    return known == null
        ? correlation.open(most, slots, /* state= */ null)
        : Bytes.read(
            known,
            in -> {
              progress = readProgress(in);
              return correlation.open(most, slots, in);
            });
  }

  private void save(Progress now, GroupMachine machine) {
    progress = now;
    Occurrence last = now.last;
    slots.put(
        SlotKind.PROGRESS.slot(),
        Bytes.write(
            out -> {
              out.writeBoolean(last != null);
              if (last != null) {
                Bytes.write(last, out);
              }
              out.writeLong(now.wakeAt);
              machine.save(out);
            }));
  }
}
