package dev.lockstep.connector.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes events for the network. */
public final class EventRecordSerializer extends NetworkSerializer<EventRecord> {

  static final EventRecordSerializer INSTANCE = new EventRecordSerializer();

  private static final long serialVersionUID = 1L;

  private static final int TRANSPORT = 1;
  private static final int RETRY = 1 << 1;
  private static final int LATE = 1 << 2;
  private static final int RULE_OF_RETRY = 1 << 3;
  private static final int CUT = 1 << 4;

  @Override
  public void serialize(EventRecord event, DataOutputView target) throws IOException {
    Transport transport = event.transport;
    Retry retry = event.retry;
    target.writeByte(flags(event, transport, retry));
    writeText(event.customer, target);
    writeText(event.id, target);
    target.writeLong(event.occurredAtMillis);
    writeText(event.origin, target);
    writeBytes(event.json, target);
    if (transport != null) {
      writeBytes(transport.key, target);
      target.writeLong(transport.recordedAtMillis);
      writeBytes(transport.headers, target);
    }
    if (retry != null) {
      writeText(retry.deadLetterClass, target);
      target.writeInt(retry.attempt);
      if (retry.ruleId != null) {
        writeText(retry.ruleId, target);
      }
    }
  }

  private static int flags(
      EventRecord event, @Nullable Transport transport, @Nullable Retry retry) {
    return (transport == null ? 0 : TRANSPORT)
        | (retry == null ? 0 : RETRY)
        | (event.late ? LATE : 0)
        | (retry == null || retry.ruleId == null ? 0 : RULE_OF_RETRY)
        | (transport != null && transport.cut ? CUT : 0);
  }

  @Override
  public EventRecord deserialize(DataInputView source) throws IOException {
    int flags = source.readByte();
    EventRecord event = new EventRecord();
    event.late = (flags & LATE) != 0;
    event.customer = readText(source);
    event.id = readText(source);
    event.occurredAtMillis = source.readLong();
    event.origin = readText(source);
    byte[] json = readBytes(source);
    event.json = json == null ? event.json : json;
    if ((flags & TRANSPORT) != 0) {
      Transport transport = new Transport();
      transport.key = readBytes(source);
      transport.recordedAtMillis = source.readLong();
      transport.headers = readBytes(source);
      transport.cut = (flags & CUT) != 0;
      event.transport = transport;
    }
    if ((flags & RETRY) != 0) {
      Retry retry = new Retry();
      retry.deadLetterClass = readText(source);
      retry.attempt = source.readInt();
      retry.ruleId = (flags & RULE_OF_RETRY) != 0 ? readText(source) : null;
      event.retry = retry;
    }
    return event;
  }

  /** Arrays are not changed once they have come in, so the copy may share them. */
  @Override
  public EventRecord copy(EventRecord from) {
    EventRecord copy =
        new EventRecord(from.customer, from.id, from.occurredAtMillis, from.origin, from.json);
    copy.transport = from.transport;
    copy.retry = from.retry;
    copy.late = from.late;
    return copy;
  }

  @Override
  public EventRecord createInstance() {
    return new EventRecord();
  }

  @Override
  public TypeSerializerSnapshot<EventRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** There is one version. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<EventRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
