package dev.lockstep.mapping;

import dev.lockstep.sigma.Issue;
import java.util.List;

/**
 * What mapping files came to.
 *
 * @param mapping all of them together; {@link FieldMapping#NONE} when there are issues
 * @param issues everything that is wrong, in the order of the files
 */
public record ParsedMapping(FieldMapping mapping, List<Issue> issues) {
  public ParsedMapping {
    issues = List.copyOf(issues);
  }
}
