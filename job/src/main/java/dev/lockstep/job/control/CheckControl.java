package dev.lockstep.job.control;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.ContentReview;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleVerdict;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.customer.ParsedCustomers;
import dev.lockstep.flag.FlagSetReader;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlNotice.Kind;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.States;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what is delivered once for all subtasks, before any of them sees it: rule files with
 * issues are replaced by their last good version, flag sets and customer directories that cannot be
 * read are refused. It numbers the updates, and says what became of each rule.
 */
final class CheckControl extends ProcessFunction<ControlUpdate, ControlUpdate>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(CheckControl.class);

  // -- configuration
  private final String engine;
  private final FlagSetReader flagReader;
  private final double maxRemovedShare;
  private final OutputTag<StatusRecord> statusTag;
  private final OutputTag<ControlNotice> noticeTag;

  // -- runtime
  private transient @Nullable Counter bundlesRefused;
  private transient @Nullable Counter flagSetsRefused;
  private transient @Nullable Counter customersRefused;
  private transient @Nullable ListState<Long> sequenceState;
  private transient @Nullable ListState<byte[]> deliveredState;
  private transient @Nullable ListState<byte[]> effectiveState;
  private transient @Nullable ListState<Map<String, Long>> rejectedState;
  private transient long sequence;
  private transient @Nullable DeliveryCheck deliveries;

  /** When each rule that is rejected now was rejected first. */
  private transient Map<String, Long> rejectedSince = new HashMap<>();

  CheckControl(
      String engine,
      FlagSetReader flagReader,
      double maxRemovedShare,
      OutputTag<StatusRecord> statusTag,
      OutputTag<ControlNotice> noticeTag) {
    this.engine = engine;
    this.flagReader = flagReader;
    this.maxRemovedShare = maxRemovedShare;
    this.statusTag = statusTag;
    this.noticeTag = noticeTag;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    var store = context.getOperatorStateStore();
    sequenceState = store.getListState(States.CONTROL_SEQUENCE);
    deliveredState = store.getListState(States.DELIVERED_BUNDLE);
    effectiveState = store.getListState(States.EFFECTIVE_BUNDLE);
    sequence = first(sequenceState).orElse(0L);
    deliveries =
        new DeliveryCheck(
            maxRemovedShare,
            first(deliveredState).map(Delivery::decode).map(Delivery::bundle).orElse(null),
            first(effectiveState).map(Delivery::decode).map(Delivery::bundle).orElse(null));
    rejectedState = store.getListState(States.REJECTED_SINCE);
    rejectedSince = new HashMap<>(first(rejectedState).orElse(Map.of()));
    EngineMetrics metrics = new EngineMetrics(getRuntimeContext().getMetricGroup(), engine);
    flagSetsRefused = metrics.counter("flagSetsRefused");
    customersRefused = metrics.counter("customersRefused");
    bundlesRefused = metrics.counter("bundlesRefused");
    metrics.group().gauge("rulesRejected", (Gauge<Integer>) () -> rejectedSince.size());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // State is written when it changes: a checkpoint has nothing to encode.
  }

  @Override
  public void processElement(ControlUpdate update, Context context, Collector<ControlUpdate> out)
      throws Exception {
    ControlUpdate checked =
        switch (update.kind()) {
          case RULES -> checkRules(update, context);
          case FLAGS -> checkFlags(update);
          case CUSTOMERS -> checkCustomers(update);
          case QUARANTINE -> tellOfQuarantine(update, context);
        };
    if (checked != null) {
      sequence++;
      requireNonNull(sequenceState, "initializeState was not called").update(List.of(sequence));
      out.collect(checked.at(sequence));
    }
  }

  private @Nullable ControlUpdate checkRules(ControlUpdate update, Context context)
      throws Exception {
    Delivery delivery = Delivery.decode(update.payload);
    String version = delivery.bundle().version();
    DeliveryCheck.Outcome outcome =
        requireNonNull(deliveries, "initializeState was not called").check(delivery);
    long now = context.timerService().currentProcessingTime();
    if (outcome.refusal() != null) {
      requireNonNull(bundlesRefused, "initializeState was not called").inc();
      LOG.warn("Bundle {} is refused, the one before stays: {}", version, outcome.refusal());
      ControlNotice notice = notice(Kind.REFUSED, /* of= */ 0, version, delivery, now);
      notice.reason = outcome.refusal();
      context.output(noticeTag, notice);
      return null;
    }
    tell(version, outcome.review(), context, now);
    requireNonNull(deliveredState, "initializeState was not called")
        .update(List.of(update.payload));
    if (!outcome.changed()) {
      return null;
    }
    ControlNotice notice = notice(Kind.ACCEPTED, sequence + 1, version, delivery, now);
    notice.rulesRejected = rejectedSince.size();
    context.output(noticeTag, notice);
    RuleBundle effective = outcome.review().effective();
    // Encoding takes time, and usually all that was delivered is in force.
    byte[] encoded = effective.equals(delivery.bundle()) ? update.payload : effective.encode();
    requireNonNull(effectiveState, "initializeState was not called").update(List.of(encoded));
    return ControlUpdate.ofRules(version, encoded);
  }

  private static ControlNotice notice(
      Kind kind, long of, String version, Delivery delivery, long now) {
    ControlNotice notice = new ControlNotice(kind, of, version, now);
    notice.parts = EngineStatusJson.parts(delivery.parts());
    Instant publishedAt = delivery.publishedAt();
    notice.publishedAtMillis = publishedAt == null ? 0 : publishedAt.toEpochMilli();
    return notice;
  }

  /** Tells what became of the rules, in the log and as status records. */
  private void tell(String version, ContentReview review, Context context, long now)
      throws Exception {
    Map<String, Long> rejected = new HashMap<>();
    for (RuleVerdict verdict : review.verdicts()) {
      long since = now;
      if (verdict.status() == RuleVerdict.Status.REJECTED) {
        since = rejectedSince.getOrDefault(verdict.key(), now);
        rejected.put(verdict.key(), since);
        LOG.warn(
            "Rule {} is rejected, {}: {}",
            verdict.key(),
            verdict.previousInForce() ? "its last good version stays in force" : "it has no other",
            verdict.issues());
      }
      if (!verdict.warnings().isEmpty()) {
        LOG.warn("{} is in force, but: {}", verdict.key(), verdict.warnings());
      }
      context.output(
          statusTag, RuleStatusJson.record(engine, version, verdict, Instant.ofEpochMilli(since)));
    }
    LOG.info(
        "Bundle {}: {} files in force, {} rules rejected",
        version,
        review.effective().documents().size(),
        rejected.size());
    rejectedSince = rejected;
    requireNonNull(rejectedState, "initializeState was not called").update(List.of(rejected));
  }

  private ControlUpdate tellOfQuarantine(ControlUpdate update, Context context) {
    int rules = update.quarantine().versions().size();
    long now = context.timerService().currentProcessingTime();
    ControlNotice notice = new ControlNotice(Kind.QUARANTINE, sequence + 1, "", now);
    notice.rulesQuarantined = rules;
    context.output(noticeTag, notice);
    LOG.info("{} rules are in quarantine", rules);
    return update;
  }

  private @Nullable ControlUpdate checkFlags(ControlUpdate update) {
    try {
      flagReader.read(update.flagSet(), CustomerDirectory.EMPTY).close();
      return update;
    } catch (IllegalArgumentException e) {
      requireNonNull(flagSetsRefused, "initializeState was not called").inc();
      LOG.warn("A flag set is refused, the last good one stays in force: {}", e.getMessage());
      return null;
    }
  }

  private @Nullable ControlUpdate checkCustomers(ControlUpdate update) {
    ParsedCustomers parsed = update.customers();
    if (parsed.issues().isEmpty()) {
      LOG.info("Customer directory with {} customers", parsed.directory().size());
      return update;
    }
    requireNonNull(customersRefused, "initializeState was not called").inc();
    LOG.warn(
        "A customer directory is refused, the last good one stays in force: {}", parsed.issues());
    return null;
  }

  private static <T> Optional<T> first(ListState<T> state) throws Exception {
    for (T value : state.get()) {
      return Optional.of(value);
    }
    return Optional.empty();
  }
}
