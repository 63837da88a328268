package dev.lockstep.migration;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a customer can take its next step.
 *
 * @param stage where it is
 * @param next the step; null at the end of the way, and where no way is known
 * @param findings what speaks about the step, that which blocks it first
 */
public record Readiness(Stage stage, @Nullable Stage next, List<Finding> findings) {

  public Readiness {
    requireNonNull(stage, "stage is null");
    findings =
        findings.stream()
            .sorted((one, other) -> Boolean.compare(other.blocks(), one.blocks()))
            .toList();
  }

  /** Whether there is a next step, and it is safe. */
  public boolean isReady() {
    return next != null && findings.stream().noneMatch(Finding::blocks);
  }

  /** What blocks the step. */
  public List<Finding> blocking() {
    return findings.stream().filter(Finding::blocks).toList();
  }
}
