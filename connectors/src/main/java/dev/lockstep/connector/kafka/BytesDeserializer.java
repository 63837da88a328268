package dev.lockstep.connector.kafka;

import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;

/** Takes a record's value as it is. */
final class BytesDeserializer extends AbstractDeserializationSchema<byte[]> {

  private static final long serialVersionUID = 1L;

  @Override
  public byte[] deserialize(byte[] message) {
    return message;
  }
}
