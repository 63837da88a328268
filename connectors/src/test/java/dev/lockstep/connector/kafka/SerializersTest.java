package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.event.DeadLetterClass;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SerializersTest {

  /** What producers and brokers take by default. */
  private static final int MAX_RECORD_BYTES = 1024 * 1024;

  @Test
  void writesAnAlertUnderItsCustomerAndNamesItByHeaders() {
    byte[] json = bytes("{\"alert_id\":\"a1\"}");
    var serializer = new AlertSerializer("alerts.live", "blue", Lane.LIVE);
    var record =
        serializer.serialize(
            new AlertRecord("a1", "acmé", "r1", "live", json),
            new OneSubtask(),
            /* timestamp= */ 0L);
    assertThat(record.topic()).isEqualTo("alerts.live");
    assertThat(record.key()).isEqualTo(bytes("acmé"));
    assertThat(record.value()).isEqualTo(json);
    assertThat(headers(record))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("alert-id", "a1", "engine", "blue", "lane", "live", "rule-id", "r1"));
  }

  @Test
  void writesADeadLetterAsItsOriginalBytes() {
    var record = record(letter("no JSON", "acme", bytes("{oops")));
    assertThat(record.topic()).isEqualTo("dead-letters");
    assertThat(record.key()).isEqualTo(bytes("acme"));
    assertThat(record.value()).isEqualTo(bytes("{oops"));
    assertThat(headers(record))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "class", "MALFORMED",
                "reason", "no JSON",
                "origin", "events/3/42",
                "attempt", "0",
                "engine", "blue"));
  }

  @Test
  void writesADeadLetterOfNobodyWithoutAKey() {
    assertThat(record(letter("no JSON", /* customer= */ null, new byte[0])).key()).isNull();
  }

  @Test
  void writesTheLargestDeadLetterWhole() {
    var record = record(letter("large", "acme", filled(DeadLetterSerializer.MAX_BYTES)));
    assertThat(record.value()).hasSize(DeadLetterSerializer.MAX_BYTES);
    assertThat(headers(record)).doesNotContainKey("original-bytes");
  }

  @Test
  void cutsALargerDeadLetterAndSaysHowLargeItWas() {
    byte[] bytes = filled(DeadLetterSerializer.MAX_BYTES + 1);
    var record = record(letter("large", "acme", bytes));
    assertThat(record.value()).isEqualTo(Arrays.copyOf(bytes, DeadLetterSerializer.MAX_BYTES));
    assertThat(headers(record)).containsEntry("original-bytes", Integer.toString(bytes.length));
  }

  @Test
  void staysBelowTheLimitOfARecordWhateverTheLetterSays() {
    DeadLetterRecord letter =
        letter("€".repeat(100 * 1024), "€".repeat(128), filled(3 * MAX_RECORD_BYTES));
    letter.ruleId = "€".repeat(1024);
    letter.transport =
        new Transport(
            filled(Transport.MAX_BYTES),
            Long.MAX_VALUE,
            new RecordHeaders(
                Collections.nCopies(
                    Transport.MAX_BYTES / 8, new RecordHeaders.Header("", new byte[0]))));
    assertThat(letter.transport.cut).isFalse();
    ProducerRecord<byte[], byte[]> record = record(letter);
    int size =
        AbstractRecords.estimateSizeInBytesUpperBound(
            RecordBatch.CURRENT_MAGIC_VALUE,
            CompressionType.NONE,
            record.key(),
            record.value(),
            record.headers().toArray());
    assertThat(size).isLessThan(MAX_RECORD_BYTES);
  }

  @Test
  void writesAReasonInOneLine() {
    var record = record(letter("one\r\ntwo\tthree\u0000\u0085\u2028four", "acme", new byte[0]));
    assertThat(headers(record)).containsEntry("reason", "one two three four");
  }

  @Test
  void writesTheStartOfALongReason() {
    int max = DeadLetterSerializer.MAX_REASON_LENGTH;
    assertThat(headers(record(letter("x".repeat(max), "acme", new byte[0]))))
        .containsEntry("reason", "x".repeat(max));
    assertThat(headers(record(letter("x".repeat(100 * 1024), "acme", new byte[0]))))
        .containsEntry("reason", "x".repeat(max) + "…");
  }

  @Test
  void writesAStatusUnderItsKey() {
    var serializer = new StatusSerializer("rule-status");
    var record =
        serializer.serialize(
            new StatusRecord("blue/ü", bytes("{}")), new OneSubtask(), /* timestamp= */ 0L);
    assertThat(record.topic()).isEqualTo("rule-status");
    assertThat(record.key()).isEqualTo(bytes("blue/ü"));
    assertThat(record.value()).isEqualTo(bytes("{}"));
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void takesAStatusThatIsGoneAway() {
    var record =
        new StatusSerializer("engine-status")
            .serialize(StatusRecord.gone("blue/x"), new OneSubtask(), /* timestamp= */ 0L);
    assertThat(record.key()).isEqualTo(bytes("blue/x"));
    assertThat(record.value()).isNull();
  }

  private static ProducerRecord<byte[], byte[]> record(DeadLetterRecord letter) {
    return new DeadLetterSerializer("dead-letters", "blue").record(letter);
  }

  private static DeadLetterRecord letter(String reason, @Nullable String customer, byte[] bytes) {
    return new DeadLetterRecord(DeadLetterClass.MALFORMED, reason, "events/3/42", customer, bytes);
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      assertThat(headers.put(header.key(), new String(header.value(), UTF_8))).isNull();
    }
    return headers;
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** The sink that the serializers run in. */
  private static final class OneSubtask implements KafkaRecordSerializationSchema.KafkaSinkContext {
    @Override
    public int getParallelInstanceId() {
      return 0;
    }

    @Override
    public int getNumberOfParallelInstances() {
      return 1;
    }

    @Override
    public int[] getPartitionsForTopic(String topic) {
      return new int[] {0};
    }
  }
}
