package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Compressed bytes, as a {@link DeliveryCodec} puts them together: the number of a format, then
 * what that format holds. Compressed as fast as can be: the bytes are short-lived, and people wait.
 */
final class BundleWire {

  private static final int BUFFER_BYTES = 64 * 1024;

  private BundleWire() {}

  /** Writes the part behind the number of the format. */
  @FunctionalInterface
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads the part behind the number of the format. */
  @FunctionalInterface
  interface Reader<T> {
    T read(int format, DataInputStream in) throws IOException;
  }

  static byte[] encode(int format, Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER_BYTES);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FastGzip(bytes), BUFFER_BYTES))) {
      out.writeByte(format);
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param what these bytes should be, as "bundle"
   * @throws IllegalArgumentException if they are damaged
   */
  static <T> T decode(String what, ByteBuffer encoded, Reader<T> reader) {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(
                new GZIPInputStream(bytesOf(encoded), BUFFER_BYTES), BUFFER_BYTES))) {
      T value = reader.read(in.readByte(), in);
      // The checksum is compared only at the very end, so reading must get there.
      if (in.read() >= 0) {
        throw new IOException("there are bytes behind its end");
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "not an encoded %s: %s".formatted(what, e.getMessage()), e);
    }
  }

  private static InputStream bytesOf(ByteBuffer encoded) {
    int start = encoded.arrayOffset() + encoded.position();
    return new ByteArrayInputStream(encoded.array(), start, encoded.remaining());
  }

  static void writeDocuments(DataOutputStream out, List<RuleDocument> documents)
      throws IOException {
    out.writeInt(documents.size());
    for (RuleDocument document : documents) {
      writeText(out, document.path());
      writeText(out, document.text());
    }
  }

  static List<RuleDocument> readDocuments(DataInputStream in) throws IOException {
    int count = readCount(in, "documents");
    List<RuleDocument> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      documents.add(new RuleDocument(readText(in), readText(in)));
    }
    return documents;
  }

  static int readCount(DataInputStream in, String what) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException("it says that it holds %d %s".formatted(count, what));
    }
    return count;
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("it says that a text has " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it ends within a text");
    }
    return new String(bytes, UTF_8);
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
