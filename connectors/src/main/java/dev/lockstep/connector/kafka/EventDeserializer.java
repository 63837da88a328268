package dev.lockstep.connector.kafka;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.RecordDecoder;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopeReader;
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
  private transient @Nullable RecordDecoder decoder;

  EventDeserializer(EnvelopeLayout layout) {
    this.layout = layout;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new RecordDecoder(new EnvelopeReader(layout));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<DecodedRecord> out) {
    KafkaInboundRecord inbound = new KafkaInboundRecord(record);
    out.collect(
        requireNonNull(decoder, "open was not called").decode(inbound, inbound.transport()));
  }

  @Override
  public TypeInformation<DecodedRecord> getProducedType() {
    return TypeInformation.of(DecodedRecord.class);
  }
}
