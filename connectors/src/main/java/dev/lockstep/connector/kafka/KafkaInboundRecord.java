package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.event.InboundRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A Kafka record seen as an inbound record. */
record KafkaInboundRecord(ConsumerRecord<byte[], byte[]> record) implements InboundRecord {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Without a byte order mark: in front of an event, a parser takes it; inside an alert, none. */
  @Override
  public byte @Nullable [] value() {
    byte[] value = record.value();
    return value != null && isMarked(value)
        ? Arrays.copyOfRange(value, BYTE_ORDER_MARK.length, value.length)
        : value;
  }

  @Override
  public @Nullable String key() {
    byte[] key = record.key();
    return key == null ? null : new String(key, UTF_8);
  }

  @Override
  public @Nullable String header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  @Override
  public String origin() {
    return record.topic() + "/" + record.partition() + "/" + record.offset();
  }

  @Override
  public Instant recordedAt() {
    // A negative timestamp means that the producer and the broker recorded none.
    return Instant.ofEpochMilli(Math.max(record.timestamp(), 0));
  }

  /** Returns what the record came with beside its value. */
  Transport transport() {
    return new Transport(record.key(), Math.max(record.timestamp(), -1), headers());
  }

  private RecordHeaders headers() {
    List<RecordHeaders.Header> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(new RecordHeaders.Header(header.key(), header.value()));
    }
    return headers.isEmpty() ? RecordHeaders.NONE : new RecordHeaders(headers);
  }

  private static boolean isMarked(byte[] value) {
    int length = BYTE_ORDER_MARK.length;
    return value.length >= length && Arrays.equals(value, 0, length, BYTE_ORDER_MARK, 0, length);
  }
}
