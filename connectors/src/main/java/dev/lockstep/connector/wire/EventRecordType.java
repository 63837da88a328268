package dev.lockstep.connector.wire;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Events on streams; those in state are of the POJO's type. */
public final class EventRecordType extends TypeInformation<EventRecord> {

  public static final EventRecordType INSTANCE = new EventRecordType();

  private static final long serialVersionUID = 1L;

  private EventRecordType() {}

  @Override
  public TypeSerializer<EventRecord> createSerializer(SerializerConfig config) {
    return EventRecordSerializer.INSTANCE;
  }

  @Override
  @Deprecated
  public TypeSerializer<EventRecord> createSerializer(ExecutionConfig config) {
    return EventRecordSerializer.INSTANCE;
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
  public Class<EventRecord> getTypeClass() {
    return EventRecord.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public String toString() {
    return EventRecord.class.getSimpleName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventRecordType;
  }

  @Override
  public int hashCode() {
    return EventRecordType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EventRecordType;
  }
}
