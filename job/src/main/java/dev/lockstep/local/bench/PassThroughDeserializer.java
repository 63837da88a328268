package dev.lockstep.local.bench;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Parses each record to its last token, as one has to who wants to know anything of it. */
final class PassThroughDeserializer implements KafkaRecordDeserializationSchema<PassedRecord> {

  private static final long serialVersionUID = 1L;

  private transient @Nullable JsonFactory json;

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    json = new JsonFactory();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PassedRecord> out)
      throws IOException {
    try (JsonParser parser =
        requireNonNull(json, "open was not called").createParser(record.value())) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue()) {
          parser.getTextLength();
        }
      }
    }
    out.collect(new PassedRecord(record.value()));
  }

  @Override
  public TypeInformation<PassedRecord> getProducedType() {
    return TypeInformation.of(PassedRecord.class);
  }
}
