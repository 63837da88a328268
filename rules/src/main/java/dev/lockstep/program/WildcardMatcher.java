package dev.lockstep.program;

import dev.lockstep.sigma.TextPattern;
import dev.lockstep.sigma.TextPattern.Kind;
import dev.lockstep.sigma.TextPattern.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Matches whole texts against a pattern without ever going back.
 *
 * <p>The pattern is cut at its {@code *} into segments of known length. The first must begin the
 * text and the last must end it; each between is best taken where it occurs first, for that leaves
 * the most text to the others. So the time is at most the length of the text times that of the
 * pattern.
 */
final class WildcardMatcher {
  private final List<WildcardSegment> segments;

  private WildcardMatcher(List<WildcardSegment> segments) {
    this.segments = List.copyOf(segments);
  }

  /** The texts to match must be folded unless {@code cased}. */
  static WildcardMatcher of(TextPattern pattern, boolean cased) {
    List<WildcardSegment> segments = new ArrayList<>();
    List<Part> current = new ArrayList<>();
    for (Part part : pattern.parts()) {
      if (part.kind() == Kind.ANY_RUN) {
        segments.add(WildcardSegment.of(current, cased));
        current.clear();
      } else {
        current.add(part);
      }
    }
    segments.add(WildcardSegment.of(current, cased));
    return new WildcardMatcher(segments);
  }

  boolean matches(String text) {
    WildcardSegment first = segments.get(0);
    int at = first.endAt(text, 0);
    if (segments.size() == 1) {
      return at == text.length();
    }
    for (int i = 1; i < segments.size() - 1 && at >= 0; i++) {
      at = segments.get(i).firstEndFrom(text, at);
    }
    return at >= 0 && segments.get(segments.size() - 1).endsTextFrom(text, at);
  }
}
