package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** How Zeek writes texts: what would be mistaken for a separator is {@code \xHH}. */
final class ZeekText {

  private ZeekText() {}

  /** Undoes {@code \xHH}, which are bytes of UTF-8, and {@code \\}. */
  static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int at = 0;
    while (at < text.length()) {
      int escape = text.indexOf('\\', at);
      escape = escape < 0 ? text.length() : escape;
      bytes.writeBytes(text.substring(at, escape).getBytes(UTF_8));
      at = escape;
      if (at < text.length()) {
        int value = at + 3 < text.length() && text.charAt(at + 1) == 'x' ? hex(text, at + 2) : -1;
        boolean backslash = at + 1 < text.length() && text.charAt(at + 1) == '\\';
        bytes.write(value >= 0 ? value : '\\');
        at += value >= 0 ? 4 : backslash ? 2 : 1;
      }
    }
    return bytes.toString(UTF_8);
  }

  static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
      parts.add(text.substring(from, to));
      from = to + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static int hex(String text, int at) {
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
