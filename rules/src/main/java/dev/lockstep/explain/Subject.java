package dev.lockstep.explain;

import dev.lockstep.event.FieldValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tests look at.
 *
 * @param field the field as the rule names it; null when every string and number of the event is
 *     searched
 * @param present whether the event has the field
 * @param values the first values, of which long ones are cut; none of a field that is absent, an
 *     object or an empty list, and none of a search
 * @param moreValues how many values there are besides
 * @param hint where the event may have the absent field; null when nothing comes to mind
 */
public record Subject(
    @Nullable String field,
    boolean present,
    List<FieldValue> values,
    int moreValues,
    @Nullable String hint) {

  public Subject {
    values = List.copyOf(values);
  }

  static Subject wholeEvent(int strings) {
    return new Subject(null, true, List.of(), strings, null);
  }

  Subject withoutHint() {
    return new Subject(field, present, values, moreValues, null);
  }
}
