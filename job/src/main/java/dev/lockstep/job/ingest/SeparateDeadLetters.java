package dev.lockstep.job.ingest;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.job.metrics.EngineMetrics;
import org.apache.flink.api.common.functions.OpenContext;
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
  private transient @Nullable EngineMetrics metrics;

  SeparateDeadLetters(String engine, OutputTag<DeadLetterRecord> deadLetters) {
    this.engine = engine;
    this.deadLetters = deadLetters;
  }

  @Override
  public void open(OpenContext context) {
    metrics = new EngineMetrics(getRuntimeContext().getMetricGroup(), engine);
  }

  @Override
  public void processElement(DecodedRecord record, Context context, Collector<EventRecord> out) {
    EngineMetrics counts = requireNonNull(metrics, "open was not called");
    EventRecord event = record.event;
    if (event != null) {
      counts.counter("eventsIn", "customer", event.customer).inc();
      if (!record.timeStated) {
        counts.counter("eventsWithoutTime").inc();
      }
      out.collect(event);
    } else {
      DeadLetterRecord letter = requireNonNull(record.deadLetter, "neither event nor dead letter");
      counts.counter("deadLetters", "class", letter.deadLetterClass).inc();
      context.output(deadLetters, letter);
    }
  }
}
