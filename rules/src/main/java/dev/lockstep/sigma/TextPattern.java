package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Sigma string: literal text and wildcards that together must cover a whole value (Sigma
 * specification, "Wildcard" and "Escaping"). Neighbouring literals are one part.
 */
public record TextPattern(List<Part> parts) {

  /** The kinds of part. */
  public enum Kind {
    /** Exactly the text. */
    LITERAL,
    /** {@code *}: any text, also none. */
    ANY_RUN,
    /** {@code ?}: one character. */
    ANY_CHAR,
    /** One character out of the text, which is how {@code windash} is kept. */
    ONE_OF
  }

  /** A piece of a pattern; {@code text} is empty for wildcards. */
  public record Part(Kind kind, String text) {
    static final Part ANY_RUN = new Part(Kind.ANY_RUN, "");
    static final Part ANY_CHAR = new Part(Kind.ANY_CHAR, "");
  }

  public TextPattern {
    parts = List.copyOf(parts);
  }

  /** Reads rule text, in which a backslash escapes {@code *}, {@code ?} and itself only. */
  public static TextPattern parse(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escapes =
          c == '\\' && i + 1 < text.length() && "*?\\".indexOf(text.charAt(i + 1)) >= 0;
      if (escapes) {
        i++;
        literal.append(text.charAt(i));
      } else if (c == '*' || c == '?') {
        flush(literal, parts);
        parts.add(c == '*' ? Part.ANY_RUN : Part.ANY_CHAR);
      } else {
        literal.append(c);
      }
    }
    flush(literal, parts);
    return new TextPattern(parts);
  }

  /** A pattern without wildcards, whatever characters the text has. */
  static TextPattern literal(String text) {
    return new TextPattern(text.isEmpty() ? List.of() : List.of(new Part(Kind.LITERAL, text)));
  }

  static void flush(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Part(Kind.LITERAL, literal.toString()));
      literal.setLength(0);
    }
  }

  /** Tells whether only one text fits, but for its case. */
  public boolean isLiteral() {
    return parts.stream().allMatch(part -> part.kind() == Kind.LITERAL);
  }

  /** The literal parts, joined. */
  public String literalText() {
    return parts.stream()
        .filter(part -> part.kind() == Kind.LITERAL)
        .map(Part::text)
        .collect(Collectors.joining());
  }

  TextPattern openStart() {
    if (!parts.isEmpty() && parts.get(0).kind() == Kind.ANY_RUN) {
      return this;
    }
    List<Part> opened = new ArrayList<>(parts);
    opened.add(0, Part.ANY_RUN);
    return new TextPattern(opened);
  }

  TextPattern openEnd() {
    if (!parts.isEmpty() && parts.get(parts.size() - 1).kind() == Kind.ANY_RUN) {
      return this;
    }
    List<Part> opened = new ArrayList<>(parts);
    opened.add(Part.ANY_RUN);
    return new TextPattern(opened);
  }
}
