package dev.lockstep.connector.kafka;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.event.Envelope;
import dev.lockstep.event.Envelope.Accepted;
import dev.lockstep.event.Envelope.Refused;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopeReader;
import dev.lockstep.event.InboundRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns each Kafka record into exactly one {@link DecodedRecord}; a record that cannot be read
 * becomes a dead letter and costs nothing but itself.
 */
final class EventDeserializer implements KafkaRecordDeserializationSchema<DecodedRecord> {

  /** A longer id would not fit into an alert beside the event; the record's origin stands in. */
  static final int MAX_ID_LENGTH = 512;

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final EnvelopeLayout layout;

  // -- runtime
  private transient @Nullable EnvelopeReader reader;

  EventDeserializer(EnvelopeLayout layout) {
    this.layout = layout;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    reader = new EnvelopeReader(layout);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<DecodedRecord> out) {
    EnvelopeReader opened = requireNonNull(reader, "open was not called");
    out.collect(decode(new KafkaInboundRecord(record), opened));
  }

  static DecodedRecord decode(InboundRecord record, EnvelopeReader reader) {
    Envelope envelope = reader.read(record);
    byte[] bytes = requireNonNullElse(record.value(), new byte[0]);
    if (envelope instanceof Refused refused) {
      return refused(record, bytes, refused.deadLetterClass(), refused.reason());
    }
    if (!isUtf8(bytes)) {
      return refused(record, bytes, DeadLetterClass.MALFORMED, "the JSON object must be in UTF-8");
    }
    Accepted accepted = (Accepted) envelope;
    EventRecord event =
        new EventRecord(
            accepted.customer(),
            accepted.id().length() <= MAX_ID_LENGTH ? accepted.id() : record.origin(),
            accepted.occurredAt().toEpochMilli(),
            record.origin(),
            bytes);
    return DecodedRecord.of(event, accepted.timeStated());
  }

  private static DecodedRecord refused(
      InboundRecord record, byte[] bytes, DeadLetterClass why, String reason) {
    return DecodedRecord.of(
        new DeadLetterRecord(why, reason, record.origin(), /* customer= */ null, bytes));
  }

  /**
   * Tells one JSON object in UTF-8 from one in UTF-16 or UTF-32: the parser reads them all, but an
   * alert can only carry the first.
   */
  private static boolean isUtf8(byte[] object) {
    return object[0] > 0 && object[1] != 0;
  }

  @Override
  public TypeInformation<DecodedRecord> getProducedType() {
    return TypeInformation.of(DecodedRecord.class);
  }
}
