package dev.lockstep.job.ingest;

import dev.lockstep.connector.wire.DecodedRecord;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Event time of the files that a subtask reads one after another: behind the newest event by a
 * bound, and idle when there has been none for a while.
 *
 * <p>A source has one generator for itself, the first, and one for each part, which ends with the
 * part: what those of parts see the first one tells, so that event time goes neither back nor stuck
 * when a part ends. While the job is held up the clock of the input stands still.
 */
final class FileWatermarks implements WatermarkGeneratorSupplier<DecodedRecord> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final long maxOutOfOrdernessMillis;
  private final long idlenessNanos;

  // -- runtime, of the task that this object was sent to, and of its thread
  private transient boolean hasFirst;
  private transient boolean hasSeen;
  private transient boolean seenSince;
  private transient long newestMillis;

  FileWatermarks(Duration maxOutOfOrderness, Duration idleness) {
    this.maxOutOfOrdernessMillis = maxOutOfOrderness.toMillis();
    this.idlenessNanos = idleness.toNanos();
  }

  @Override
  public WatermarkGenerator<DecodedRecord> createWatermarkGenerator(Context context) {
    boolean first = !hasFirst;
    hasFirst = true;
    return first ? new OfSource(context.getInputActivityClock()) : new OfPart();
  }

  private void see(DecodedRecord record, long timestampMillis) {
    seenSince = true;
    if (record.event != null) {
      newestMillis = hasSeen ? Math.max(newestMillis, timestampMillis) : timestampMillis;
      hasSeen = true;
    }
  }

  private final class OfPart implements WatermarkGenerator<DecodedRecord> {

    @Override
    public void onEvent(DecodedRecord record, long timestampMillis, WatermarkOutput output) {
      see(record, timestampMillis);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }

  private final class OfSource implements WatermarkGenerator<DecodedRecord> {

    private final RelativeClock clock;
    private long lastNanos;

    OfSource(RelativeClock clock) {
      this.clock = clock;
      this.lastNanos = clock.relativeTimeNanos();
    }

    @Override
    public void onEvent(DecodedRecord record, long timestampMillis, WatermarkOutput output) {
      see(record, timestampMillis);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      long now = clock.relativeTimeNanos();
      if (seenSince) {
        seenSince = false;
        lastNanos = now;
      }
      if (now - lastNanos >= idlenessNanos) {
        output.markIdle();
      } else if (hasSeen) {
        output.emitWatermark(new Watermark(newestMillis - maxOutOfOrdernessMillis - 1));
      }
    }
  }
}
