package dev.lockstep.connector.files;

import dev.lockstep.connector.files.FilesState.BegunFile;
import dev.lockstep.connector.files.FoundFile.Stamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Version 1 of the search's state: 32 bytes for each file that has been taken. */
final class FilesStateSerializer implements SimpleVersionedSerializer<FilesState> {

  private static final int VERSION = 1;
  private static final int BYTES_OF_KNOWN = 4 * Long.BYTES;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(FilesState state) throws IOException {
    DataOutputSerializer out =
        new DataOutputSerializer(1024 + state.known().size() * BYTES_OF_KNOWN);
    out.writeLong(state.forgottenUntilMillis());
    out.writeInt(state.known().size());
    for (Map.Entry<FileKey, Stamp> known : state.known().entrySet()) {
      out.writeLong(known.getKey().high());
      out.writeLong(known.getKey().low());
      out.writeLong(known.getValue().size());
      out.writeLong(known.getValue().modifiedMillis());
    }
    out.writeInt(state.begun().size());
    for (BegunFile begun : state.begun()) {
      FileWire.write(begun.file(), out);
      out.writeLong(begun.next());
    }
    out.writeInt(state.ready().size());
    for (FilePart part : state.ready()) {
      FileWire.write(part, out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public FilesState deserialize(int version, byte[] bytes) throws IOException {
    if (version != VERSION) {
      throw new IOException("the state of files must be of version 1, was of version " + version);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    long forgottenUntilMillis = in.readLong();
    Map<FileKey, Stamp> known = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      known.put(new FileKey(in.readLong(), in.readLong()), new Stamp(in.readLong(), in.readLong()));
    }
    List<BegunFile> begun = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      begun.add(new BegunFile(FileWire.file(in), in.readLong()));
    }
    List<FilePart> ready = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      ready.add(FileWire.part(in));
    }
    return new FilesState(known, forgottenUntilMillis, begun, ready);
  }
}
