package dev.lockstep.job.parity;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import dev.lockstep.job.config.LockstepConfig.ParityTimes;
import dev.lockstep.job.state.BundleSighting;
import dev.lockstep.job.state.JudgedAlert;
import dev.lockstep.job.state.RememberedVerdict;
import dev.lockstep.job.state.States;
import dev.lockstep.parity.AlertCopy;
import dev.lockstep.parity.ComparedEngines;
import dev.lockstep.parity.Explanations;
import dev.lockstep.parity.OpenVerdict;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Lets verdicts wait for what explains them: the other engine's alert of the same evidence, an
 * exchange of bundles, a change of flags. Keyed by customer.
 */
final class ExplainFunction
    extends KeyedBroadcastProcessFunction<String, JudgedAlert, BundleSighting, JudgedAlert> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final ComparedEngines engines;
  private final ParityTimes times;

  // -- runtime
  private transient @Nullable Explanations explanations;
  private transient @Nullable MapState<String, JudgedAlert> waiting;
  private transient @Nullable RememberedVerdicts remembered;

  ExplainFunction(ComparedEngines engines, ParityTimes times) {
    this.engines = engines;
    this.times = times;
  }

  @Override
  public void open(OpenContext context) {
    explanations = new Explanations(engines, times.window());
    waiting = getRuntimeContext().getMapState(States.PARITY_WAITING);
    remembered =
        new RememberedVerdicts(getRuntimeContext().getMapState(States.PARITY_REMEMBERED), times);
  }

  @Override
  public void processBroadcastElement(
      BundleSighting sighting, Context context, Collector<JudgedAlert> out) throws Exception {
    BroadcastState<String, BundleSighting> state =
        context.getBroadcastState(States.PARITY_SIGHTINGS);
    if (!state.contains(sighting.key())) {
      state.put(sighting.key(), sighting);
      SightingSpans.forgetOld(state, times);
    }
  }

  @Override
  public void processElement(
      JudgedAlert judged, ReadOnlyContext context, Collector<JudgedAlert> out) throws Exception {
    VerdictRecord record = record(judged);
    TimerService timers = context.timerService();
    if (record.verdict() == Verdict.NOT_COMPARED) {
      remembered().rememberFlags(judged, timers);
    }
    JudgedAlert next = record.replaces() == null ? judged : replacing(record, judged);
    if (OpenVerdict.mayBe(record)) {
      await(next, timers);
    } else {
      out.collect(next);
    }
  }

  /** What it replaces is what people were told, which is not always what was judged. */
  private JudgedAlert replacing(VerdictRecord record, JudgedAlert judged) throws Exception {
    if (waiting().contains(judged.alertId)) {
      waiting().remove(judged.alertId);
      return with(
          record.replacing(null), judged, /* replacesNoise= */ false, /* replacesLive= */ "");
    }
    Optional<RememberedVerdict> told = remembered().explained(judged.alertId);
    if (told.isEmpty()) {
      return judged;
    }
    remembered().forget(judged.alertId);
    return with(
        record.replacing(Verdict.valueOf(told.get().verdict)),
        judged,
        told.get().noise,
        told.get().live);
  }

  /** Waits until event time has passed all that may explain it, in steps: a step looks at many. */
  private void await(JudgedAlert judged, TimerService timers) throws Exception {
    judged.dueAtMillis =
        step(Math.max(judged.occurredAtMillis, timers.currentWatermark()) + window());
    judged.dueByMillis = step(timers.currentProcessingTime() + times.maxWait().toMillis());
    waiting().put(judged.alertId, judged);
    timers.registerEventTimeTimer(judged.dueAtMillis);
    timers.registerProcessingTimeTimer(judged.dueByMillis);
  }

  private long step(long millis) {
    long step = SightingSpans.span(times).toMillis();
    return (Math.floorDiv(millis, step) + 1) * step;
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<JudgedAlert> out)
      throws Exception {
    boolean eventTime = context.timeDomain() == TimeDomain.EVENT_TIME;
    Map<String, JudgedAlert> all = new HashMap<>();
    waiting().entries().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    List<JudgedAlert> due = new ArrayList<>();
    for (JudgedAlert each : all.values()) {
      if (time >= (eventTime ? each.dueAtMillis : each.dueByMillis)) {
        due.add(each);
      }
    }
    due.sort(
        comparing((JudgedAlert each) -> each.occurredAtMillis).thenComparing(each -> each.alertId));
    SightingSpans sightings =
        new SightingSpans(context.getBroadcastState(States.PARITY_SIGHTINGS), times);
    for (JudgedAlert each : due) {
      if (all.containsKey(each.alertId)) {
        explain(each, all, sightings, context.timerService(), out);
      }
    }
    remembered().forgetOld(time, eventTime);
  }

  private void explain(
      JudgedAlert judged,
      Map<String, JudgedAlert> all,
      SightingSpans sightings,
      TimerService timers,
      Collector<JudgedAlert> out)
      throws Exception {
    OpenVerdict open = open(judged);
    List<OpenVerdict> others =
        all.values().stream()
            .filter(each -> each.ruleId.equals(judged.ruleId))
            .filter(each -> !each.engine.equals(judged.engine))
            .map(ExplainFunction::open)
            .toList();
    Optional<OpenVerdict> partner = explanations().partner(open, others);
    VerdictRecord record;
    if (partner.isPresent()) {
      record = explanations().near(open, partner.get());
      String other = partner.get().verdict().alertId();
      remembered().rememberExplained(requireNonNull(all.remove(other)), record, timers);
      waiting().remove(other);
    } else {
      record = explanations().alone(open, remembered().offUnder(judged), sightings);
    }
    all.remove(judged.alertId);
    waiting().remove(judged.alertId);
    if (record.verdict() != open.verdict().verdict() || record.noise() != open.verdict().noise()) {
      remembered().rememberExplained(judged, record, timers);
    }
    out.collect(with(record, judged, judged.replacesNoise, judged.replacesLive));
  }

  private static JudgedAlert with(
      VerdictRecord record, JudgedAlert judged, boolean replacesNoise, String replacesLive) {
    JudgedAlert other = new JudgedAlert();
    other.alertId = record.alertId();
    other.customer = judged.customer;
    other.ruleId = judged.ruleId;
    other.engine = judged.engine;
    other.lane = judged.lane;
    other.flags = judged.flags;
    other.occurredAtMillis = record.occurredAt().toEpochMilli();
    other.verdict = ParityJson.write(record);
    other.replacesNoise = replacesNoise;
    other.replacesLive = replacesLive;
    other.json = judged.json;
    return other;
  }

  private static OpenVerdict open(JudgedAlert judged) {
    return new OpenVerdict(record(judged), AlertCopy.read(judged.lane, 1, judged.json));
  }

  private static VerdictRecord record(JudgedAlert judged) {
    return (VerdictRecord) ParityJson.read(judged.verdict);
  }

  private long window() {
    return times.window().toMillis();
  }

  private Explanations explanations() {
    return requireNonNull(explanations, "open was not called");
  }

  private MapState<String, JudgedAlert> waiting() {
    return requireNonNull(waiting, "open was not called");
  }

  private RememberedVerdicts remembered() {
    return requireNonNull(remembered, "open was not called");
  }
}
