package dev.lockstep.job.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.States;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the notices of all subtasks into the status of the engine: whenever it changes, and every
 * ten seconds, so that one that is old tells of an engine that is not there. Its key is the
 * engine's name, so there is one status.
 */
final class EngineStatusFunction extends KeyedProcessFunction<String, ControlNotice, StatusRecord> {

  private static final long serialVersionUID = 1L;
  private static final long REPEAT_MILLIS = Duration.ofSeconds(10).toMillis();

  private final String engine;

  // -- runtime
  private transient @Nullable ValueState<ControlNotice> acceptedState;
  private transient @Nullable ValueState<ControlNotice> refusedState;
  private transient @Nullable ValueState<Long> inForceState;
  private transient @Nullable EngineStatus status;

  /** For metrics, which are asked for by other threads. */
  private transient @Nullable TimerService clock;

  EngineStatusFunction(String engine) {
    this.engine = engine;
  }

  @Override
  public void open(OpenContext context) {
    acceptedState = getRuntimeContext().getState(States.ACCEPTED_NOTICE);
    refusedState = getRuntimeContext().getState(States.REFUSED_NOTICE);
    inForceState = getRuntimeContext().getState(States.IN_FORCE_AT);
    var metrics = new EngineMetrics(getRuntimeContext().getMetricGroup(), engine).group();
    metrics.gauge("bundleVersion", (Gauge<String>) this::version);
    metrics.gauge("bundleAgeSeconds", (Gauge<Long>) this::ageSeconds);
    metrics.gauge(
        "bundleSubtasksBehind",
        (Gauge<Integer>) () -> status == null ? 0 : status.subtasks() - status.subtasksInForce());
    metrics.gauge(
        "bundlePublicationMillis",
        (Gauge<Long>) () -> status == null ? -1L : status.publicationMillis());
    metrics.gauge(
        "bundleRefused", (Gauge<Integer>) () -> status == null || status.refused() == null ? 0 : 1);
    metrics.gauge(
        "rulesQuarantined", (Gauge<Integer>) () -> status == null ? 0 : status.rulesQuarantined());
  }

  @Override
  public void processElement(ControlNotice notice, Context context, Collector<StatusRecord> out)
      throws Exception {
    boolean first = status == null;
    clock = context.timerService();
    EngineStatus current = status();
    current.add(notice);
    requireNonNull(acceptedState, "open was not called").update(current.accepted());
    requireNonNull(refusedState, "open was not called").update(current.refused());
    requireNonNull(inForceState, "open was not called").update(current.inForceAtMillis());
    tell(context.timerService(), out);
    if (first) {
      repeat(context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<StatusRecord> out)
      throws Exception {
    clock = context.timerService();
    tell(context.timerService(), out);
    repeat(context);
  }

  /** Rounded, so that timers of before and after a restart are one. */
  private static void repeat(Context context) {
    long now = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer(now - now % REPEAT_MILLIS + REPEAT_MILLIS);
  }

  private void tell(TimerService time, Collector<StatusRecord> out) throws Exception {
    String json =
        EngineStatusJson.of(
            engine, status(), time.currentProcessingTime(), time.currentWatermark());
    out.collect(new StatusRecord(engine, json.getBytes(UTF_8)));
  }

  private EngineStatus status() throws Exception {
    if (status == null) {
      status =
          new EngineStatus(
              requireNonNull(acceptedState, "open was not called").value(),
              requireNonNull(refusedState, "open was not called").value(),
              requireNonNullElse(requireNonNull(inForceState, "open was not called").value(), 0L));
    }
    return status;
  }

  private String version() {
    ControlNotice accepted = status == null ? null : status.accepted();
    return accepted == null ? "" : accepted.version;
  }

  /** How long ago the bundle was published, or else delivered; -1 without one. */
  private long ageSeconds() {
    ControlNotice accepted = status == null ? null : status.accepted();
    if (accepted == null || clock == null) {
      return -1;
    }
    long since = accepted.publishedAtMillis == 0 ? accepted.atMillis : accepted.publishedAtMillis;
    return (clock.currentProcessingTime() - since) / 1000;
  }
}
