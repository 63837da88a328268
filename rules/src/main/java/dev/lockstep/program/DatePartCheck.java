package dev.lockstep.program;

import dev.lockstep.sigma.ValueTest.DatePart;
import java.math.BigDecimal;

/** Passes dates whose part, as the event writes it, stands in the relation to the rule's number. */
final class DatePartCheck implements ValueCheck {
  private final DatePart test;

  DatePartCheck(DatePart test) {
    this.test = test;
  }

  @Override
  public boolean passes(SeenValue value) {
    return WrittenDate.of(value)
        .flatMap(date -> date.part(test.unit()))
        .filter(part -> test.comparison().holds(BigDecimal.valueOf(part), test.number()))
        .isPresent();
  }
}
