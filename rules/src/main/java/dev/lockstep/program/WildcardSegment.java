package dev.lockstep.program;

import dev.lockstep.sigma.TextPattern.Kind;
import dev.lockstep.sigma.TextPattern.Part;
import java.util.List;
import java.util.stream.Collectors;

/** A piece of a pattern between two {@code *}; counts in characters, not in UTF-16 units. */
abstract class WildcardSegment {

  static WildcardSegment of(List<Part> parts, boolean cased) {
    if (parts.stream().allMatch(part -> part.kind() == Kind.LITERAL)) {
      String text = parts.stream().map(Part::text).collect(Collectors.joining());
      return new Literal(cased ? text : CaseFolding.fold(text));
    }
    return new Mixed(parts, cased);
  }

  /** Where the segment ends when it begins at {@code from}, or -1 when it does not. */
  abstract int endAt(String text, int from);

  /** Where its first occurrence at or after {@code from} ends, or -1 when there is none. */
  abstract int firstEndFrom(String text, int from);

  /** Tells whether the text ends with the segment, which begins at {@code from} at the earliest. */
  abstract boolean endsTextFrom(String text, int from);

  /** The usual case: nothing but text. */
  private static final class Literal extends WildcardSegment {
    private final String literal;

    Literal(String literal) {
      this.literal = literal;
    }

    @Override
    int endAt(String text, int from) {
      return text.startsWith(literal, from) ? from + literal.length() : -1;
    }

    @Override
    int firstEndFrom(String text, int from) {
      int found = text.indexOf(literal, from);
      return found < 0 ? -1 : found + literal.length();
    }

    @Override
    boolean endsTextFrom(String text, int from) {
      return text.length() - literal.length() >= from && text.endsWith(literal);
    }
  }

  /** Text with characters among it that are free, or free within a set. */
  private static final class Mixed extends WildcardSegment {
    private final List<CharacterSet> characters;

    Mixed(List<Part> parts, boolean cased) {
      this.characters =
          parts.stream().flatMap(part -> CharacterSet.sequenceOf(part, cased)).toList();
    }

    @Override
    int endAt(String text, int from) {
      int at = from;
      for (CharacterSet character : characters) {
        if (at >= text.length()) {
          return -1;
        }
        int codePoint = text.codePointAt(at);
        if (!character.contains(codePoint)) {
          return -1;
        }
        at += Character.charCount(codePoint);
      }
      return at;
    }

    @Override
    int firstEndFrom(String text, int from) {
      for (int at = from; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
        int end = endAt(text, at);
        if (end >= 0) {
          return end;
        }
      }
      return -1;
    }

    @Override
    boolean endsTextFrom(String text, int from) {
      int start = text.length();
      for (int i = 0; i < characters.size(); i++) {
        if (start <= from) {
          return false;
        }
        start -= Character.charCount(text.codePointBefore(start));
      }
      return start >= from && endAt(text, start) == text.length();
    }
  }
}
