package dev.lockstep.job.state;

import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FixedDecisions;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSetReader;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The flags in force in one operator. */
public final class ActiveFlags implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ActiveFlags.class);

  private final Policy policy;
  private @Nullable FlagDecisions decisions;
  private @Nullable String flagSet;
  private @Nullable CustomerDirectory customers;

  private ActiveFlags(Policy policy, @Nullable FlagDecisions decisions) {
    this.policy = policy;
    this.decisions = decisions;
    this.customers = policy.hasCustomers() ? null : CustomerDirectory.EMPTY;
  }

  /** The decisions in force, or null while there are none and events must wait. */
  public @Nullable FlagDecisions decisions() {
    return decisions;
  }

  /**
   * Takes an update of flags or customers into force. Without a source of it, it is one of former
   * times, out of state, and counts no more; nor does a set that the flags declared today cannot be
   * read from.
   */
  public void replace(ControlUpdate update) {
    switch (update.kind()) {
      case FLAGS -> {
        if (policy.hasSource()) {
          flagSet = update.flagSet();
          decide();
        }
      }
      case CUSTOMERS -> {
        if (policy.hasCustomers()) {
          customers = update.customers().directory();
          decide();
        }
      }
      case RULES, QUARANTINE, CORRELATIONS ->
          throw new IllegalArgumentException("rules are no flags");
    }
  }

  /** Flags may target what only the directory says: both must be there. */
  private void decide() {
    if (flagSet == null || customers == null) {
      return;
    }
    try {
      FlagDecisions next = policy.reader().read(flagSet, customers);
      close();
      decisions = next;
    } catch (IllegalArgumentException e) {
      LOG.error(
          "A flag set out of state cannot be used, what was before stays: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    if (decisions != null) {
      decisions.close();
    }
  }

  /**
   * What an operator needs to know to have flags.
   *
   * @param reader reads flag sets
   * @param hasSource whether flag sets come from anywhere
   * @param hasCustomers whether a customer directory does
   * @param onMissing decides while there is no flag set; null: elements wait
   */
  public record Policy(
      FlagSetReader reader,
      boolean hasSource,
      boolean hasCustomers,
      @Nullable Disposition onMissing)
      implements Serializable {

    /** Returns the flags as they are before any flag set has come. */
    public ActiveFlags start() {
      return new ActiveFlags(this, onMissing == null ? null : new FixedDecisions(onMissing));
    }
  }
}
