package dev.lockstep.job.ingest;

import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.job.config.LockstepConfig;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time as events state it, bounded by what the transport recorded: an event from a clock far
 * in the future counts, for the progress of time, as recorded when it was, so that it makes no
 * other event late. Both times are in the record, so a replay gives the same watermarks.
 */
final class EventTimestamps implements SerializableTimestampAssigner<DecodedRecord> {

  private static final long serialVersionUID = 1L;

  private final Duration maxAhead;

  EventTimestamps(Duration maxAhead) {
    this.maxAhead = maxAhead;
  }

  /** Returns the watermarks of the event source, per partition and with idleness. */
  static WatermarkStrategy<DecodedRecord> watermarks(LockstepConfig.Events events) {
    return ofPast(events).withIdleness(events.idleness());
  }

  /** Returns the watermarks of the source of files, per subtask and with idleness. */
  static WatermarkStrategy<DecodedRecord> ofFiles(
      LockstepConfig.Events events, LockstepConfig.EventFiles files) {
    return WatermarkStrategy.forGenerator(
            new FileWatermarks(files.maxOutOfOrderness(), events.idleness()))
        .withTimestampAssigner(new EventTimestamps(events.maxAhead()));
  }

  /**
   * Returns those of a source that ends: a partition without records has ended, and waits for none.
   */
  static WatermarkStrategy<DecodedRecord> ofPast(LockstepConfig.Events events) {
    return WatermarkStrategy.<DecodedRecord>forBoundedOutOfOrderness(events.maxOutOfOrderness())
        .withTimestampAssigner(new EventTimestamps(events.maxAhead()));
  }

  /** A dead letter has no time and moves none. */
  @Override
  public long extractTimestamp(DecodedRecord record, long recordedAtMillis) {
    EventRecord event = record.event;
    if (event == null) {
      return Long.MIN_VALUE;
    }
    if (recordedAtMillis < 0) {
      return event.occurredAtMillis;
    }
    return Math.min(event.occurredAtMillis, recordedAtMillis + maxAhead.toMillis());
  }
}
