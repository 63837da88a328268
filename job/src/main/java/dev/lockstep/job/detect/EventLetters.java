package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.Retry;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.metrics.DeadLetterCounts;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.SideOutputs;
import java.util.Objects;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of judgement. An event that is the next try of a letter either becomes that
 * letter again, one attempt on, or it is noted that nothing is left to do.
 */
final class EventLetters {

  private final OutputTag<DeadLetterRecord> tag;
  private final DeadLetterCounts written;
  private final LabelledCounters resolved;

  EventLetters(OutputTag<DeadLetterRecord> tag, EngineMetrics metrics) {
    this.tag = tag;
    this.written = new DeadLetterCounts(metrics);
    this.resolved = metrics.counters("deadLettersResolved", "class");
  }

  /** The letters of one event, in the order in which they are written. */
  Writing about(EventRecord event, SideOutputs sideOutputs) {
    return new Writing(event, sideOutputs);
  }

  /** What is written about one event. */
  final class Writing {
    private final EventRecord event;
    private final SideOutputs sideOutputs;
    private boolean failedAgain;

    private Writing(EventRecord event, SideOutputs sideOutputs) {
      this.event = event;
      this.sideOutputs = sideOutputs;
    }

    /** Keeps the event, as the letter that it is a try of if it fails for the same reason. */
    void keep(DeadLetterClass why, @Nullable String ruleId, String reason) {
      DeadLetterRecord letter = DeadLetterRecord.about(event, why, reason);
      letter.ruleId = ruleId;
      Retry retry = event.retry;
      if (retry != null
          && retry.deadLetterClass.equals(letter.deadLetterClass)
          && Objects.equals(retry.ruleId, ruleId)) {
        letter.attempt = retry.attempt;
        failedAgain = true;
      }
      emit(letter);
    }

    /** Keeps the event as the letter that it is a try of: nothing has been tried. */
    void postpone(Retry retry, String reason) {
      DeadLetterClass why = DeadLetterClass.valueOf(retry.deadLetterClass);
      keep(why, retry.ruleId, reason);
    }

    /** Notes that a try succeeded, unless it did not. */
    void end() {
      Retry retry = event.retry;
      if (retry != null && !failedAgain) {
        resolved.of(retry.deadLetterClass).inc();
        sideOutputs.emit(tag, DeadLetterRecord.resolved(event, retry));
      }
    }

    private void emit(DeadLetterRecord letter) {
      written.count(letter.deadLetterClass, letter.origin, letter.reason);
      sideOutputs.emit(tag, letter);
    }
  }
}
