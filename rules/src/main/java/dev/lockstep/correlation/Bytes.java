package dev.lockstep.correlation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** How what is known of groups is written; each piece begins with the version of its form. */
final class Bytes {
  private static final int VERSION = 1;

  private Bytes() {}

  /** Writes parts of a piece. */
  @FunctionalInterface
  interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /** Reads parts of a piece. */
  @FunctionalInterface
  interface Reading<R> {
    R from(DataInputStream in) throws IOException;
  }

  static byte[] write(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalStateException if a later version wrote it
   */
  static <R> R read(byte[] bytes, Reading<R> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException(
            "state of a correlation is of version %d, this engine knows %d"
                .formatted(version, VERSION));
      }
      return reading.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException("State of a correlation cannot be read", e);
    }
  }

  static byte[] ofOccurrences(List<Occurrence> occurrences) {
    return write(out -> writeAll(occurrences, out));
  }

  static List<Occurrence> toOccurrences(byte[] bytes) {
    return read(bytes, Bytes::readAll);
  }

  static void writeAll(List<Occurrence> occurrences, DataOutputStream out) throws IOException {
    out.writeInt(occurrences.size());
    for (Occurrence occurrence : occurrences) {
      write(occurrence, out);
    }
  }

  static List<Occurrence> readAll(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<Occurrence> occurrences = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      occurrences.add(readOccurrence(in));
    }
    return occurrences;
  }

  static void write(Occurrence occurrence, DataOutputStream out) throws IOException {
    out.writeLong(occurrence.atMillis());
    out.writeByte(occurrence.member());
    out.writeUTF(occurrence.id());
    writeTexts(occurrence.values(), out);
    byte[] evidence = occurrence.evidence().getBytes(UTF_8);
    out.writeInt(evidence.length);
    out.write(evidence);
  }

  static Occurrence readOccurrence(DataInputStream in) throws IOException {
    long at = in.readLong();
    int member = in.readByte();
    String id = in.readUTF();
    List<String> values = readTexts(in);
    return new Occurrence(at, id, member, values, new String(in.readNBytes(in.readInt()), UTF_8));
  }

  static void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeByte(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  static List<String> readTexts(DataInputStream in) throws IOException {
    int size = in.readByte();
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(in.readUTF());
    }
    return texts;
  }
}
