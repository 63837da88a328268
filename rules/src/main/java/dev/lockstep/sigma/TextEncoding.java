package dev.lockstep.sigma;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Literal text on its way through the encoding modifiers.
 *
 * <p>Bytes that are not Base64 in the end are matched one character for one byte, which is how
 * UTF-16 shows up in a log of Latin text: with NUL characters between.
 */
final class TextEncoding {
  private static final byte[] LITTLE_ENDIAN_MARK = {(byte) 0xFF, (byte) 0xFE};

  private final byte[] bytes;
  private final boolean wide;

  private TextEncoding(byte[] bytes, boolean wide) {
    this.bytes = bytes;
    this.wide = wide;
  }

  static TextEncoding of(String text) {
    return new TextEncoding(text.getBytes(UTF_8), false);
  }

  /** Returns the texts that the modifier makes of this one: three for {@code base64offset}. */
  List<TextEncoding> apply(Modifier modifier) {
    return switch (modifier) {
      case WIDE, UTF16LE -> List.of(new TextEncoding(text().getBytes(UTF_16LE), true));
      case UTF16BE -> List.of(new TextEncoding(text().getBytes(UTF_16BE), true));
      case UTF16 -> List.of(new TextEncoding(marked(text().getBytes(UTF_16LE)), true));
      case BASE64 -> List.of(of(Base64.getEncoder().encodeToString(bytes)));
      case BASE64OFFSET -> List.of(atOffset(0), atOffset(1), atOffset(2));
      default -> throw new IllegalArgumentException(modifier + " encodes nothing");
    };
  }

  /** The text as it is looked for. */
  String text() {
    return new String(bytes, wide ? ISO_8859_1 : UTF_8);
  }

  /**
   * The Base64 digits that depend on this text alone when it begins {@code offset} bytes into a
   * group of three.
   */
  private TextEncoding atOffset(int offset) {
    byte[] shifted = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, shifted, offset, bytes.length);
    String digits = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int from = offset == 0 ? 0 : offset + 1;
    // The last digit of an unfinished group holds bits of whatever follows.
    int to = digits.length() - (shifted.length % 3 == 0 ? 0 : 1);
    return of(digits.substring(Math.min(from, to), to));
  }

  private static byte[] marked(byte[] encoded) {
    byte[] marked = Arrays.copyOf(LITTLE_ENDIAN_MARK, LITTLE_ENDIAN_MARK.length + encoded.length);
    System.arraycopy(encoded, 0, marked, LITTLE_ENDIAN_MARK.length, encoded.length);
    return marked;
  }

  static List<TextEncoding> applyToAll(List<TextEncoding> texts, Modifier modifier) {
    List<TextEncoding> encoded = new ArrayList<>();
    texts.forEach(text -> encoded.addAll(text.apply(modifier)));
    return encoded;
  }
}
