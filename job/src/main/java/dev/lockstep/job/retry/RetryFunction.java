package dev.lockstep.job.retry;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.connector.wire.TryAgain;
import dev.lockstep.event.DeadLetterClass;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keeps letters until they are due, and sends them on one attempt further; letters that have no try
 * left, and those that need not be tried, go to the side output. Keyed by the letter's identity, of
 * which one letter waits at most. A letter leaves in exactly one of both ways, unless it is
 * resolved before.
 */
final class RetryFunction extends KeyedProcessFunction<String, DeadLetterRecord, DeadLetterRecord>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final String engine;
  private final RetryPlan plan;
  private final int maxWaiting;
  private final OutputTag<DeadLetterRecord> parked;

  // -- runtime
  private transient @Nullable RetryMetrics metrics;
  private transient @Nullable WaitingLetters waiting;

  RetryFunction(String engine, RetryPlan plan, int maxWaiting, OutputTag<DeadLetterRecord> parked) {
    this.engine = engine;
    this.plan = plan;
    this.maxWaiting = maxWaiting;
    this.parked = parked;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    WaitingLetters restored = new WaitingLetters(context);
    waiting = restored;
    metrics = new RetryMetrics(getRuntimeContext().getMetricGroup(), engine, restored::count);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    waiting().snapshot();
  }

  @Override
  public void processElement(
      DeadLetterRecord record, Context context, Collector<DeadLetterRecord> out) throws Exception {
    Optional<DeadLetterClass> why = deadLetterClass(record);
    if (why.isEmpty()) {
      metrics().ignored("unknown-class");
    } else if (record.command == null) {
      take(record, why.get(), context);
    } else {
      obey(record, context, out);
    }
  }

  private void take(DeadLetterRecord letter, DeadLetterClass why, Context context)
      throws Exception {
    DeadLetterRecord known = waiting().current();
    if (known != null && known.attempt >= letter.attempt) {
      metrics().ignored("duplicate");
      return;
    }
    waiting().forget(context.timerService());
    Optional<Duration> delay = plan.delay(letter, why);
    if (delay.isEmpty() || waiting().count() >= maxWaiting) {
      park(letter, context);
      return;
    }
    long time = context.timerService().currentProcessingTime() + delay.get().toMillis();
    waiting().keep(letter, time, context.timerService());
  }

  private void obey(DeadLetterRecord record, Context context, Collector<DeadLetterRecord> out)
      throws Exception {
    Optional<LetterCommand> command = LetterCommand.of(String.valueOf(record.command));
    if (command.isEmpty()) {
      metrics().ignored("unknown-command");
      return;
    }
    waiting().forget(context.timerService());
    DeadLetterRecord letter = record.withCommand(null);
    switch (command.get()) {
      case REDRIVE -> {
        if (TryAgain.obstacle(letter).isEmpty()) {
          retry(letter.atAttempt(0), out);
        } else {
          park(letter, context);
        }
      }
      case PARK -> park(letter, context);
      case RESOLVED -> {
        // It is forgotten; who wrote the command has counted it.
      }
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<DeadLetterRecord> out)
      throws Exception {
    DeadLetterRecord letter = waiting().current();
    if (letter != null) {
      waiting().forget(context.timerService());
      retry(letter.atAttempt(letter.attempt + 1), out);
    }
  }

  private void retry(DeadLetterRecord letter, Collector<DeadLetterRecord> out) {
    metrics().retried(letter);
    out.collect(letter);
  }

  private void park(DeadLetterRecord letter, Context context) {
    metrics().parked(letter);
    context.output(parked, letter);
  }

  private static Optional<DeadLetterClass> deadLetterClass(DeadLetterRecord letter) {
    return Stream.of(DeadLetterClass.values())
        .filter(each -> each.name().equals(letter.deadLetterClass))
        .findFirst();
  }

  private WaitingLetters waiting() {
    return requireNonNull(waiting, "initializeState was not called");
  }

  private RetryMetrics metrics() {
    return requireNonNull(metrics, "initializeState was not called");
  }
}
