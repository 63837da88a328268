package dev.lockstep.connector.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.AlertHead;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRecordSerializerTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123Z");

  private final AlertRecordSerializer serializer = AlertRecordSerializer.INSTANCE;

  @Test
  void keepsAllFields() throws IOException {
    assertKept(alert("acme"));
    assertKept(new AlertRecord());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "äÿ", "Ā日本", "\ud800 half a pair"})
  void keepsAnyText(String text) throws IOException {
    assertKept(alert(text));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsHowOftenItMayBeSent(boolean exponential) throws IOException {
    AlertRecord alert = alert("acme");
    alert.limit = new AlertLimit();
    alert.limit.key = "日";
    alert.limit.atMillis = 1L << 40;
    alert.limit.periodMillis = 60_000;
    alert.limit.max = 3;
    alert.limit.exponential = exponential;
    assertKept(alert);
  }

  @Test
  void keepsWhatTheGateAsks() throws IOException {
    for (@Nullable String term : new @Nullable String[] {null, "high"}) {
      AlertRecord alert = alert("acme");
      alert.head = new AlertHead("acme", TIME, "acme", term, null, term == null, "日", 17);
      assertKept(alert);
      alert.head = new AlertHead("acme", TIME, "acme", null, term, term != null, "e", 17);
      assertKept(alert);
    }
  }

  @Test
  void copiesToAnotherRecord() {
    AlertRecord alert = alert("acme");
    alert.head = new AlertHead("acme", TIME, "acme", "low", null, false, "e", 17);
    AlertRecord copy = serializer.copy(alert);
    assertThat(copy).isNotSameAs(alert).usingRecursiveComparison().isEqualTo(alert);
    copy.lane = "shadow";
    assertThat(alert.lane).isEqualTo("live");
  }

  private void assertKept(AlertRecord alert) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(alert, out);
    serializer.serialize(alert, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    for (int i = 0; i < 2; i++) {
      assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(alert);
    }
    assertThat(in.available()).isZero();
  }

  private static AlertRecord alert(String text) {
    AlertRecord alert = new AlertRecord(text, text, text, "live", "{\"é\":1}".getBytes(UTF_8));
    alert.waitedUntilMillis = 7;
    return alert;
  }
}
