package dev.lockstep.correlation;

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

  /** So many characters are at most 65535 bytes. */
  private static final int TEXT_PIECE = 0xFFFF / 3;

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
      checkVersion(in);
      return reading.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException("State of a correlation cannot be read", e);
    }
  }

  private static void checkVersion(DataInputStream in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException(
          "state of a correlation is of version %d, this engine knows %d"
              .formatted(version, VERSION));
    }
  }

  static byte[] ofOccurrences(List<Occurrence> occurrences) {
    return write(out -> writeAll(occurrences, out));
  }

  /** Reads what {@link #ofOccurrences} wrote, or several such pieces one after the other. */
  static List<Occurrence> toOccurrences(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<Occurrence> all = new ArrayList<>();
      while (in.available() > 0) {
        checkVersion(in);
        all.addAll(readAll(in));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("State of a correlation cannot be read", e);
    }
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
    writeText(occurrence.id(), out);
    writeTexts(occurrence.values(), out);
    writeText(occurrence.evidence(), out);
  }

  static Occurrence readOccurrence(DataInputStream in) throws IOException {
    long at = in.readLong();
    int member = in.readByte();
    String id = readText(in);
    List<String> values = readTexts(in);
    return new Occurrence(at, id, member, values, readText(in));
  }

  static void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeByte(texts.size());
    for (String text : texts) {
      writeText(text, out);
    }
  }

  static List<String> readTexts(DataInputStream in) throws IOException {
    int size = in.readByte();
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(readText(in));
    }
    return texts;
  }

  /** Texts come from events: they can be longer than one call of {@code writeUTF} allows. */
  static void writeText(String text, DataOutputStream out) throws IOException {
    out.writeInt(text.length());
    for (int at = 0; at < text.length(); at += TEXT_PIECE) {
      out.writeUTF(text.substring(at, Math.min(text.length(), at + TEXT_PIECE)));
    }
  }

  static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append(in.readUTF());
    }
    return text.toString();
  }
}
