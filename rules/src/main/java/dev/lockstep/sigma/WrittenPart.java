package dev.lockstep.sigma;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a document asks, as it is written: a search identifier, a map of a list of maps, a
 * field, or one of several values. What is alone in another part is one part with it.
 *
 * @param identifier the search identifier that the part is, or belongs to
 * @param entry which map of a list of maps, from 1; 0 where there is no such list
 * @param field the key with its modifiers; null for keywords, and where there are several fields
 * @param value as it is written; null where there are several
 * @param position where it stands
 * @param detection what it asks on its own
 * @param parts what it is made of, if it is more than one
 */
public record WrittenPart(
    String identifier,
    int entry,
    @Nullable String field,
    @Nullable String value,
    Position position,
    Detection detection,
    List<WrittenPart> parts) {
  public WrittenPart {
    parts = List.copyOf(parts);
  }
}
