package dev.lockstep.connector.wire;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of records on streams; in state they are of the POJO's type. */
public final class NetworkType<T> extends TypeInformation<T> {

  public static final NetworkType<EventRecord> EVENTS =
      new NetworkType<>(EventRecord.class, EventRecordSerializer.INSTANCE);

  public static final NetworkType<AlertRecord> ALERTS =
      new NetworkType<>(AlertRecord.class, AlertRecordSerializer.INSTANCE);

  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final NetworkSerializer<T> serializer;

  private NetworkType(Class<T> type, NetworkSerializer<T> serializer) {
    this.type = type;
    this.serializer = serializer;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer;
  }

  @Override
  @Deprecated
  public TypeSerializer<T> createSerializer(ExecutionConfig config) {
    return serializer;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkType<?> another && another.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof NetworkType;
  }
}
