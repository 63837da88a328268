package dev.lockstep.connector.wire;

import dev.lockstep.alert.AlertHead;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes alerts for the network. */
public final class AlertRecordSerializer extends NetworkSerializer<AlertRecord> {

  static final AlertRecordSerializer INSTANCE = new AlertRecordSerializer();

  private static final long serialVersionUID = 1L;

  private static final int LIMIT = 1;
  private static final int EXPONENTIAL = 1 << 1;
  private static final int HEAD = 1 << 2;
  private static final int LEVEL = 1 << 3;
  private static final int STATUS = 1 << 4;
  private static final int SHADOW_ONLY = 1 << 5;

  @Override
  public void serialize(AlertRecord alert, DataOutputView target) throws IOException {
    AlertLimit limit = alert.limit;
    AlertHead head = alert.head;
    target.writeByte(flags(limit, head));
    writeText(alert.alertId, target);
    writeText(alert.customer, target);
    writeText(alert.ruleId, target);
    writeText(alert.lane, target);
    writeBytes(alert.json, target);
    target.writeLong(alert.waitedUntilMillis);
    if (limit != null) {
      writeText(limit.key, target);
      target.writeLong(limit.atMillis);
      target.writeLong(limit.periodMillis);
      target.writeInt(limit.max);
    }
    if (head != null) {
      writeHead(head, target);
    }
  }

  private static int flags(@Nullable AlertLimit limit, @Nullable AlertHead head) {
    return (limit == null ? 0 : LIMIT)
        | (limit != null && limit.exponential ? EXPONENTIAL : 0)
        | (head == null ? 0 : HEAD)
        | (head == null || head.ruleLevel() == null ? 0 : LEVEL)
        | (head == null || head.ruleStatus() == null ? 0 : STATUS)
        | (head != null && head.shadowOnly() ? SHADOW_ONLY : 0);
  }

  /** Customer and rule are in the record already. */
  private static void writeHead(AlertHead head, DataOutputView target) throws IOException {
    target.writeLong(head.occurredAt().toEpochMilli());
    writeText(head.eventId(), target);
    target.writeInt(head.routingAt());
    if (head.ruleLevel() != null) {
      writeText(head.ruleLevel(), target);
    }
    if (head.ruleStatus() != null) {
      writeText(head.ruleStatus(), target);
    }
  }

  @Override
  public AlertRecord deserialize(DataInputView source) throws IOException {
    int flags = source.readByte();
    AlertRecord alert = new AlertRecord();
    alert.alertId = readText(source);
    alert.customer = readText(source);
    alert.ruleId = readText(source);
    alert.lane = readText(source);
    byte[] json = readBytes(source);
    alert.json = json == null ? alert.json : json;
    alert.waitedUntilMillis = source.readLong();
    if ((flags & LIMIT) != 0) {
      AlertLimit limit = new AlertLimit();
      limit.key = readText(source);
      limit.atMillis = source.readLong();
      limit.periodMillis = source.readLong();
      limit.max = source.readInt();
      limit.exponential = (flags & EXPONENTIAL) != 0;
      alert.limit = limit;
    }
    if ((flags & HEAD) != 0) {
      alert.head = readHead(alert, flags, source);
    }
    return alert;
  }

  private static AlertHead readHead(AlertRecord alert, int flags, DataInputView source)
      throws IOException {
    Instant occurredAt = Instant.ofEpochMilli(source.readLong());
    String eventId = readText(source);
    int routingAt = source.readInt();
    String level = (flags & LEVEL) == 0 ? null : readText(source);
    String status = (flags & STATUS) == 0 ? null : readText(source);
    boolean shadowOnly = (flags & SHADOW_ONLY) != 0;
    return new AlertHead(
        alert.customer, occurredAt, alert.ruleId, level, status, shadowOnly, eventId, routingAt);
  }

  /** Arrays, limits and heads are not changed once they are made, so the copy may share them. */
  @Override
  public AlertRecord copy(AlertRecord from) {
    AlertRecord copy =
        new AlertRecord(from.alertId, from.customer, from.ruleId, from.lane, from.json);
    copy.limit = from.limit;
    copy.waitedUntilMillis = from.waitedUntilMillis;
    copy.head = from.head;
    return copy;
  }

  @Override
  public AlertRecord createInstance() {
    return new AlertRecord();
  }

  @Override
  public TypeSerializerSnapshot<AlertRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** There is one version. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AlertRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
