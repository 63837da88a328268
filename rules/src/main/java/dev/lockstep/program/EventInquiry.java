package dev.lockstep.program;

import dev.lockstep.event.Event;
import dev.lockstep.event.FieldValue;
import dev.lockstep.sigma.ValueTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks one event single questions of rules, for those who want to know why a rule matched or not:
 * with the checks of a {@link RuleProgram}, but without its index. The event must have been read
 * whole. Belongs to one thread.
 */
public final class EventInquiry {
  private final Event event;
  private final Map<String, List<Seen>> fields = new HashMap<>();
  private @Nullable List<Seen> strings;

  public EventInquiry(Event event) {
    this.event = event;
  }

  /**
   * What became of a question.
   *
   * @param by the first value that made it true; null when it is false, and when it is true because
   *     of what is not there
   */
  public record Answer(boolean holds, @Nullable Found by) {
    private static final Answer NO = new Answer(false, null);
  }

  /** A value and where it is: a field of the rule, or a path through the event. */
  public record Found(String path, FieldValue value) {}

  /** Asks the values of a field. */
  public Answer field(String field, ValueTest test) {
    return test.choose(new FieldQuestion(field, test));
  }

  /** Asks every string and number of the event. */
  public Answer keyword(ValueTest test) {
    return first(strings(), ValueChecks.of(test));
  }

  /** How many strings and numbers a keyword is looked for in. */
  public int stringCount() {
    return strings().size();
  }

  /**
   * Asks a value that need not be one of the event.
   *
   * @throws IllegalArgumentException if the test needs a second field
   */
  public static boolean passes(ValueTest test, FieldValue value) {
    return ValueChecks.of(test).passes(new SeenValue(value));
  }

  private static Answer first(List<Seen> values, ValueCheck check) {
    for (Seen seen : values) {
      if (check.passes(seen.value())) {
        return new Answer(true, seen.found());
      }
    }
    return Answer.NO;
  }

  private List<Seen> valuesOf(String field) {
    return fields.computeIfAbsent(
        field, name -> event.valuesOf(name).stream().map(value -> new Seen(name, value)).toList());
  }

  private List<Seen> strings() {
    List<Seen> known = strings;
    if (known == null) {
      List<Seen> found = new ArrayList<>();
      event.forEachString((path, text) -> found.add(new Seen(path, new FieldValue.Text(text))));
      strings = found;
      known = found;
    }
    return known;
  }

  /** A value of the event; its folded text is made once, whatever the number of questions. */
  private record Seen(Found found, SeenValue value) {
    Seen(String path, FieldValue value) {
      this(new Found(path, value), new SeenValue(value));
    }
  }

  /** Each kind of test, and what it says of a field that is not there. */
  private final class FieldQuestion implements ValueTest.Cases<Answer> {
    private final String field;
    private final ValueTest test;

    FieldQuestion(String field, ValueTest test) {
      this.field = field;
      this.test = test;
    }

    @Override
    public Answer like(ValueTest.Like like) {
      return anyValue();
    }

    @Override
    public Answer regex(ValueTest.Regex regex) {
      return anyValue();
    }

    @Override
    public Answer network(ValueTest.Network network) {
      return anyValue();
    }

    @Override
    public Answer equalNumber(ValueTest.EqualNumber equal) {
      return anyValue();
    }

    @Override
    public Answer compare(ValueTest.Compare compare) {
      return anyValue();
    }

    @Override
    public Answer datePart(ValueTest.DatePart part) {
      return anyValue();
    }

    @Override
    public Answer equalTruth(ValueTest.EqualTruth equal) {
      return anyValue();
    }

    @Override
    public Answer isNull() {
      return event.has(field) ? anyValue() : new Answer(true, null);
    }

    /** Only whether the field is there counts, be it an object without a value of its own. */
    @Override
    public Answer exists(boolean expected) {
      boolean holds = event.has(field) == expected;
      return new Answer(holds, holds ? anyValue().by() : null);
    }

    @Override
    public Answer sameAs(ValueTest.SameAs sameAs) {
      SameAsCheck check = new SameAsCheck(sameAs);
      List<Seen> others = valuesOf(sameAs.otherField());
      return first(
          valuesOf(field),
          value -> others.stream().anyMatch(other -> check.passes(value, other.value())));
    }

    private Answer anyValue() {
      return first(valuesOf(field), ValueChecks.of(test));
    }
  }
}
