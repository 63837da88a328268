package dev.lockstep.explain;

import dev.lockstep.program.EventInquiry.Found;
import org.jspecify.annotations.Nullable;

/**
 * One test of a field's values, or of all strings of an event.
 *
 * @param by the value that made it true; null when it is false, or true because of what is absent
 * @param hint why a value that fails may have been meant; null when nothing comes to mind
 */
public record Test(Phrase phrase, boolean holds, @Nullable Found by, @Nullable String hint)
    implements Part {

  @Override
  public boolean hasHint() {
    return hint != null;
  }
}
