package dev.lockstep.connector.latest;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1 of the enumerator's state: one byte that tells whether a reader has the split. */
final class AssignmentSerializer implements SimpleVersionedSerializer<Boolean> {

  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(Boolean assigned) {
    return new byte[] {(byte) (assigned ? 1 : 0)};
  }

  @Override
  public Boolean deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION || bytes.length != 1) {
      throw new IOException(
          "assignment must be of version " + VERSION + " and one byte, was of version " + version);
    }
    return bytes[0] == 1;
  }
}
