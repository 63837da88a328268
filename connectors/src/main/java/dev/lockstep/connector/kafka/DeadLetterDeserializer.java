package dev.lockstep.connector.kafka;

import dev.lockstep.connector.wire.DeadLetterRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the letters and commands of one engine, and passes over all else in their topic. */
final class DeadLetterDeserializer implements KafkaRecordDeserializationSchema<DeadLetterRecord> {

  private static final long serialVersionUID = 1L;

  private final String engine;

  DeadLetterDeserializer(String engine) {
    this.engine = engine;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<DeadLetterRecord> out) {
    DeadLetterReader.read(record)
        .filter(letter -> letter.engine.equals(engine))
        .ifPresent(out::collect);
  }

  @Override
  public TypeInformation<DeadLetterRecord> getProducedType() {
    return TypeInformation.of(DeadLetterRecord.class);
  }
}
