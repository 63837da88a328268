package dev.lockstep.connector.files;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Files and their parts as bytes, in version 1 of both serializers. */
final class FileWire {

  private FileWire() {}

  static void write(FilePart part, DataOutputSerializer out) throws IOException {
    write(part.file(), out);
    out.writeLong(part.from());
    out.writeLong(part.until());
    out.writeLong(part.position());
    out.writeUTF(part.note());
  }

  static FilePart part(DataInputDeserializer in) throws IOException {
    return new FilePart(file(in), in.readLong(), in.readLong(), in.readLong(), in.readUTF());
  }

  static void write(FoundFile file, DataOutputSerializer out) throws IOException {
    out.writeUTF(file.source());
    out.writeInt(file.pattern());
    out.writeUTF(file.path());
    out.writeUTF(file.below());
    out.writeUTF(file.customer());
    out.writeLong(file.stamp().size());
    out.writeLong(file.stamp().modifiedMillis());
  }

  static FoundFile file(DataInputDeserializer in) throws IOException {
    return new FoundFile(
        in.readUTF(),
        in.readInt(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        new FoundFile.Stamp(in.readLong(), in.readLong()));
  }
}
