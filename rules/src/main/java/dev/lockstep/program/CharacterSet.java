package dev.lockstep.program;

import dev.lockstep.sigma.TextPattern.Part;
import java.util.stream.Stream;

/** What may stand in one place of a pattern: any character, or one of a few. */
record CharacterSet(boolean any, String allowed) {

  /** The places that a part of a pattern covers. */
  static Stream<CharacterSet> sequenceOf(Part part, boolean cased) {
    String text = cased ? part.text() : CaseFolding.fold(part.text());
    return switch (part.kind()) {
      case LITERAL ->
          text.codePoints().mapToObj(c -> new CharacterSet(false, Character.toString(c)));
      case ANY_CHAR -> Stream.of(new CharacterSet(true, ""));
      case ONE_OF -> Stream.of(new CharacterSet(false, text));
      case ANY_RUN -> throw new IllegalArgumentException("'*' has no fixed length");
    };
  }

  boolean contains(int codePoint) {
    return any || allowed.indexOf(codePoint) >= 0;
  }
}
