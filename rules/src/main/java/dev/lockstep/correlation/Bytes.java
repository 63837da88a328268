package dev.lockstep.correlation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How what is known of groups is written; each piece begins with the version of its form. What
 * older versions wrote is read; {@code StateFormsTest} has all of them.
 */
final class Bytes {

  /** In the first version the pieces of a log were never part of what a machine writes. */
  static final int SHORT_LOGS_INSIDE = 2;

  private static final int VERSION = SHORT_LOGS_INSIDE;

  /** So many characters are at most 65535 bytes. */
  static final int TEXT_PIECE = 0xFFFF / 3;

  private Bytes() {}

  /** Writes parts of a piece. */
  @FunctionalInterface
  interface Writing {
    void to(PieceWriter out);
  }

  /** Reads parts of a piece. */
  @FunctionalInterface
  interface Reading<R> {
    R from(PieceReader in);
  }

  static byte[] write(Writing writing) {
    PieceWriter out = new PieceWriter();
    out.writeByte(VERSION);
    writing.to(out);
    return out.toBytes();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalStateException if a later version wrote it
   */
  static <R> R read(byte[] bytes, Reading<R> reading) {
    PieceReader in = new PieceReader(bytes);
    try {
      checkVersion(in);
      return reading.from(in);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalStateException("State of a correlation ends too early", e);
    }
  }

  private static void checkVersion(PieceReader in) {
    int version = in.readByte();
    if (version < 1 || version > VERSION) {
      throw new IllegalStateException(
          "state of a correlation is of version %d, this engine knows those up to %d"
              .formatted(version, VERSION));
    }
    in.version(version);
  }

  static byte[] ofOccurrences(List<Occurrence> occurrences) {
    return write(out -> writeAll(occurrences, out));
  }

  /** Reads what {@link #ofOccurrences} wrote, or several such pieces one after the other. */
  static List<Occurrence> toOccurrences(byte[] bytes) {
    return read(
        bytes,
        in -> {
          List<Occurrence> all = readAll(in);
          while (in.hasMore()) {
            checkVersion(in);
            all.addAll(readAll(in));
          }
          return all;
        });
  }

  /** Two pieces of occurrences, one after the other. */
  static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** The earliest time in what {@link #toOccurrences} reads. */
  static long earliestOf(byte[] bytes) {
    return read(
        bytes,
        in -> {
          long earliest = earliestOfPiece(in);
          while (in.hasMore()) {
            checkVersion(in);
            earliest = Math.min(earliest, earliestOfPiece(in));
          }
          return earliest;
        });
  }

  private static long earliestOfPiece(PieceReader in) {
    long earliest = Long.MAX_VALUE;
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      earliest = Math.min(earliest, in.readLong());
      in.skip(Byte.BYTES);
      skipText(in);
      int values = in.readByte();
      for (int value = 0; value < values; value++) {
        skipText(in);
      }
      skipText(in);
    }
    return earliest;
  }

  static void writeAll(List<Occurrence> occurrences, PieceWriter out) {
    out.writeInt(occurrences.size());
    for (Occurrence occurrence : occurrences) {
      write(occurrence, out);
    }
  }

  static List<Occurrence> readAll(PieceReader in) {
    int size = in.readInt();
    List<Occurrence> occurrences = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      occurrences.add(readOccurrence(in));
    }
    return occurrences;
  }

  static void write(Occurrence occurrence, PieceWriter out) {
    out.writeLong(occurrence.atMillis());
    out.writeByte(occurrence.member());
    writeText(occurrence.id(), out);
    writeTexts(occurrence.values(), out);
    writeText(occurrence.evidence(), out);
  }

  static Occurrence readOccurrence(PieceReader in) {
    long at = in.readLong();
    int member = in.readByte();
    String id = readText(in);
    List<String> values = readTexts(in);
    return new Occurrence(at, id, member, values, readText(in));
  }

  static void writeTexts(List<String> texts, PieceWriter out) {
    out.writeByte(texts.size());
    for (String text : texts) {
      writeText(text, out);
    }
  }

  static List<String> readTexts(PieceReader in) {
    int size = in.readByte();
    if (size == 0) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(readText(in));
    }
    return texts;
  }

  /** Texts come from events: they can be longer than one piece of UTF allows. */
  static void writeText(String text, PieceWriter out) {
    int length = text.length();
    out.writeInt(length);
    if (length <= TEXT_PIECE) {
      if (length > 0) {
        out.writeUtf(text);
      }
      return;
    }
    for (int at = 0; at < length; at += TEXT_PIECE) {
      out.writeUtf(text.substring(at, Math.min(length, at + TEXT_PIECE)));
    }
  }

  static String readText(PieceReader in) {
    int length = in.readInt();
    if (length <= TEXT_PIECE) {
      return length == 0 ? "" : readPiece(in, length);
    }
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append(readPiece(in, Math.min(TEXT_PIECE, length - text.length())));
    }
    return text.toString();
  }

  private static String readPiece(PieceReader in, int characters) {
    int bytes = in.readUnsignedShort();
    return in.readUtf(bytes, bytes == characters);
  }

  private static void skipText(PieceReader in) {
    int length = in.readInt();
    for (int at = 0; at < length; at += TEXT_PIECE) {
      in.skip(in.readUnsignedShort());
    }
  }

  static void writeNumber(BigDecimal number, PieceWriter out) {
    out.writeUtf(number.toString());
  }

  static BigDecimal readNumber(PieceReader in) {
    return new BigDecimal(in.readUtf(in.readUnsignedShort(), /* plain= */ true));
  }
}
