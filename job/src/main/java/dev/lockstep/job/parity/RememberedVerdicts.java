package dev.lockstep.job.parity;

import dev.lockstep.job.config.LockstepConfig.ParityTimes;
import dev.lockstep.job.state.JudgedAlert;
import dev.lockstep.job.state.RememberedVerdict;
import dev.lockstep.parity.VerdictRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.TimerService;

/**
 * Of the current customer: what verdicts were explained to be, should another copy come, and under
 * which flag sets an engine was off. Leaves with the alerts that it is about.
 */
final class RememberedVerdicts {

  private static final String EXPLAINED = "explained/";
  private static final String OFF = "off/";

  private final MapState<String, RememberedVerdict> state;
  private final ParityTimes times;

  RememberedVerdicts(MapState<String, RememberedVerdict> state, ParityTimes times) {
    this.state = state;
    this.times = times;
  }

  void rememberExplained(JudgedAlert judged, VerdictRecord given, TimerService timers)
      throws Exception {
    RememberedVerdict verdict = of(judged, timers);
    verdict.verdict = given.verdict().name();
    verdict.noise = given.noise();
    verdict.live = String.join("\n", given.liveEngines());
    state.put(EXPLAINED + judged.alertId, verdict);
  }

  Optional<RememberedVerdict> explained(String alertId) throws Exception {
    return Optional.ofNullable(state.get(EXPLAINED + alertId));
  }

  void forget(String alertId) throws Exception {
    state.remove(EXPLAINED + alertId);
  }

  /** Remembers that under this alert's flags the other engine was off. */
  void rememberFlags(JudgedAlert judged, TimerService timers) throws Exception {
    String key = OFF + judged.engine + "/" + judged.flags;
    RememberedVerdict known = state.get(key);
    if (known == null || known.occurredAtMillis < judged.occurredAtMillis) {
      state.put(key, of(judged, timers));
    }
  }

  /** Returns the flag sets under which the other engine was off around this alert. */
  Set<String> offUnder(JudgedAlert judged) throws Exception {
    Set<String> sets = new HashSet<>();
    for (Map.Entry<String, RememberedVerdict> each : state.entries()) {
      long apart = Math.abs(each.getValue().occurredAtMillis - judged.occurredAtMillis);
      if (each.getKey().startsWith(OFF + judged.engine + "/")
          && apart <= times.window().toMillis()) {
        sets.add(each.getValue().flags);
      }
    }
    return sets;
  }

  void forgetOld(long time, boolean eventTime) throws Exception {
    List<String> old = new ArrayList<>();
    for (Map.Entry<String, RememberedVerdict> each : state.entries()) {
      RememberedVerdict verdict = each.getValue();
      if (time >= (eventTime ? verdict.untilMillis : verdict.untilByMillis)) {
        old.add(each.getKey());
      }
    }
    for (String key : old) {
      state.remove(key);
    }
  }

  private RememberedVerdict of(JudgedAlert judged, TimerService timers) {
    long step = SightingSpans.span(times).toMillis();
    RememberedVerdict verdict = new RememberedVerdict();
    verdict.flags = judged.flags;
    verdict.occurredAtMillis = judged.occurredAtMillis;
    verdict.untilMillis =
        (Math.floorDiv(
                    Math.max(judged.occurredAtMillis, timers.currentWatermark())
                        + 2 * times.window().toMillis()
                        + times.keep().toMillis(),
                    step)
                + 1)
            * step;
    verdict.untilByMillis =
        (Math.floorDiv(
                    timers.currentProcessingTime()
                        + 2 * times.maxWait().toMillis()
                        + times.keep().toMillis(),
                    step)
                + 1)
            * step;
    timers.registerEventTimeTimer(verdict.untilMillis);
    timers.registerProcessingTimeTimer(verdict.untilByMillis);
    return verdict;
  }
}
