package dev.lockstep.job.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.kafka.StartingPoint;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import dev.lockstep.job.config.LockstepConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class EventTimestampsTest {

  private static final long NOON = 1_767_268_800_000L;
  private static final Duration MAX_AHEAD = Duration.ofMinutes(5);
  private static final Duration MAX_OUT_OF_ORDERNESS = Duration.ofSeconds(30);

  private final EventTimestamps timestamps = new EventTimestamps(MAX_AHEAD);

  @Test
  void takesTheTimeThatTheEventStates() {
    assertThat(timestamps.extractTimestamp(event(NOON - 1000), NOON)).isEqualTo(NOON - 1000);
    assertThat(timestamps.extractTimestamp(event(NOON + 1000), NOON)).isEqualTo(NOON + 1000);
  }

  @Test
  void capsAnEventThatIsAheadOfItsRecord() {
    long limit = NOON + MAX_AHEAD.toMillis();
    assertThat(timestamps.extractTimestamp(event(limit), NOON)).isEqualTo(limit);
    assertThat(timestamps.extractTimestamp(event(limit + 1), NOON)).isEqualTo(limit);
    assertThat(timestamps.extractTimestamp(event(Long.MAX_VALUE), NOON)).isEqualTo(limit);
  }

  @Test
  void trustsTheEventWhereTheRecordHasNoTime() {
    assertThat(timestamps.extractTimestamp(event(NOON), -1)).isEqualTo(NOON);
    assertThat(timestamps.extractTimestamp(event(NOON), Long.MIN_VALUE)).isEqualTo(NOON);
  }

  @Test
  void letsADeadLetterMoveNoTime() {
    Watermarks watermarks = new Watermarks();
    watermarks.after(event(NOON), NOON);
    watermarks.after(deadLetter(), NOON + 3_600_000);
    assertThat(watermarks.last()).isEqualTo(NOON - MAX_OUT_OF_ORDERNESS.toMillis() - 1);
  }

  @Test
  void letsAClockInTheFutureMoveTimeByTheCapAlone() {
    Watermarks watermarks = new Watermarks();
    watermarks.after(event(NOON + 86_400_000), NOON);
    assertThat(watermarks.last())
        .isEqualTo(NOON + MAX_AHEAD.toMillis() - MAX_OUT_OF_ORDERNESS.toMillis() - 1);
  }

  @Test
  void hasNoTimeAfterDeadLettersAlone() {
    Watermarks watermarks = new Watermarks();
    watermarks.after(deadLetter(), NOON);
    assertThat(watermarks.last()).isEqualTo(Long.MIN_VALUE);
  }

  private static DecodedRecord event(long occurredAtMillis) {
    return DecodedRecord.of(
        new EventRecord("acme", "1", occurredAtMillis, "events/0/1", new byte[0]),
        /* timeStated= */ true);
  }

  private static DecodedRecord deadLetter() {
    return DecodedRecord.of(
        new DeadLetterRecord(
            DeadLetterClass.MALFORMED, "no JSON", "events/0/2", /* customer= */ null, new byte[0]));
  }

  /** The watermarks of one partition. */
  private static final class Watermarks implements WatermarkOutput {
    private final TimestampAssigner<DecodedRecord> assigner;
    private final WatermarkGenerator<DecodedRecord> generator;
    private final List<Long> emitted = new ArrayList<>();

    Watermarks() {
      var layout = new EnvelopeLayout(List.of(new EnvelopePlace.Key()), List.of(), List.of(), 1000);
      WatermarkStrategy<DecodedRecord> strategy =
          EventTimestamps.watermarks(
              new LockstepConfig.Events(
                  "events",
                  StartingPoint.COMMITTED,
                  layout,
                  MAX_OUT_OF_ORDERNESS,
                  MAX_AHEAD,
                  Duration.ofMinutes(1),
                  Map.of(),
                  new LockstepConfig.Lateness(Duration.ZERO, /* kept= */ true)));
      Context context = new Context();
      assigner = strategy.createTimestampAssigner(context);
      generator = strategy.createWatermarkGenerator(context);
    }

    void after(DecodedRecord record, long recordedAtMillis) {
      generator.onEvent(record, assigner.extractTimestamp(record, recordedAtMillis), this);
      generator.onPeriodicEmit(this);
    }

    long last() {
      return emitted.get(emitted.size() - 1);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      emitted.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      // Nothing waits that long here.
    }

    @Override
    public void markActive() {
      // As for idle.
    }
  }

  /** What a source gives to a strategy. */
  private static final class Context
      implements WatermarkGeneratorSupplier.Context, TimestampAssignerSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }
  }
}
