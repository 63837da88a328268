package dev.lockstep.customer;

import static java.util.Objects.requireNonNull;

import dev.lockstep.sigma.Issue;
import java.util.List;

/**
 * What a directory file came to.
 *
 * @param directory empty when there are issues: half a directory would send customers elsewhere
 * @param issues everything that is wrong, in the order of the file
 */
public record ParsedCustomers(CustomerDirectory directory, List<Issue> issues) {
  public ParsedCustomers {
    requireNonNull(directory, "directory is null");
    issues = List.copyOf(issues);
  }
}
