package dev.lockstep.job.parity;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.config.LockstepConfig.ParityTimes;
import dev.lockstep.job.state.JudgedAlert;
import dev.lockstep.job.state.States;
import dev.lockstep.job.state.SummaryProgress;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.parity.SummaryCounts;
import dev.lockstep.parity.SummaryCounts.Replaced;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Sends verdicts on, and how many there are of each: keyed by customer and hour of event time. */
final class SummarizeFunction extends KeyedProcessFunction<String, JudgedAlert, StatusRecord> {

  private static final long serialVersionUID = 1L;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int MAX_FIELDS = 200;

  // -- configuration
  private final String pair;
  private final ArrayList<String> engines;
  private final ParityTimes times;
  private final Duration interval;
  private final boolean writesMatched;

  // -- runtime
  private transient @Nullable VerdictMetrics metrics;
  private transient @Nullable ValueState<SummaryProgress> progress;
  private transient @Nullable MapState<String, Long> counts;
  private transient @Nullable MapState<String, String> titles;

  SummarizeFunction(String pair, List<String> engines, LockstepConfig.Parity parity) {
    this.pair = pair;
    this.engines = new ArrayList<>(engines);
    this.times = parity.times();
    this.interval = parity.summaryInterval();
    this.writesMatched = parity.writesMatched();
  }

  static String key(JudgedAlert judged) {
    return Math.floorDiv(judged.occurredAtMillis, HOUR) + "/" + judged.customer;
  }

  @Override
  public void open(OpenContext context) {
    metrics = new VerdictMetrics(getRuntimeContext().getMetricGroup(), pair);
    progress = getRuntimeContext().getState(States.PARITY_SUMMARY);
    counts = getRuntimeContext().getMapState(States.PARITY_COUNTS);
    titles = getRuntimeContext().getMapState(States.PARITY_TITLES);
  }

  @Override
  public void processElement(JudgedAlert judged, Context context, Collector<StatusRecord> out)
      throws Exception {
    VerdictRecord record = (VerdictRecord) ParityJson.read(judged.verdict);
    requireNonNull(metrics, "open was not called").count(record);
    if (writesMatched || record.verdict() != Verdict.MATCHED || record.replaces() != null) {
      out.collect(new StatusRecord(judged.customer, judged.verdict));
    }
    SummaryProgress known = progress().value();
    if (known == null) {
      known = begun(judged, context.timerService());
    }
    count(record, replaced(judged), known);
    if (!known.changed) {
      known.changed = true;
      context
          .timerService()
          .registerProcessingTimeTimer(
              context.timerService().currentProcessingTime() + interval.toMillis());
    }
    progress().update(known);
  }

  private SummaryProgress begun(JudgedAlert judged, TimerService timers) {
    SummaryProgress begun = new SummaryProgress();
    begun.customer = judged.customer;
    begun.hourMillis = Math.floorDiv(judged.occurredAtMillis, HOUR) * HOUR;
    begun.part = timers.currentProcessingTime();
    begun.untilMillis =
        Math.max(begun.hourMillis + HOUR, timers.currentWatermark())
            + 3 * times.window().toMillis()
            + times.keep().toMillis();
    timers.registerEventTimeTimer(begun.untilMillis);
    keepOn(begun, timers);
    return begun;
  }

  private void keepOn(SummaryProgress known, TimerService timers) {
    known.untilByMillis =
        timers.currentProcessingTime()
            + HOUR
            + 3 * times.maxWait().toMillis()
            + times.keep().toMillis();
    timers.registerProcessingTimeTimer(known.untilByMillis);
  }

  private static Replaced replaced(JudgedAlert judged) {
    // A savepoint of an earlier version does not say who was live.
    String live = judged.replacesLive == null ? "" : judged.replacesLive;
    return new Replaced(judged.replacesNoise, new TreeSet<>(live.lines().toList()));
  }

  private void count(VerdictRecord record, Replaced replaced, SummaryProgress known)
      throws Exception {
    titles().put(record.rule().id(), SummaryCounts.title(record.rule()));
    for (Map.Entry<String, Long> change : SummaryCounts.changes(record, replaced).entrySet()) {
      String key = change.getKey();
      Long count = counts().get(key);
      if (count == null && SummaryCounts.isOfField(key)) {
        if (known.fields == MAX_FIELDS) {
          key = SummaryCounts.ofOtherFields(key);
          count = counts().get(key);
        } else {
          known.fields++;
        }
      }
      counts().put(key, (count == null ? 0 : count) + change.getValue());
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<StatusRecord> out)
      throws Exception {
    SummaryProgress known = progress().value();
    if (known == null) {
      return;
    }
    boolean eventTime = context.timeDomain() == TimeDomain.EVENT_TIME;
    boolean over = time >= (eventTime ? known.untilMillis : known.untilByMillis);
    if (known.changed && (over || !eventTime)) {
      known.changed = false;
      known.sequence++;
      out.collect(new StatusRecord(known.customer, summary(known)));
      keepOn(known, context.timerService());
      progress().update(known);
    }
    if (over) {
      progress().clear();
      counts().clear();
      titles().clear();
    }
  }

  private byte[] summary(SummaryProgress known) throws Exception {
    Map<String, Long> all = new HashMap<>();
    counts()
        .entries()
        .forEach(
            entry -> {
              if (entry.getValue() != 0) {
                all.put(entry.getKey(), entry.getValue());
              }
            });
    Map<String, String> named = new HashMap<>();
    titles().entries().forEach(entry -> named.put(entry.getKey(), entry.getValue()));
    return ParityJson.write(
        SummaryCounts.record(
            known.customer,
            Instant.ofEpochMilli(known.hourMillis),
            known.part,
            known.sequence,
            engines,
            all,
            named));
  }

  private ValueState<SummaryProgress> progress() {
    return requireNonNull(progress, "open was not called");
  }

  private MapState<String, Long> counts() {
    return requireNonNull(counts, "open was not called");
  }

  private MapState<String, String> titles() {
    return requireNonNull(titles, "open was not called");
  }
}
