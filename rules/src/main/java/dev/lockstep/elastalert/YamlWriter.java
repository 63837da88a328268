package dev.lockstep.elastalert;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes documents as a person would: in blocks, short lists on one line, quotes where needed. */
final class YamlWriter {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_./(]([A-Za-z0-9_./()@=+'| -]*[A-Za-z0-9_./()@=+'|-])?");
  private static final Pattern PLAIN_IN_BLOCK =
      Pattern.compile("[A-Za-z0-9_./(]([A-Za-z0-9_./()@=+'| ,;%!\"-]*[A-Za-z0-9_./()@=+'|%!-])?");
  private static final Pattern NUMERIC = Pattern.compile("[-+.]?[0-9][-+.0-9eE_:]*|0[xXoO].*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();

  /** A map or list to write on one line. */
  record Flow(Object value) {}

  private YamlWriter() {}

  /** The text of a document, of maps, lists, {@link Value}s, {@link Flow}s and text. */
  static String write(Map<String, ?> document) {
    YamlWriter writer = new YamlWriter();
    writer.map(document, "");
    return writer.text.toString();
  }

  private void map(Map<?, ?> members, String indent) {
    boolean first = true;
    for (Map.Entry<?, ?> member : members.entrySet()) {
      text.append(first && indent.endsWith("- ") ? "" : spaces(indent));
      text.append(scalar(String.valueOf(member.getKey()), PLAIN)).append(':');
      value(member.getValue(), spaces(indent));
      first = false;
    }
  }

  /** The indent of a list's entry with blanks for its dash. */
  private static String spaces(String indent) {
    return indent.replace('-', ' ');
  }

  private void value(Object value, String indent) {
    if (value instanceof Map<?, ?> members) {
      text.append('\n');
      map(members, indent + INDENT);
    } else if (value instanceof List<?> items) {
      text.append('\n');
      items.forEach(item -> item(item, indent + INDENT));
    } else if (value instanceof String lines && isLiteral(lines)) {
      text.append(" |-\n");
      lines
          .lines()
          .forEach(line -> text.append(line.isEmpty() ? "" : indent + INDENT + line).append('\n'));
    } else {
      text.append(' ').append(block(value)).append('\n');
    }
  }

  private static String block(Object value) {
    return value instanceof String written ? scalar(written, PLAIN_IN_BLOCK) : flow(value);
  }

  private void item(Object item, String indent) {
    text.append(indent).append("- ");
    if (item instanceof Map<?, ?> members) {
      map(members, indent + "- ");
    } else {
      text.append(flow(item)).append('\n');
    }
  }

  private static String flow(Object value) {
    if (value instanceof Flow flow) {
      return flow(flow.value());
    }
    if (value instanceof Value scalar) {
      return scalar.kind() == Value.Kind.TEXT ? scalar(scalar.text(), PLAIN) : scalar.text();
    }
    List<String> parts = new ArrayList<>();
    if (value instanceof Map<?, ?> members) {
      members.forEach(
          (key, member) -> parts.add(scalar(String.valueOf(key), PLAIN) + ": " + flow(member)));
      return "{" + String.join(", ", parts) + "}";
    }
    if (value instanceof List<?> items) {
      items.forEach(item -> parts.add(flow(item)));
      return "[" + String.join(", ", parts) + "]";
    }
    return value instanceof String written ? scalar(written, PLAIN) : String.valueOf(value);
  }

  private static boolean isLiteral(String lines) {
    return lines.indexOf('\n') > 0
        && !lines.startsWith(" ")
        && lines.equals(lines.strip())
        && lines.chars().allMatch(c -> c == '\n' || isPrintable((char) c));
  }

  private static String scalar(String written, Pattern plain) {
    if (plain.matches(written)
        && !NUMERIC.matches(written)
        && !WORDS.contains(written.toLowerCase(Locale.ROOT))) {
      return written;
    }
    return written.chars().allMatch(c -> isPrintable((char) c))
        ? "'" + written.replace("'", "''") + "'"
        : doubleQuoted(written);
  }

  private static boolean isPrintable(char c) {
    return (c >= ' ' && c <= '~')
        || (c >= 0xA1 && c < 0x2000 && c != 0xAD)
        || (c >= 0x3000 && c < 0xD800);
  }

  private static String doubleQuoted(String written) {
    StringBuilder quoted = new StringBuilder("\"");
    written.codePoints().forEach(c -> append(quoted, c));
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int c) {
    if (c == '"' || c == '\\') {
      quoted.append('\\').append((char) c);
    } else if (c == '\n' || c == '\t') {
      quoted.append(c == '\n' ? "\\n" : "\\t");
    } else if (Character.isBmpCodePoint(c) && isPrintable((char) c)) {
      quoted.append((char) c);
    } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
      // half a pair is no text
      quoted.append("\\uFFFD");
    } else {
      quoted.append("\\U%08X".formatted(c));
    }
  }
}
