package dev.lockstep.cli;

import dev.lockstep.event.DeadLetterClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class LetterFilter {

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      split = ",",
      description = "Of these classes only: ${COMPLETION-CANDIDATES}.")
  private Set<DeadLetterClass> classes = Set.of();

  @Option(names = "--customer", paramLabel = "ID", description = "Of this customer only.")
  private @Nullable String customer;

  @Option(names = "--engine", paramLabel = "NAME", description = "Written by this engine only.")
  private @Nullable String engine;

  @Option(names = "--rule", paramLabel = "ID", description = "Of this rule only.")
  private @Nullable String rule;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DemoCommand.DurationConverter.class,
      description = "Only those whose state is no older than this, such as 2h.")
  private @Nullable Duration since;

  @Option(names = "--parked", description = "Only those that are parked.")
  private boolean parked;

  /** Returns whether any option was given. */
  boolean isGiven() {
    return !classes.isEmpty()
        || customer != null
        || engine != null
        || rule != null
        || since != null
        || parked;
  }

  boolean matches(LedgerEntry entry, Instant now) {
    return (classes.isEmpty()
            || classes.stream()
                .anyMatch(each -> each.name().equals(entry.letter().deadLetterClass)))
        && (customer == null || customer.equals(entry.letter().customer))
        && (engine == null || engine.equals(entry.letter().engine))
        && (rule == null || rule.equals(entry.letter().ruleId))
        && (since == null || !entry.since().isBefore(now.minus(since)))
        && (!parked || entry.state() == LetterState.PARKED);
  }
}
