package dev.lockstep.job.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.Content;
import dev.lockstep.correlation.Correlation;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.correlation.Evidence;
import dev.lockstep.correlation.Finding;
import dev.lockstep.correlation.Group;
import dev.lockstep.correlation.GroupKey;
import dev.lockstep.correlation.Occurrence;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.metrics.DeadLetterCounts;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledFunction;
import dev.lockstep.job.state.ControlledTask;
import dev.lockstep.job.state.Counting;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.job.state.Quarantine;
import dev.lockstep.job.state.SideOutputs;
import dev.lockstep.job.state.States;
import dev.lockstep.job.state.Tally;
import dev.lockstep.statistics.Counted;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Judges groups of correlations. All that is judged is in {@link Group}; here are its state, its
 * timers, and what becomes of findings.
 */
final class CorrelateFunction extends ControlledFunction<GroupOccurrences, AlertRecord> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final String engine;
  private final int most;
  private final OutputTag<GroupOccurrences> next;
  private final OutputTag<DeadLetterRecord> deadLetters;
  private final OutputTag<StatusRecord> ruleStatus;
  private final Counting counting;

  // -- runtime
  private transient @Nullable Prepared prepared;
  private transient @Nullable Known known;

  /**
   * @param most so many occurrences or values are kept of a group
   * @param next where occurrences go that findings are for other correlations
   */
  CorrelateFunction(
      String engine,
      int most,
      OutputTag<GroupOccurrences> next,
      OutputTag<DeadLetterRecord> deadLetters,
      OutputTag<StatusRecord> ruleStatus,
      Counting counting) {
    super(engine, TypeInformation.of(GroupOccurrences.class));
    this.engine = engine;
    this.most = most;
    this.next = next;
    this.deadLetters = deadLetters;
    this.ruleStatus = ruleStatus;
    this.counting = counting;
  }

  @Override
  protected void prepare(EngineMetrics metrics, ControlledTask task) {
    MapState<Long, byte[]> state = task.keyedState().getMapState(States.GROUP);
    prepared =
        new Prepared(
            task,
            counting.start(),
            state,
            new GroupSlots(state),
            new CorrelationAlerts(engine),
            new CappedStatus(engine),
            new DeadLetterCounts(metrics),
            metrics.counters("correlationFindings", "rule"),
            metrics.counters("correlationGivenUp", "rule"),
            metrics.counters("correlationEstimated", "rule"),
            metrics.counter("correlationInputsLate"),
            metrics.counter("correlationGroupsEnded"));
    known = new Known();
  }

  @Override
  protected boolean apply(ControlUpdate update) {
    Known control = known();
    control.sequence = Math.max(control.sequence, update.sequence);
    switch (update.kind()) {
      case CORRELATIONS -> {
        control.plan = Content.read(update.bundle().documents()).correlationPlan();
        control.version = update.version;
        control.expected.values().removeIf(until -> until <= control.sequence);
      }
      case QUARANTINE -> control.quarantine = update.quarantine();
      case RULES, FLAGS, CUSTOMERS -> {
        // Whatever is judged here has been found by rules that were let in by flags.
      }
    }
    return true;
  }

  @Override
  protected boolean ready() {
    return known().plan != null;
  }

  @Override
  protected void handle(
      GroupOccurrences record, SideOutputs sideOutputs, Collector<AlertRecord> out) {
    if (record.sequence > known().sequence) {
      GroupKey key = GroupKey.decode(record.group);
      if (correlation(key).isEmpty()) {
        known().expected.put(meaning(key), record.sequence);
      }
    }
    Prepared prepared = prepared();
    new Group(prepared.slots)
        .add(
            Occurrence.decode(record.occurrences),
            prepared.task.watermarkMillis(),
            prepared.task::wakeAt,
            late -> keep(late, GroupKey.decode(record.group), sideOutputs));
  }

  private void keep(Occurrence late, GroupKey key, SideOutputs sideOutputs) {
    Prepared prepared = prepared();
    prepared.late.inc();
    String reason =
        "the event of %s came after event time had passed it, too late for the correlation %s; rules of single events have judged it"
            .formatted(Instant.ofEpochMilli(late.atMillis()), key.correlation());
    DeadLetterRecord letter =
        new DeadLetterRecord(
            DeadLetterClass.LATE,
            reason,
            Evidence.originOf(late),
            key.customer(),
            late.evidence().getBytes(UTF_8));
    letter.ruleId = key.correlation();
    letter.occurredAtMillis = late.atMillis();
    // An excerpt, which nobody must take for the event: a letter that is cut is never tried again.
    letter.originalBytes = letter.bytes.length + 1;
    prepared.letters.count(letter.deadLetterClass, letter.origin, reason);
    sideOutputs.emit(deadLetters, letter);
  }

  @Override
  protected void onEventTime(long millis, Collector<AlertRecord> out) throws Exception {
    Prepared prepared = prepared();
    GroupKey key = GroupKey.decode(prepared.task.currentKey());
    Optional<Correlation> correlation = correlation(key);
    long watermark = prepared.task.watermarkMillis();
    if (correlation.isEmpty()
        && known().expected.containsKey(meaning(key))
        && watermark < Long.MAX_VALUE) {
      new Group(prepared.slots).postpone(millis, watermark + 1, prepared.task::wakeAt);
      return;
    }
    if (correlation.isEmpty() || isHeld(correlation.get())) {
      prepared.state.clear();
      prepared.ended.inc();
      return;
    }
    Group.Advance advance =
        new Group(prepared.slots)
            .advance(correlation.get(), most, millis, watermark, prepared.task::wakeAt);
    for (Finding finding : advance.findings()) {
      tell(correlation.get(), key, finding, out);
    }
    advance.late().forEach(late -> keep(late, key, prepared.task.sideOutputs()));
    if (advance.estimated() > 0) {
      prepared.estimated.of(correlation.get().written().id()).inc(advance.estimated());
    }
    if (advance.givenUp() > 0) {
      tellOfLimit(correlation.get(), key, advance.givenUp());
    }
  }

  @Override
  protected void onWatermark(long watermarkMillis, SideOutputs sideOutputs) {
    counting.tellAt(watermarkMillis, prepared().tally, sideOutputs);
  }

  @Override
  protected void flush(SideOutputs sideOutputs) {
    counting.tell(prepared().tally, sideOutputs);
  }

  private void tell(
      Correlation correlation, GroupKey key, Finding finding, Collector<AlertRecord> out) {
    Prepared prepared = prepared();
    CorrelationPlan plan = requireNonNull(known().plan, "not ready");
    String id = correlation.written().id();
    prepared.findings.of(id).inc();
    prepared.tally.add(key.customer(), finding.atMillis(), Counted.MATCHES, id, 1);
    if (!plan.isSilent(id)) {
      out.collect(prepared.alerts.of(correlation, key, finding, known().version));
    }
    Map<String, String> fields = correlation.fieldsOf(key);
    for (CorrelationPlan.Feed feed : plan.feedsOf(id)) {
      Correlation parent = feed.correlation();
      Optional<GroupKey> group = feed.groupOf(key.customer(), fields);
      if (parent.written().appliesTo(key.customer()) && group.isPresent()) {
        Occurrence occurrence =
            feed.occurrence(
                finding.atMillis(), finding.idOf(key), fields, Evidence.of("alert", fields));
        prepared
            .task
            .sideOutputs()
            .emit(
                next,
                new GroupOccurrences(
                    group.get().encode(), parent.stage(), known().sequence, List.of(occurrence)));
      }
    }
  }

  private void tellOfLimit(Correlation correlation, GroupKey key, int givenUp) {
    Prepared prepared = prepared();
    String id = correlation.written().id();
    prepared.givenUp.of(id).inc(givenUp);
    String reason =
        "a group of customer %s, and perhaps others, has more than %d events or values (rules.max-kept-per-group); the oldest are given up, and its alerts say that they are approximate"
            .formatted(key.customer(), most);
    prepared
        .capped
        .of(
            id,
            correlation.written().contentHash(),
            known().version,
            prepared.task.clockMillis(),
            reason)
        .ifPresent(record -> prepared.task.sideOutputs().emit(ruleStatus, record));
  }

  /** The correlation of a group, if it still is, or is already, what the group is about. */
  private Optional<Correlation> correlation(GroupKey key) {
    return requireNonNull(known().plan, "not ready")
        .correlation(key.correlation())
        .filter(correlation -> correlation.meaning().equals(key.meaning()));
  }

  private boolean isHeld(Correlation correlation) {
    return known()
        .quarantine
        .holds(correlation.written().id(), correlation.written().contentHash());
  }

  private static String meaning(GroupKey key) {
    return key.meaning() + " " + key.correlation();
  }

  private Known known() {
    return requireNonNull(known, "prepare was not called");
  }

  /** What the control stream has told. */
  private static final class Known {
    private @Nullable CorrelationPlan plan;
    private String version = "";
    private long sequence;
    private Quarantine quarantine = Quarantine.NONE;

    /** Correlations that are not known yet, and as of which update they will be. */
    private final Map<String, Long> expected = new HashMap<>();
  }

  private Prepared prepared() {
    return requireNonNull(prepared, "prepare was not called");
  }

  private record Prepared(
      ControlledTask task,
      Tally tally,
      MapState<Long, byte[]> state,
      GroupSlots slots,
      CorrelationAlerts alerts,
      CappedStatus capped,
      DeadLetterCounts letters,
      LabelledCounters findings,
      LabelledCounters givenUp,
      LabelledCounters estimated,
      Counter late,
      Counter ended) {}
}
