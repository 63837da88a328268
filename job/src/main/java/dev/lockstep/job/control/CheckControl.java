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
import dev.lockstep.job.state.Quarantine;
import dev.lockstep.job.state.States;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what is delivered once for all subtasks, before any of them sees it: rule files with
 * issues are replaced by their last good version, flag sets and customer directories that cannot be
 * read are refused. It numbers the updates, and says what became of each rule.
 *
 * <p>An operator, because rules are checked beside the task ({@link RulesCheck}) and go on by the
 * task's mailbox. Nothing is lost with what is being checked when the task fails: a source keeps
 * what it emitted last, and emits it again.
 */
class CheckControl extends AbstractStreamOperator<ControlUpdate>
    implements OneInputStreamOperator<ControlUpdate, ControlUpdate>, BoundedOneInput {

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
  private transient @Nullable RulesCheck rules;
  private transient @Nullable MailboxExecutor mailbox;

  /** How many deliveries are being checked. */
  private transient int pending;

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
  public void setMailboxExecutor(MailboxExecutor executor) {
    super.setMailboxExecutor(executor);
    mailbox = executor;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var store = context.getOperatorStateStore();
    sequenceState = store.getListState(States.CONTROL_SEQUENCE);
    deliveredState = store.getListState(States.DELIVERED_BUNDLE);
    effectiveState = store.getListState(States.EFFECTIVE_BUNDLE);
    sequence = first(sequenceState).orElse(0L);
    RuleBundle delivered = first(deliveredState).map(CheckControl::bundle).orElse(null);
    RuleBundle effective = first(effectiveState).map(CheckControl::bundle).orElse(delivered);
    rules = new RulesCheck(new DeliveryCheck(maxRemovedShare, delivered, effective));
    rejectedState = store.getListState(States.REJECTED_SINCE);
    rejectedSince = new HashMap<>(first(rejectedState).orElse(Map.of()));
    EngineMetrics metrics = new EngineMetrics(getMetricGroup(), engine);
    flagSetsRefused = metrics.counter("flagSetsRefused");
    customersRefused = metrics.counter("customersRefused");
    bundlesRefused = metrics.counter("bundlesRefused");
    metrics.group().gauge("rulesRejected", (Gauge<Integer>) () -> rejectedSince.size());
  }

  @Override
  public void processElement(StreamRecord<ControlUpdate> element) throws Exception {
    ControlUpdate update = element.getValue();
    switch (update.kind()) {
      case RULES -> checkRules(update);
      case FLAGS -> passOn(checkFlags(update));
      case CUSTOMERS -> passOn(checkCustomers(update));
      case QUARANTINE -> passOn(tellOfQuarantine(update));
      case CORRELATIONS ->
          throw new IllegalArgumentException(
              "correlations come with rules, by no way of their own");
    }
  }

  private void passOn(@Nullable ControlUpdate checked) throws Exception {
    if (checked != null) {
      sequence++;
      requireNonNull(sequenceState, "initializeState was not called").update(List.of(sequence));
      output.collect(new StreamRecord<>(checked.at(sequence)));
    }
  }

  private void checkRules(ControlUpdate update) {
    pending++;
    var unused =
        requireNonNull(rules, "initializeState was not called")
            .check(update)
            .whenComplete((checked, failure) -> later(() -> take(checked, failure)));
  }

  private void later(ThrowingRunnable<Exception> action) {
    try {
      requireNonNull(mailbox, "there is no mailbox").execute(action, "take checked rules");
    } catch (RejectedExecutionException e) {
      LOG.debug("The task has ended before rules were checked", e);
    }
  }

  private void take(RulesCheck.@Nullable Checked checked, @Nullable Throwable failure)
      throws Exception {
    pending--;
    if (checked == null) {
      throw new IllegalStateException("Rules cannot be checked", failure);
    }
    ControlUpdate decided = decide(checked);
    passOn(decided);
    if (decided != null) {
      // Of the same place in the stream: it is a part of the same rules.
      byte[] correlated = Delivery.of(checked.outcome().review().correlated()).encode();
      output.collect(
          new StreamRecord<>(
              ControlUpdate.ofCorrelations(decided.version, correlated).at(sequence)));
    }
  }

  /** Nothing more comes: all that is being checked still goes on. */
  @Override
  public void endInput() throws Exception {
    while (pending > 0) {
      requireNonNull(mailbox, "there is no mailbox").yield();
    }
  }

  private @Nullable ControlUpdate decide(RulesCheck.Checked checked) throws Exception {
    Delivery delivery = checked.delivery();
    DeliveryCheck.Outcome outcome = checked.outcome();
    String version = delivery.bundle().version();
    long now = getProcessingTimeService().getCurrentProcessingTime();
    if (outcome.refusal() != null) {
      requireNonNull(bundlesRefused, "initializeState was not called").inc();
      LOG.warn("Bundle {} is refused, the one before stays: {}", version, outcome.refusal());
      ControlNotice notice = notice(Kind.REFUSED, /* of= */ 0, version, delivery, now);
      notice.reason = outcome.refusal();
      emit(noticeTag, notice);
      return null;
    }
    tell(version, outcome.review(), now);
    requireNonNull(deliveredState, "initializeState was not called")
        .update(List.of(checked.payload()));
    if (!outcome.changed()) {
      return null;
    }
    ControlNotice notice = notice(Kind.ACCEPTED, sequence + 1, version, delivery, now);
    notice.rulesRejected = rejectedSince.size();
    emit(noticeTag, notice);
    byte[] effective = checked.effective();
    requireNonNull(effectiveState, "initializeState was not called")
        .update(effective == null ? List.of() : List.of(effective));
    return ControlUpdate.ofRules(version, effective == null ? checked.payload() : effective);
  }

  private <T> void emit(OutputTag<T> tag, T value) {
    output.collect(tag, new StreamRecord<>(value));
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
  private void tell(String version, ContentReview review, long now) throws Exception {
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
      emit(statusTag, RuleStatusJson.record(engine, version, verdict, Instant.ofEpochMilli(since)));
    }
    LOG.info(
        "Bundle {}: {} files in force, {} rules rejected",
        version,
        review.effective().documents().size(),
        rejected.size());
    rejectedSince = rejected;
    requireNonNull(rejectedState, "initializeState was not called").update(List.of(rejected));
  }

  private ControlUpdate tellOfQuarantine(ControlUpdate update) {
    Quarantine quarantine = update.quarantine();
    int rules = quarantine.versions().size();
    long now = getProcessingTimeService().getCurrentProcessingTime();
    ControlNotice notice = new ControlNotice(Kind.QUARANTINE, sequence + 1, "", now);
    notice.rulesQuarantined = rules;
    emit(noticeTag, notice);
    LOG.info("{} rules are in quarantine, {} released", rules, quarantine.released());
    // Told again as long as the topic does not have it: who asked waits for it.
    for (String released : quarantine.released()) {
      emit(statusTag, RuleStatusJson.released(engine, released, Instant.ofEpochMilli(now)));
    }
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

  @Override
  public void close() throws Exception {
    if (rules != null) {
      rules.close();
    }
    super.close();
  }

  private static RuleBundle bundle(byte[] delivery) {
    return Delivery.decode(delivery).bundle();
  }

  private static <T> Optional<T> first(ListState<T> state) throws Exception {
    for (T value : state.get()) {
      return Optional.of(value);
    }
    return Optional.empty();
  }
}
