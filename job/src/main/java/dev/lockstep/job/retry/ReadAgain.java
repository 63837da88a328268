package dev.lockstep.job.retry;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.job.metrics.DeadLetterCounts;
import dev.lockstep.job.metrics.EngineMetrics;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Reads the record of a letter as it was read when it came in: its event has the id, and hence the
 * alerts have the ids, of the first time. What is refused again is a letter again.
 */
final class ReadAgain extends ProcessFunction<DeadLetterRecord, EventRecord> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final String engine;
  private final RecordsAgain records;
  private final OutputTag<DeadLetterRecord> deadLetters;

  // -- runtime
  private transient @Nullable DeadLetterCounts counts;

  ReadAgain(String engine, RecordsAgain records, OutputTag<DeadLetterRecord> deadLetters) {
    this.engine = engine;
    this.records = records;
    this.deadLetters = deadLetters;
  }

  @Override
  public void open(OpenContext context) {
    counts = new DeadLetterCounts(new EngineMetrics(getRuntimeContext().getMetricGroup(), engine));
  }

  @Override
  public void processElement(DeadLetterRecord letter, Context context, Collector<EventRecord> out) {
    DecodedRecord decoded = records.again(letter);
    if (decoded.event != null) {
      out.collect(decoded.event);
      return;
    }
    DeadLetterRecord refused = requireNonNull(decoded.deadLetter, "neither event nor letter");
    requireNonNull(counts, "open was not called")
        .count(refused.deadLetterClass, refused.origin, refused.reason);
    context.output(deadLetters, refused);
    if (!refused.identity().equals(letter.identity())) {
      // It fails for another reason now, and that letter stands for it.
      context.output(deadLetters, DeadLetterRecord.resolved(letter));
    }
  }
}
