package dev.lockstep.connector.kafka;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
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
      return DecodedRecord.of(
          new DeadLetterRecord(
              refused.deadLetterClass(),
              refused.reason(),
              record.origin(),
              /* customer= */ null,
              bytes));
    }
    Accepted accepted = (Accepted) envelope;
    EventRecord event =
        new EventRecord(
            accepted.customer(),
            accepted.id(),
            accepted.occurredAt().toEpochMilli(),
            record.origin(),
            bytes);
    return DecodedRecord.of(event, accepted.timeStated());
  }

  @Override
  public TypeInformation<DecodedRecord> getProducedType() {
    return TypeInformation.of(DecodedRecord.class);
  }
}
