package dev.lockstep.job.parity;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.ComparedAlert;
import dev.lockstep.job.config.LockstepConfig.ParityTimes;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.JudgedAlert;
import dev.lockstep.job.state.ParityCase;
import dev.lockstep.job.state.States;
import dev.lockstep.parity.AlertCopy;
import dev.lockstep.parity.ComparedEngines;
import dev.lockstep.parity.Comparison;
import dev.lockstep.parity.Declarations;
import dev.lockstep.parity.OpenVerdict;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.parity.RescuedAlert;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the copies of an alert, judges them when its window is over, and again when another copy
 * comes after that, for as long as it remembers the alert. A rescue waits for no window: it is sent
 * with the copy that shows that it is due.
 */
final class CompareFunction extends KeyedProcessFunction<String, ComparedAlert, JudgedAlert> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final ComparedEngines engines;
  private final Declarations declarations;
  private final ParityTimes times;
  private final OutputTag<ComparedAlert> rescued;

  // -- runtime
  private transient @Nullable Comparison comparison;
  private transient @Nullable ValueState<ParityCase> state;
  private transient @Nullable AlertCopies copies;
  private transient @Nullable LabelledCounters rescues;
  private transient @Nullable Counter others;

  CompareFunction(
      ComparedEngines engines,
      Declarations declarations,
      ParityTimes times,
      OutputTag<ComparedAlert> rescued) {
    this.engines = engines;
    this.declarations = declarations;
    this.times = times;
    this.rescued = rescued;
  }

  @Override
  public void open(OpenContext context) {
    comparison = new Comparison(engines, declarations);
    state = getRuntimeContext().getState(States.PARITY_CASE);
    copies = new AlertCopies(getRuntimeContext().getListState(States.PARITY_COPIES));
    EngineMetrics metrics =
        new EngineMetrics(getRuntimeContext().getMetricGroup(), Parity.pair(engines));
    rescues = metrics.counters("parityRescued", "customer");
    others = metrics.counter("parityOtherEngines");
  }

  @Override
  public void processElement(ComparedAlert alert, Context context, Collector<JudgedAlert> out)
      throws Exception {
    if (!engines.contains(alert.engine)) {
      requireNonNull(others, "open was not called").inc();
      return;
    }
    ParityCase known = state().value();
    if (known == null) {
      known = opened(alert, context);
    }
    if (alert.rescued) {
      // Mostly our own; after a start without state it keeps us from sending it again.
      known.rescued = true;
    } else {
      copies().add(alert);
      rescueIfDue(known, context);
    }
    if (known.closed) {
      judge(known, context, out);
    }
    state().update(known);
  }

  private ParityCase opened(ComparedAlert alert, Context context) {
    long reached = context.timerService().currentWatermark();
    ParityCase opened = new ParityCase();
    long window = times.window().toMillis();
    opened.tooLate =
        reached > Long.MIN_VALUE + window + times.keep().toMillis()
            && alert.occurredAtMillis < reached - window - times.keep().toMillis();
    opened.dueAtMillis = Math.max(alert.occurredAtMillis, reached) + window;
    opened.dueByMillis =
        context.timerService().currentProcessingTime() + times.maxWait().toMillis();
    register(opened, context);
    return opened;
  }

  private void rescueIfDue(ParityCase known, Context context) throws Exception {
    if (known.rescued || copies().haveLive()) {
      return;
    }
    List<AlertCopy> all = copies().read();
    if (!comparison().mustRescue(all)) {
      return;
    }
    known.rescued = true;
    ComparedAlert whole = copies().whole(engines.first());
    ComparedAlert sent = whole.with(RescuedAlert.of(whole.json, all), /* isOutline= */ false);
    context.output(rescued, sent);
    requireNonNull(rescues, "open was not called").of(sent.customer).inc();
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<JudgedAlert> out)
      throws Exception {
    ParityCase known = state().value();
    if (known == null || time < (isEventTime(context) ? known.dueAtMillis : known.dueByMillis)) {
      return;
    }
    if (known.closed) {
      state().clear();
      copies().clear();
      return;
    }
    known.closed = true;
    known.dueAtMillis += times.keep().toMillis();
    known.dueByMillis =
        context.timerService().currentProcessingTime()
            + times.maxWait().toMillis()
            + times.keep().toMillis();
    register(known, context);
    judge(known, context, out);
    state().update(known);
  }

  private static boolean isEventTime(OnTimerContext context) {
    return context.timeDomain() == TimeDomain.EVENT_TIME;
  }

  private void judge(ParityCase known, Context context, Collector<JudgedAlert> out)
      throws Exception {
    Verdict before = known.verdict.isEmpty() ? null : Verdict.valueOf(known.verdict);
    List<AlertCopy> all = copies().read();
    Optional<VerdictRecord> judged = comparison().judge(all, known.rescued, known.tooLate, before);
    if (judged.isEmpty()
        || (judged.get().verdict() == before && before != Verdict.DUPLICATE_LIVE)) {
      return;
    }
    send(judged.get(), known, context, out);
    known.verdict = judged.get().verdict().name();
    known.noise = judged.get().noise();
    known.live = String.join("\n", judged.get().liveEngines());
    if (judged.get().verdict() == Verdict.MATCHED && comparison().isComplete(all)) {
      copies().outline();
    }
  }

  private void send(
      VerdictRecord record, ParityCase known, Context context, Collector<JudgedAlert> out)
      throws Exception {
    ComparedAlert copy = copies().ofEngine(record.copies().get(0).engine());
    JudgedAlert judged = new JudgedAlert();
    judged.alertId = record.alertId();
    judged.customer = record.customer();
    judged.ruleId = record.rule().id();
    judged.engine = copy.engine;
    judged.lane = copy.lane;
    judged.flags = copy.flags;
    judged.occurredAtMillis = record.occurredAt().toEpochMilli();
    judged.verdict = ParityJson.write(record);
    judged.replacesNoise = known.noise;
    judged.replacesLive = known.live;
    if (mayBeExplained(record)) {
      judged.json = copy.json;
      out.collect(judged);
    } else {
      context.output(Parity.FINAL, judged);
    }
  }

  /**
   * Also what was said of an alert before may have been explained, and flags that explain others.
   */
  private static boolean mayBeExplained(VerdictRecord record) {
    return OpenVerdict.mayBe(record)
        || record.replaces() != null
        || record.verdict() == Verdict.NOT_COMPARED;
  }

  private static void register(ParityCase known, Context context) {
    context.timerService().registerEventTimeTimer(known.dueAtMillis);
    context.timerService().registerProcessingTimeTimer(known.dueByMillis);
  }

  private Comparison comparison() {
    return requireNonNull(comparison, "open was not called");
  }

  private ValueState<ParityCase> state() {
    return requireNonNull(state, "open was not called");
  }

  private AlertCopies copies() {
    return requireNonNull(copies, "open was not called");
  }
}
