package dev.lockstep.connector.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes alerts for the network. */
public final class AlertRecordSerializer extends NetworkSerializer<AlertRecord> {

  static final AlertRecordSerializer INSTANCE = new AlertRecordSerializer();

  private static final long serialVersionUID = 1L;

  private static final int LIMIT = 1;
  private static final int EXPONENTIAL = 1 << 1;

  @Override
  public void serialize(AlertRecord alert, DataOutputView target) throws IOException {
    AlertLimit limit = alert.limit;
    target.writeByte(limit == null ? 0 : limit.exponential ? LIMIT | EXPONENTIAL : LIMIT);
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
    return alert;
  }

  /** Arrays and limits are not changed once they are made, so the copy may share them. */
  @Override
  public AlertRecord copy(AlertRecord from) {
    AlertRecord copy =
        new AlertRecord(from.alertId, from.customer, from.ruleId, from.lane, from.json);
    copy.limit = from.limit;
    copy.waitedUntilMillis = from.waitedUntilMillis;
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
