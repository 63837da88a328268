package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventDeserializerTest {

  private static final int MAX_BYTES = 100_000;
  private static final long RECORDED_AT = 1_767_225_600_000L;
  private static final EnvelopeLayout LAYOUT =
      new EnvelopeLayout(
          List.of(
              new EnvelopePlace.Header("tenant"),
              new EnvelopePlace.Field("customer"),
              new EnvelopePlace.Key()),
          List.of(new EnvelopePlace.Field("event_id")),
          List.of(new EnvelopePlace.Field("@timestamp")),
          MAX_BYTES);

  private final EventDeserializer deserializer = new EventDeserializer(LAYOUT);

  @BeforeEach
  void open() {
    deserializer.open(new Opening());
  }

  @Test
  void takesCustomerIdAndTimeFromTheRecord() {
    String json =
        "{\"customer\":\"acme\",\"event_id\":\"e1\",\"@timestamp\":\"2026-01-01T00:00:01Z\"}";
    DecodedRecord decoded = decode(record(/* key= */ null, bytes(json)));
    assertThat(event(decoded))
        .usingRecursiveComparison()
        .ignoringFields("transport")
        .isEqualTo(new EventRecord("acme", "e1", RECORDED_AT + 1000, "events/3/42", bytes(json)));
    assertThat(decoded.timeStated).isTrue();
    assertThat(decoded.deadLetter).isNull();
  }

  @Test
  void fallsBackToTheRecordsKeyPlaceAndTime() {
    DecodedRecord decoded = decode(record(bytes("globex"), bytes("{}")));
    assertThat(event(decoded))
        .usingRecursiveComparison()
        .ignoringFields("transport")
        .isEqualTo(
            new EventRecord("globex", "events/3/42", RECORDED_AT, "events/3/42", bytes("{}")));
    assertThat(decoded.timeStated).isFalse();
  }

  @Test
  void readsTheLastHeaderOfThatName() {
    var record = record(bytes("key"), bytes("{\"customer\":\"field\"}"));
    record.headers().add("tenant", bytes("first")).add("tenant", bytes("last"));
    assertThat(event(decode(record)).customer).isEqualTo("last");
  }

  @Test
  void passesOverAHeaderWithoutAValue() {
    var record = record(bytes("key"), bytes("{\"customer\":\"field\"}"));
    record.headers().add("tenant", null);
    assertThat(event(decode(record)).customer).isEqualTo("field");
  }

  @Test
  void keepsARecordWithoutAValueAsADeadLetter() {
    DeadLetterRecord letter = letter(decode(record(bytes("acme"), /* value= */ null)));
    assertThat(letter.deadLetterClass).isEqualTo("MALFORMED");
    assertThat(letter.origin).isEqualTo("events/3/42");
    assertThat(letter.bytes).isEmpty();
  }

  @Test
  void keepsAnEventOfNobodyAsADeadLetter() {
    DeadLetterRecord letter = letter(decode(record(/* key= */ null, bytes("{\"a\":1}"))));
    assertThat(letter.deadLetterClass).isEqualTo("NO_CUSTOMER");
    assertThat(letter.customer).isNull();
    assertThat(letter.bytes).isEqualTo(bytes("{\"a\":1}"));
  }

  @Test
  void keepsARecordThatIsTooLargeAsADeadLetter() {
    byte[] large = new byte[MAX_BYTES + 1];
    DeadLetterRecord letter = letter(decode(record(bytes("acme"), large)));
    assertThat(letter.deadLetterClass).isEqualTo("TOO_LARGE");
    assertThat(letter.bytes).isSameAs(large);
  }

  @ParameterizedTest
  @MethodSource("values")
  void makesOneRecordOfEachAndHoldsNothingBack(byte[] value) {
    DecodedRecord decoded = decode(record(bytes("acme"), value));
    assertThat(decoded.event == null).isNotEqualTo(decoded.deadLetter == null);
  }

  static Stream<byte[]> values() {
    return Stream.of(
            "",
            " ",
            "{",
            "}",
            "{}",
            "[]",
            "null",
            "\"text\"",
            "{}{}",
            "{\"a\":}",
            "{\"a\":1e999}",
            "{\"customer\":null}",
            "{\"customer\":[\"a\"]}",
            "{\"customer\":\" \"}",
            "{\"@timestamp\":\"yesterday\"}",
            "{\"@timestamp\":99999999999999999999}",
            "\0\0\0\0",
            "[".repeat(50_000),
            "{\"a\":".repeat(10_000),
            "{\"" + "n".repeat(60_000) + "\":1}")
        .map(EventDeserializerTest::bytes);
  }

  @Test
  void takesAnEventBehindAByteOrderMark() {
    byte[] value = bytes("\ufeff{\"customer\":\"acme\"}");
    assertThat(event(decode(record(/* key= */ null, value))).json)
        .isEqualTo(bytes("{\"customer\":\"acme\"}"));
  }

  @ParameterizedTest
  @MethodSource("otherEncodings")
  void keepsAnEventInAnotherEncodingAsADeadLetter(byte[] value) {
    DeadLetterRecord letter = letter(decode(record(bytes("acme"), value)));
    assertThat(letter.deadLetterClass).isEqualTo("MALFORMED");
    assertThat(letter.bytes).isEqualTo(value);
  }

  static Stream<byte[]> otherEncodings() {
    List<byte[]> encoded = new ArrayList<>();
    for (Charset charset :
        List.of(UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"))) {
      encoded.add("{\"customer\":\"acme\"}".getBytes(charset));
      encoded.add("\ufeff{\"customer\":\"acme\"}".getBytes(charset));
      encoded.add(" {\"customer\":\"acme\"}".getBytes(charset));
    }
    return encoded.stream();
  }

  @Test
  void takesARecordWithoutATimestampAsOfTheEpoch() {
    var record =
        new ConsumerRecord<>(
            "events",
            3,
            42L,
            ConsumerRecord.NO_TIMESTAMP,
            TimestampType.NO_TIMESTAMP_TYPE,
            ConsumerRecord.NULL_SIZE,
            ConsumerRecord.NULL_SIZE,
            bytes("acme"),
            bytes("{}"),
            new RecordHeaders(),
            Optional.empty());
    assertThat(event(decode(record)).occurredAtMillis).isZero();
  }

  private DecodedRecord decode(ConsumerRecord<byte[], byte[]> record) {
    List<DecodedRecord> decoded = new ArrayList<>();
    deserializer.deserialize(record, new ListCollector<>(decoded));
    assertThat(decoded).hasSize(1);
    return decoded.get(0);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      byte @Nullable [] key, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        "events",
        3,
        42L,
        RECORDED_AT,
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static EventRecord event(DecodedRecord decoded) {
    return requireNonNull(decoded.event, "a dead letter");
  }

  private static DeadLetterRecord letter(DecodedRecord decoded) {
    return requireNonNull(decoded.deadLetter, "an event");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** What the source gives at its start. */
  private static final class Opening implements DeserializationSchema.InitializationContext {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return SimpleUserCodeClassLoader.create(EventDeserializerTest.class.getClassLoader());
    }
  }
}
