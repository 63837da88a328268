package dev.lockstep.job.parity;

import static java.util.Comparator.comparing;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.wire.ComparedAlert;
import dev.lockstep.parity.AlertCopy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;

/** The copies of the current key's alert. Equal ones are kept once, and counted. */
final class AlertCopies {

  /** An engine that is rewound again and again under ever new flags must not fill the state. */
  private static final int MAX_KEPT = 16;

  /** {@code live} comes before {@code shadow}; the rest only has to be always the same. */
  private static final Comparator<ComparedAlert> ORDER =
      comparing((ComparedAlert each) -> each.lane)
          .thenComparing(each -> each.flags)
          .thenComparing(each -> each.bundle);

  private final ListState<ComparedAlert> state;

  AlertCopies(ListState<ComparedAlert> state) {
    this.state = state;
  }

  void add(ComparedAlert alert) throws Exception {
    List<ComparedAlert> all = all();
    for (ComparedAlert each : all) {
      if (isLike(each, alert, all.size() >= MAX_KEPT)) {
        each.times++;
        state.update(all);
        return;
      }
    }
    if (all.size() < MAX_KEPT) {
      state.add(alert);
    }
  }

  private static boolean isLike(ComparedAlert one, ComparedAlert other, boolean roughly) {
    return one.engine.equals(other.engine)
        && one.lane.equals(other.lane)
        && (roughly || (one.flags.equals(other.flags) && one.bundle.equals(other.bundle)));
  }

  boolean haveLive() throws Exception {
    return all().stream().anyMatch(each -> each.lane.equals(Lane.LIVE.wireName()));
  }

  List<AlertCopy> read() throws Exception {
    return all().stream().map(each -> AlertCopy.read(each.lane, each.times, each.json)).toList();
  }

  /** Returns the engine's copy that speaks for the others: the live one if there is one. */
  ComparedAlert ofEngine(String engine) throws Exception {
    return all().stream()
        .filter(each -> each.engine.equals(engine))
        .min(ORDER)
        .orElseThrow(() -> new IllegalStateException("no copy of engine " + engine));
  }

  /** Returns a whole copy, if there is one of the engine. */
  ComparedAlert whole(String preferredEngine) throws Exception {
    return all().stream()
        .filter(each -> !each.outline)
        .min(
            comparing((ComparedAlert each) -> !each.engine.equals(preferredEngine))
                .thenComparing(ORDER))
        .orElseThrow(() -> new IllegalStateException("no whole copy"));
  }

  /** Keeps of each copy what is needed to tell duplicates: its fields were compared. */
  void outline() throws Exception {
    List<ComparedAlert> outlined = new ArrayList<>();
    for (ComparedAlert each : all()) {
      byte[] outline = AlertCopy.read(each.lane, each.times, each.json).outline();
      outlined.add(each.outline ? each : each.with(outline, /* isOutline= */ true));
    }
    state.update(outlined);
  }

  void clear() {
    state.clear();
  }

  private List<ComparedAlert> all() throws Exception {
    List<ComparedAlert> all = new ArrayList<>();
    state.get().forEach(all::add);
    return all;
  }
}
