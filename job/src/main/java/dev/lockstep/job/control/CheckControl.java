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
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.States;
import java.util.List;
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
  private static final RuleBundle NOTHING = new RuleBundle(List.of());

  // -- configuration
  private final String engine;
  private final FlagSetReader flagReader;
  private final OutputTag<StatusRecord> statusTag;

  // -- runtime
  private transient @Nullable Counter flagSetsRefused;
  private transient @Nullable Counter customersRefused;
  private transient @Nullable ListState<Long> sequenceState;
  private transient @Nullable ListState<byte[]> deliveredState;
  private transient @Nullable ListState<byte[]> effectiveState;
  private transient long sequence;
  private transient @Nullable RuleBundle delivered;
  private transient @Nullable RuleBundle effective;
  private transient long rejectedRules;

  CheckControl(String engine, FlagSetReader flagReader, OutputTag<StatusRecord> statusTag) {
    this.engine = engine;
    this.flagReader = flagReader;
    this.statusTag = statusTag;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    var store = context.getOperatorStateStore();
    sequenceState = store.getListState(States.CONTROL_SEQUENCE);
    deliveredState = store.getListState(States.DELIVERED_BUNDLE);
    effectiveState = store.getListState(States.EFFECTIVE_BUNDLE);
    sequence = first(sequenceState).orElse(0L);
    delivered = first(deliveredState).map(Delivery::decode).map(Delivery::bundle).orElse(null);
    effective = first(effectiveState).map(RuleBundle::decode).orElse(null);
    EngineMetrics metrics = new EngineMetrics(getRuntimeContext().getMetricGroup(), engine);
    flagSetsRefused = metrics.counter("flagSetsRefused");
    customersRefused = metrics.counter("customersRefused");
    metrics.group().gauge("rulesRejected", (Gauge<Long>) () -> rejectedRules);
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
        };
    if (checked != null) {
      sequence++;
      requireNonNull(sequenceState, "initializeState was not called").update(List.of(sequence));
      out.collect(checked.at(sequence));
    }
  }

  private ControlUpdate checkRules(ControlUpdate update, Context context) throws Exception {
    RuleBundle bundle = Delivery.decode(update.payload).bundle();
    RuleBundle before = delivered == null ? NOTHING : delivered;
    RuleBundle inForce = effective == null ? NOTHING : effective;
    ContentReview review = ContentReview.of(bundle, before, inForce);
    delivered = bundle;
    effective = review.effective();
    String version = bundle.version();
    rejectedRules = 0;
    for (RuleVerdict verdict : review.verdicts()) {
      context.output(statusTag, RuleStatusJson.record(engine, version, verdict));
      if (!verdict.warnings().isEmpty()) {
        LOG.warn("{} is in force, but: {}", verdict.key(), verdict.warnings());
      }
      if (verdict.status() == RuleVerdict.Status.REJECTED) {
        rejectedRules++;
        LOG.warn(
            "Rule {} is rejected, {}: {}",
            verdict.key(),
            verdict.previousInForce() ? "its last good version stays in force" : "it has no other",
            verdict.issues());
      }
    }
    LOG.info(
        "Bundle {}: {} of {} files in force, {} rules rejected",
        version,
        review.effective().documents().size(),
        bundle.documents().size(),
        rejectedRules);
    byte[] encoded = review.effective().encode();
    requireNonNull(deliveredState, "initializeState was not called")
        .update(List.of(update.payload));
    requireNonNull(effectiveState, "initializeState was not called").update(List.of(encoded));
    return ControlUpdate.ofRules(version, encoded);
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
