package dev.lockstep.parity;

import static java.util.Objects.requireNonNull;

import dev.lockstep.sigma.Issue;
import java.util.List;

/**
 * What a file of declarations came to.
 *
 * @param declarations none if there are issues: half of them would count the others as differences
 * @param issues everything that is wrong, in the order of the file
 */
public record ParsedDeclarations(Declarations declarations, List<Issue> issues) {
  public ParsedDeclarations {
    requireNonNull(declarations, "declarations is null");
    issues = List.copyOf(issues);
  }
}
