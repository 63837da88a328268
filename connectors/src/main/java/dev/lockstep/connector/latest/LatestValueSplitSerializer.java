package dev.lockstep.connector.latest;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: one byte that tells whether there is a value, then the value to the end. */
final class LatestValueSplitSerializer implements SimpleVersionedSerializer<LatestValueSplit> {

  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(LatestValueSplit split) {
    byte[] value = split.value();
    if (value == null) {
      return new byte[] {0};
    }
    byte[] bytes = new byte[value.length + 1];
    bytes[0] = 1;
    System.arraycopy(value, 0, bytes, 1, value.length);
    return bytes;
  }

  @Override
  public LatestValueSplit deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION || bytes.length == 0) {
      throw new IOException(
          "split must be of version " + VERSION + " and not empty, was of version " + version);
    }
    return new LatestValueSplit(bytes[0] == 0 ? null : Arrays.copyOfRange(bytes, 1, bytes.length));
  }
}
