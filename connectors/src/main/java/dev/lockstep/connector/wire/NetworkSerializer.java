package dev.lockstep.connector.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes records for the network, from one task to the next. It goes without what a POJO's
 * serializer does for each field of each record: look it up by reflection, and write a text by its
 * characters.
 *
 * <p>For the network alone: in state records are POJOs, whose fields can change between versions.
 */
abstract class NetworkSerializer<T> extends TypeSerializerSingleton<T> {

  private static final long serialVersionUID = 1L;
  private static final int NOT_LATIN = -1;
  private static final int NO_BYTES = -1;

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public int getLength() {
    return -1;
  }

  static void writeText(String text, DataOutputView target) throws IOException {
    if (!isLatin(text)) {
      target.writeInt(NOT_LATIN);
      StringValue.writeString(text, target);
      return;
    }
    byte[] bytes = text.getBytes(ISO_8859_1);
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  private static boolean isLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  static String readText(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length == NOT_LATIN) {
      return StringValue.readString(source);
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return new String(bytes, ISO_8859_1);
  }

  static void writeBytes(byte @Nullable [] bytes, DataOutputView target) throws IOException {
    if (bytes == null) {
      target.writeInt(NO_BYTES);
      return;
    }
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  static byte @Nullable [] readBytes(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length == NO_BYTES) {
      return null;
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }
}
