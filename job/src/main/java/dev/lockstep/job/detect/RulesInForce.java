package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlNotice.Kind;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledTask;
import dev.lockstep.job.state.Quarantine;
import dev.lockstep.sigma.SigmaRule;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force in one subtask. New ones are compiled beside it, while it judges by those
 * before, and come into force between two events: each event is judged by one bundle. All methods
 * are called in the task's thread.
 */
final class RulesInForce implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RulesInForce.class);

  /** Analysts often correct what they have just published. */
  private static final Duration FLATTEN_AFTER = Duration.ofSeconds(10);

  private final ControlledTask task;
  private final OutputTag<ControlNotice> notices;
  private final RuleForge forge;
  private final Counter compileFailures;
  private @Nullable CompletableFuture<ActiveRules> ordered;
  private @Nullable ActiveRules compiled;
  private @Nullable ActiveRules rules;
  private Quarantine quarantine = Quarantine.NONE;
  private long sequence;

  RulesInForce(
      RuleCompiler compiler,
      ControlledTask task,
      EngineMetrics metrics,
      OutputTag<ControlNotice> notices) {
    this.task = task;
    this.notices = notices;
    this.forge =
        RuleForge.open(
            compiler,
            FLATTEN_AFTER,
            forged -> task.later(() -> take(forged), "take rules into force"));
    this.compileFailures = metrics.counter("rulesCompileFailures");
    metrics.group().gauge("rulesActive", (Gauge<Integer>) () -> rules == null ? 0 : rules.count());
    metrics
        .group()
        .gauge("rulesUncovered", (Gauge<Integer>) () -> rules == null ? 0 : rules.uncovered());
  }

  /** Of the rules to judge by, in the control stream; 0 as long as it is not known. */
  long sequence() {
    return sequence;
  }

  /** The rules to judge by; null as long as there are none. */
  @Nullable ActiveRules rules() {
    return rules;
  }

  /** Has the rules of an update take the place of those in force when they are ready. */
  void replace(ControlUpdate update) {
    ordered = forge.order(update);
  }

  /**
   * Waits for the rules that were ordered last, if any were.
   *
   * @throws java.util.concurrent.ExecutionException if they cannot be compiled: there are no others
   */
  void settle() throws Exception {
    if (ordered != null) {
      use(ordered.get());
    }
  }

  /** Takes rules out of force, and those that are not held any more back. */
  void hold(Quarantine held) {
    quarantine = held;
    if (compiled != null) {
      use(compiled);
    }
  }

  /** Takes one rule out of force. */
  void hold(SigmaRule rule) {
    hold(quarantine.and(rule));
  }

  private void use(ActiveRules next) {
    compiled = next;
    rules = quarantine.versions().isEmpty() ? next : next.without(quarantine);
  }

  private void take(RuleForge.Forged forged) {
    ActiveRules next = forged.rules();
    if (next == null) {
      fail(forged.sequence(), requireNonNull(forged.failure(), "neither rules nor failure"));
      return;
    }
    use(next);
    task.isInForce(forged.sequence());
    if (forged.sequence() != sequence) {
      sequence = forged.sequence();
      ControlNotice notice = notice(Kind.IN_FORCE, sequence, next.version());
      notice.rulesInForce = rules == null ? 0 : rules.count();
      notice.rulesUncovered = next.uncovered();
      task.sideOutputs().emit(notices, notice);
    }
  }

  private void fail(long failed, Throwable failure) {
    compileFailures.inc();
    LOG.error("Rules cannot be compiled, those before stay in force", failure);
    ControlNotice notice = notice(Kind.FAILED, failed, /* version= */ "");
    notice.reason = String.valueOf(failure);
    task.sideOutputs().emit(notices, notice);
  }

  private ControlNotice notice(Kind kind, long of, String version) {
    ControlNotice notice = new ControlNotice(kind, of, version, task.clockMillis());
    notice.subtask = task.subtask();
    notice.parallelism = task.parallelism();
    return notice;
  }

  @Override
  public void close() {
    forge.close();
  }
}
