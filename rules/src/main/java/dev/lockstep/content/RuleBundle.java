package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.digest.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A whole set of rule documents, applied whole or not at all.
 *
 * @param documents in order of path, no path twice
 */
public record RuleBundle(List<RuleDocument> documents) {

  private static final int FORMAT = 1;
  private static final int VERSION_BYTES = 8;

  public RuleBundle {
    documents = documents.stream().sorted(Comparator.comparing(RuleDocument::path)).toList();
    for (int i = 1; i < documents.size(); i++) {
      if (documents.get(i).path().equals(documents.get(i - 1).path())) {
        throw new IllegalArgumentException(
            "a bundle must not hold a path twice: " + documents.get(i).path());
      }
    }
  }

  /** The bundle's version: a hash of its content, so that equal content has equal versions. */
  public String version() {
    List<String> parts = new ArrayList<>();
    for (RuleDocument document : documents) {
      parts.add(document.path());
      parts.add(document.text());
    }
    return Sha256.hexOfParts(parts, VERSION_BYTES);
  }

  /** Returns the compressed form that travels in the control stream and lies in state. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      out.writeByte(FORMAT);
      out.writeInt(documents.size());
      for (RuleDocument document : documents) {
        writeText(out, document.path());
        writeText(out, document.text());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote, in this version or an earlier one.
   *
   * @throws IllegalArgumentException if the bytes are not an encoded bundle
   */
  public static RuleBundle decode(byte[] encoded) {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(encoded)))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalArgumentException("bundle format must be " + FORMAT + ", was " + format);
      }
      List<RuleDocument> documents = readDocuments(in);
      // The checksum is compared only at the very end, so reading must get there.
      if (in.read() >= 0) {
        throw new IOException("there are bytes behind its end");
      }
      return new RuleBundle(documents);
    } catch (IOException e) {
      throw new IllegalArgumentException("not an encoded bundle: " + e.getMessage(), e);
    }
  }

  private static List<RuleDocument> readDocuments(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new IOException("it says that it holds " + count + " documents");
    }
    List<RuleDocument> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      documents.add(new RuleDocument(readText(in), readText(in)));
    }
    return documents;
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
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
}
