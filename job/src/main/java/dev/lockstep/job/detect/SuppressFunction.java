package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.AlertLimit;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.LimitedAlerts;
import dev.lockstep.job.state.States;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Sends so many of the alerts that are alike in a period of event time, and at its end one that
 * stands for all others. That one begins the next period; a period without others ends the matter.
 */
final class SuppressFunction extends KeyedProcessFunction<String, AlertRecord, AlertRecord> {

  private static final long serialVersionUID = 1L;
  private static final int MAX_FACTOR = 32;

  private final String engine;
  private transient @Nullable ValueState<LimitedAlerts> state;
  private transient @Nullable LabelledCounters suppressed;

  SuppressFunction(String engine) {
    this.engine = engine;
  }

  @Override
  public void open(OpenContext context) {
    state = getRuntimeContext().getState(States.LIMITED_ALERTS);
    suppressed =
        new EngineMetrics(getRuntimeContext().getMetricGroup(), engine)
            .counters("alertsSuppressed", "rule");
  }

  @Override
  public void processElement(AlertRecord alert, Context context, Collector<AlertRecord> out)
      throws Exception {
    AlertLimit limit = requireNonNull(alert.limit, "only limited alerts come here");
    LimitedAlerts known = state().value();
    while (known != null && limit.atMillis >= known.untilMillis) {
      known = ended(known, out);
    }
    if (known == null) {
      known = new LimitedAlerts();
      known.untilMillis = limit.atMillis + limit.periodMillis;
    }
    if (known.sent < limit.max) {
      known.sent++;
      out.collect(alert);
    } else {
      requireNonNull(suppressed, "open was not called").of(alert.ruleId).inc();
      // One that is over its rule's budget stands for others already.
      known.suppressed += 1 + AlertJson.read(alert.json).suppressed().count();
      known.first = known.first == null ? alert : known.first;
    }
    keep(known, context);
  }

  @Override
  public void onTimer(long millis, OnTimerContext context, Collector<AlertRecord> out)
      throws Exception {
    LimitedAlerts known = state().value();
    if (known == null || known.untilMillis != millis) {
      return;
    }
    LimitedAlerts next = ended(known, out);
    if (next == null) {
      state().clear();
    } else {
      keep(next, context);
    }
  }

  private void keep(LimitedAlerts alerts, Context context) throws Exception {
    state().update(alerts);
    context.timerService().registerEventTimeTimer(alerts.untilMillis);
  }

  /** Returns the period after that one; null if nothing was suppressed in it. */
  private static @Nullable LimitedAlerts ended(LimitedAlerts known, Collector<AlertRecord> out) {
    AlertRecord first = known.first;
    if (first == null) {
      return null;
    }
    AlertLimit limit = requireNonNull(first.limit, "only limited alerts come here");
    out.collect(StandingAlert.of(first, known.suppressed - 1, known.untilMillis));
    LimitedAlerts next = new LimitedAlerts();
    next.factor = limit.exponential ? Math.min(MAX_FACTOR, 2 * known.factor) : 1;
    next.untilMillis = known.untilMillis + next.factor * limit.periodMillis;
    next.sent = limit.max;
    return next;
  }

  private ValueState<LimitedAlerts> state() {
    return requireNonNull(state, "open was not called");
  }
}
