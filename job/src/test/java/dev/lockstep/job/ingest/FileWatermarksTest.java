package dev.lockstep.job.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class FileWatermarksTest {

  private static final DecodedRecord EVENT = DecodedRecord.of(new EventRecord(), true);
  private static final DecodedRecord LETTER = DecodedRecord.of(new DeadLetterRecord());

  private final ManualClock clock = new ManualClock(1_000_000_000L);
  private final FileWatermarks watermarks =
      new FileWatermarks(Duration.ofMillis(100), Duration.ofSeconds(10));
  private final WatermarkGenerator<DecodedRecord> ofSource = next();
  private final Told told = new Told();

  @Test
  void eventTimeFollowsTheNewestEventOfAnyPartByTheBound() {
    WatermarkGenerator<DecodedRecord> onePart = next();
    WatermarkGenerator<DecodedRecord> otherPart = next();
    onePart.onEvent(EVENT, 5_000, told);
    otherPart.onEvent(EVENT, 2_000, told);
    ofSource.onPeriodicEmit(told);
    // The parts end; what they saw stays.
    next().onEvent(EVENT, 3_000, told);
    ofSource.onPeriodicEmit(told);

    assertThat(told.all).containsExactly("4899", "4899");
  }

  @Test
  void aPartHoldsNobodyUp() {
    WatermarkGenerator<DecodedRecord> part = next();
    part.onEvent(EVENT, 5_000, told);
    part.onPeriodicEmit(told);

    assertThat(told.all).containsExactly("idle");
  }

  @Test
  void nothingIsToldBeforeTheFirstEventAndDeadLettersHaveNoTime() {
    next().onEvent(LETTER, 9_000, told);
    ofSource.onPeriodicEmit(told);

    assertThat(told.all).isEmpty();
  }

  @Test
  void aSubtaskWithoutRecordsIsIdleUntilTheNextOneAndDeadLettersAreRecords() {
    next().onEvent(EVENT, 5_000, told);
    ofSource.onPeriodicEmit(told);
    clock.advanceTime(Duration.ofSeconds(10));
    ofSource.onPeriodicEmit(told);
    next().onEvent(LETTER, 0, told);
    ofSource.onPeriodicEmit(told);

    assertThat(told.all).containsExactly("4899", "idle", "4899");
  }

  @Test
  void eventsOfBefore1970HaveATimeToo() {
    next().onEvent(EVENT, -7_000, told);
    ofSource.onPeriodicEmit(told);

    assertThat(told.all).containsExactly("-7101");
  }

  private WatermarkGenerator<DecodedRecord> next() {
    return watermarks.createWatermarkGenerator(
        new WatermarkGeneratorSupplier.Context() {
          @Override
          public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
          }

          @Override
          public RelativeClock getInputActivityClock() {
            return clock;
          }
        });
  }

  private static final class Told implements WatermarkOutput {
    private final List<String> all = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      all.add(Long.toString(watermark.getTimestamp()));
    }

    @Override
    public void markIdle() {
      all.add("idle");
    }

    @Override
    public void markActive() {
      all.add("active");
    }
  }
}
