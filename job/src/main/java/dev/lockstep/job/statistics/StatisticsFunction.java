package dev.lockstep.job.statistics;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.state.CustomerCounts;
import dev.lockstep.job.state.KeptCounts;
import dev.lockstep.job.state.States;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.CustomerStatisticsJson;
import dev.lockstep.statistics.EventFate;
import dev.lockstep.statistics.StatisticsKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Adds up, by customer and period, what subtasks have counted, and tells what has changed every ten
 * seconds and when a period is complete. A period that event time has left behind for long enough
 * leaves, its record too.
 */
final class StatisticsFunction extends KeyedProcessFunction<String, CustomerCounts, StatusRecord>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;
  private static final long TELL_EVERY_MILLIS = Duration.ofSeconds(10).toMillis();

  /** A clock far in the future makes no more periods than this beside those that are kept. */
  private static final int PERIODS_AHEAD = 24;

  // -- configuration
  private final String engine;
  private final LockstepConfig.Statistics settings;
  private final long latenessMillis;

  // -- runtime
  private transient @Nullable MapState<Long, KeptCounts> periods;
  private transient @Nullable ListState<Long> customerState;
  private transient @Nullable Counter omitted;
  private transient long customers;

  /**
   * @param lateness how long after a period, in event time, it is complete
   */
  StatisticsFunction(String engine, LockstepConfig.Statistics settings, Duration lateness) {
    this.engine = engine;
    this.settings = settings;
    this.latenessMillis = lateness.toMillis();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    ListState<Long> restored =
        context.getOperatorStateStore().getListState(States.STATISTICS_CUSTOMERS);
    customerState = restored;
    for (Long number : restored.get()) {
      customers += number;
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    requireNonNull(customerState, "initializeState was not called").update(List.of(customers));
  }

  @Override
  public void open(OpenContext context) {
    periods = getRuntimeContext().getMapState(States.STATISTICS);
    omitted =
        new EngineMetrics(getRuntimeContext().getMetricGroup(), engine)
            .counter("statisticsOmitted");
  }

  @Override
  public void processElement(CustomerCounts more, Context context, Collector<StatusRecord> out)
      throws Exception {
    TimerService timers = context.timerService();
    KeptCounts kept = periods().get(more.fromMillis);
    if (kept == null) {
      if (!hasRoom(more.fromMillis, timers.currentWatermark())) {
        requireNonNull(omitted, "open was not called").inc(weight(more.counts()));
        return;
      }
      kept = new KeptCounts();
      timers.registerEventTimeTimer(completeAt(more.fromMillis));
      timers.registerEventTimeTimer(leavesAt(more.fromMillis));
    }
    Counts counts = kept.counts.length == 0 ? new Counts() : Counts.decode(kept.counts);
    counts.addAll(more.counts(), settings.maxRules());
    kept.counts = counts.encode();
    kept.complete = isOver(completeAt(more.fromMillis), timers.currentWatermark());
    kept.untold = true;
    periods().put(more.fromMillis, kept);
    long now = timers.currentProcessingTime();
    // Rounded, so that all changes of a customer share one timer.
    timers.registerProcessingTimeTimer(now - now % TELL_EVERY_MILLIS + TELL_EVERY_MILLIS);
  }

  /** An event as far as there are any, else a letter. */
  private static long weight(Counts counts) {
    return Math.max(1, counts.of(EventFate.IN));
  }

  private boolean hasRoom(long fromMillis, long watermark) throws Exception {
    if (isOver(leavesAt(fromMillis), watermark)) {
      return false;
    }
    int known = 0;
    for (Long ignored : periods().keys()) {
      known++;
    }
    if (known == 0) {
      if (customers >= settings.maxCustomers()) {
        return false;
      }
      customers++;
    }
    return known < settings.keptPeriods() + PERIODS_AHEAD;
  }

  @Override
  public void onTimer(long millis, OnTimerContext context, Collector<StatusRecord> out)
      throws Exception {
    long watermark = context.timerService().currentWatermark();
    long now = context.timerService().currentProcessingTime();
    List<Long> left = new ArrayList<>();
    List<Long> told = new ArrayList<>();
    for (Map.Entry<Long, KeptCounts> entry : periods().entries()) {
      if (isOver(leavesAt(entry.getKey()), watermark)) {
        left.add(entry.getKey());
      } else if (entry.getValue().untold
          || (!entry.getValue().complete && isOver(completeAt(entry.getKey()), watermark))) {
        told.add(entry.getKey());
      }
    }
    for (Long from : told) {
      tell(from, watermark, now, context.getCurrentKey(), out);
    }
    for (Long from : left) {
      periods().remove(from);
      out.collect(StatusRecord.gone(key(context.getCurrentKey(), from).toString()));
    }
    if (!left.isEmpty() && periods().isEmpty()) {
      customers--;
    }
  }

  private void tell(
      long from, long watermark, long now, String customer, Collector<StatusRecord> out)
      throws Exception {
    KeptCounts kept = periods().get(from);
    kept.untold = false;
    kept.complete = isOver(completeAt(from), watermark);
    periods().put(from, kept);
    CustomerStatistics statistics =
        new CustomerStatistics(
            engine,
            customer,
            Instant.ofEpochMilli(from),
            Instant.ofEpochMilli(from + settings.periodMillis()),
            kept.complete,
            Instant.ofEpochMilli(now),
            Counts.decode(kept.counts));
    out.collect(
        new StatusRecord(statistics.key().toString(), CustomerStatisticsJson.write(statistics)));
  }

  private StatisticsKey key(String customer, long from) {
    return new StatisticsKey(engine, customer, Instant.ofEpochMilli(from));
  }

  private long completeAt(long fromMillis) {
    return fromMillis + settings.periodMillis() + latenessMillis;
  }

  private long leavesAt(long fromMillis) {
    return completeAt(fromMillis) + settings.keptPeriods() * settings.periodMillis();
  }

  /** Where events end, time does not: nobody knows whether a period was over. */
  private static boolean isOver(long millis, long watermark) {
    return watermark >= millis && watermark != Long.MAX_VALUE;
  }

  private MapState<Long, KeptCounts> periods() {
    return requireNonNull(periods, "open was not called");
  }
}
