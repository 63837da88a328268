package dev.lockstep.job.ingest;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.job.metrics.DeadLetterCounts;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Sends events on and dead letters aside, and counts both: what comes in goes out. */
final class SeparateDeadLetters extends ProcessFunction<DecodedRecord, EventRecord> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final String engine;
  private final OutputTag<DeadLetterRecord> deadLetters;

  // -- runtime
  private transient @Nullable Counts counts;

  SeparateDeadLetters(String engine, OutputTag<DeadLetterRecord> deadLetters) {
    this.engine = engine;
    this.deadLetters = deadLetters;
  }

  @Override
  public void open(OpenContext context) {
    EngineMetrics metrics = new EngineMetrics(getRuntimeContext().getMetricGroup(), engine);
    counts =
        new Counts(
            metrics.counters("eventsIn", "customer"),
            metrics.counter("eventsWithoutTime"),
            new DeadLetterCounts(metrics));
  }

  @Override
  public void processElement(DecodedRecord record, Context context, Collector<EventRecord> out) {
    Counts opened = requireNonNull(counts, "open was not called");
    EventRecord event = record.event;
    if (event != null) {
      opened.eventsIn.of(event.customer).inc();
      if (!record.timeStated) {
        opened.eventsWithoutTime.inc();
      }
      out.collect(event);
    } else {
      DeadLetterRecord letter = requireNonNull(record.deadLetter, "neither event nor dead letter");
      opened.deadLetters.count(letter.deadLetterClass, letter.origin, letter.reason);
      context.output(deadLetters, letter);
    }
  }

  private record Counts(
      LabelledCounters eventsIn, Counter eventsWithoutTime, DeadLetterCounts deadLetters) {}
}
