package dev.lockstep.connector.latest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatestValueSourceTest {

  private final FakeSource source = new FakeSource();

  @Test
  void emitsOnlyTheNewestOfSeveral() throws Exception {
    try (var reader = RunningReader.start(source)) {
      assertThat(reader.poll()).isNull();
      source.produce("one");
      source.produce("two");
      assertThat(reader.next()).isEqualTo("two");
      assertThat(reader.poll()).isNull();
      source.produce("three");
      assertThat(reader.next()).isEqualTo("three");
    }
    assertThat(source.closed).isTrue();
  }

  @Test
  void keepsTheNewestInItsStateEvenBeforeItIsEmitted() throws Exception {
    byte[] checkpoint;
    try (var reader = RunningReader.start(source)) {
      source.produce("one");
      checkpoint = reader.checkpoint();
    }
    try (var restored = RunningReader.restore(source, checkpoint)) {
      assertThat(source.restored).isEqualTo("one");
      assertThat(restored.next()).isEqualTo("one");
    }
  }

  @Test
  void startsAnewFromAStateWithoutAValue() throws Exception {
    byte[] checkpoint;
    try (var reader = RunningReader.start(source)) {
      checkpoint = reader.checkpoint();
    }
    try (var restored = RunningReader.restore(source, checkpoint)) {
      assertThat(source.restored).isNull();
      assertThat(restored.poll()).isNull();
    }
  }

  @Test
  void keepsValuesOfAnyLength() throws Exception {
    String value = "x".repeat(3_000_000);
    byte[] checkpoint;
    try (var reader = RunningReader.start(source)) {
      source.produce(value);
      checkpoint = reader.checkpoint();
    }
    try (var restored = RunningReader.restore(source, checkpoint)) {
      assertThat(restored.next()).isEqualTo(value);
    }
  }

  @Test
  void refusesAStateOfALaterVersion() {
    assertThatThrownBy(() -> source.getSplitSerializer().deserialize(2, new byte[] {0}))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> source.getEnumeratorCheckpointSerializer().deserialize(2, new byte[] {0}))
        .isInstanceOf(IOException.class);
  }

  /** Produces what the test says. */
  private static final class FakeSource extends LatestValueSource<String> {

    private static final long serialVersionUID = 1L;

    private transient Consumer<String> offer = value -> {};
    private transient @Nullable String restored;
    private transient boolean closed;

    void produce(String value) {
      offer.accept(value);
    }

    @Override
    protected LatestValueProducer<String> createProducer(SourceReaderMetricGroup metrics) {
      return new LatestValueProducer<>() {
        @Override
        public void start(@Nullable String last, Consumer<String> taker) {
          restored = last;
          offer = taker;
        }

        @Override
        public void close() {
          closed = true;
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
