package dev.lockstep.job.time;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.latest.LatestValueSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stream of numbers without end waits for a word of control. */
@Timeout(120)
class SourceAlignmentTest {

  private static final long NOON = 1_767_268_800_000L;
  private static final AtomicLong READ = new AtomicLong();
  private static final AtomicLong EVENT_TIME = new AtomicLong();
  private static @Nullable Consumer<String> control;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private @Nullable JobClient job;

  @BeforeEach
  void forget() {
    READ.set(0);
    EVENT_TIME.set(Long.MIN_VALUE);
    control = null;
  }

  @AfterEach
  void cancel() throws Exception {
    requireNonNull(job).cancel().get(60, SECONDS);
  }

  @Test
  void eventsStopUntilControlHasItsFirstUpdateAndThenFlow() throws Exception {
    start(SourceAlignment.ofControl());
    await("events to be read", () -> READ.get() > 0);
    await("events to stop", SourceAlignmentTest::hasStopped);
    assertThat(EVENT_TIME.get()).as("event time before control is known").isLessThan(0);

    long held = READ.get();
    requireNonNull(control).accept("go");
    await("events to flow", () -> READ.get() > held + 1_000_000);
    await("event time to follow the events", () -> EVENT_TIME.get() > NOON);
    assertThat(EVENT_TIME.get()).as("event time goes no further").isLessThan(NOON + READ.get());
  }

  @Test
  void eventsDoNotWaitForControlThatIsOptional() throws Exception {
    start(SourceAlignment.ofOptionalControl());
    await("events to be read", () -> READ.get() > 0);
    await(
        "the alignment to be told several times",
        () -> {
          long before = READ.get();
          LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
          return READ.get() > before;
        });
  }

  @Test
  void aSourceWithoutTimeNeitherHoldsEventTimeBackNorMovesIt() throws Exception {
    start(SourceAlignment.withoutTime());
    await("event time to follow the events", () -> EVENT_TIME.get() > NOON);
    requireNonNull(control).accept("a letter");
    long read = READ.get();
    await("events to flow", () -> READ.get() > read + 1_000_000);
    assertThat(EVENT_TIME.get()).as("event time goes no further").isLessThan(NOON + READ.get());
  }

  /** Nothing more is read while the sources are told three times where they stand. */
  private static boolean hasStopped() {
    long before = READ.get();
    LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
    return READ.get() == before;
  }

  private void start(WatermarkStrategy<String> ofControl) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(1);
    WatermarkStrategy<Long> ofNumbers =
        WatermarkStrategy.<Long>forMonotonousTimestamps()
            .withTimestampAssigner((number, recorded) -> NOON + number);
    env.fromSource(
            new NumberSequenceSource(1, Long.MAX_VALUE),
            SourceAlignment.ofEvents(ofNumbers),
            "numbers")
        .connect(env.fromSource(new Control(), ofControl, "control", Types.STRING))
        .process(new Count())
        .sinkTo(new DiscardingSink<>());
    job = env.executeAsync();
    await("control to start", () -> control != null);
  }

  private static void await(String what, BooleanSupplier condition) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waiting for " + what).isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Shows how much was read, and what time it is by both inputs. */
  private static final class Count extends CoProcessFunction<Long, String, Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement1(Long number, Context context, Collector<Long> out) {
      READ.incrementAndGet();
      EVENT_TIME.set(context.timerService().currentWatermark());
    }

    @Override
    public void processElement2(String update, Context context, Collector<Long> out) {
      out.collect(0L);
    }
  }

  /** Says what the test says. */
  private static final class Control extends LatestValueSource<String> {

    private static final long serialVersionUID = 1L;

    @Override
    protected LatestValueProducer<String> createProducer(SourceReaderMetricGroup metrics) {
      return new LatestValueProducer<>() {
        @Override
        public void start(@Nullable String restored, Consumer<String> offer) {
          control = offer;
        }

        @Override
        public void close() {
          control = null;
        }
      };
    }

    @Override
    protected byte[] encode(String value) {
      return value.getBytes(UTF_8);
    }

    @Override
    protected String decode(byte[] encoded) {
      return new String(encoded, UTF_8);
    }
  }
}
