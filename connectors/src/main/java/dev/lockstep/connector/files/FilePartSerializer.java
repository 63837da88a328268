package dev.lockstep.connector.files;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What a checkpoint keeps of a part. */
final class FilePartSerializer implements SimpleVersionedSerializer<FilePart> {

  private static final int VERSION = 1;
  private static final int TYPICAL_BYTES = 256;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FilePart part) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(TYPICAL_BYTES);
    FileWire.write(part, out);
    return out.getCopyOfBuffer();
  }

  @Override
  public FilePart deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("a part of a file must be of version 1, was of version " + version);
    }
    return FileWire.part(new DataInputDeserializer(bytes));
  }
}
