package dev.lockstep.job.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.OperatorStateStore;

/**
 * The newest update of each kind, as an operator keeps it. Rules are megabytes, and Flink writes
 * all state of this sort anew with each checkpoint: the first subtask keeps them for all. What else
 * there is lies in each subtask's broadcast state, where savepoints of former times have rules,
 * too.
 */
final class ControlState {

  private final BroadcastState<String, ControlUpdate> small;
  private final ListState<ControlUpdate> rules;
  private final boolean keepsRules;
  private final Map<String, Long> sequences = new HashMap<>();

  private ControlState(
      BroadcastState<String, ControlUpdate> small,
      ListState<ControlUpdate> rules,
      boolean keepsRules) {
    this.small = small;
    this.rules = rules;
    this.keepsRules = keepsRules;
  }

  static ControlState open(OperatorStateStore store, int subtask) throws Exception {
    return new ControlState(
        store.getBroadcastState(States.CONTROL),
        store.getUnionListState(States.CONTROL_RULES),
        subtask == 0);
  }

  /** Returns what was known before a restart. */
  List<ControlUpdate> restored() throws Exception {
    Map<String, ControlUpdate> newest = new HashMap<>();
    for (Map.Entry<String, ControlUpdate> each : small.entries()) {
      newest.put(each.getKey(), each.getValue());
    }
    for (ControlUpdate each : rules.get()) {
      newest.merge(each.kind, each, (one, other) -> one.sequence < other.sequence ? other : one);
    }
    for (ControlUpdate update : newest.values()) {
      put(update);
    }
    return List.copyOf(newest.values());
  }

  /** Takes an update, and tells whether it is newer than what was there. */
  boolean take(ControlUpdate update) throws Exception {
    Long before = sequences.get(update.kind);
    if (before != null && before >= update.sequence) {
      return false;
    }
    put(update);
    return true;
  }

  private void put(ControlUpdate update) throws Exception {
    sequences.put(update.kind, update.sequence);
    if (update.kind() == ControlUpdate.Kind.RULES) {
      rules.update(keepsRules ? List.of(update) : List.of());
      small.remove(update.kind);
    } else {
      small.put(update.kind, update);
    }
  }
}
