package dev.lockstep.migration;

import static java.util.Objects.requireNonNull;

import dev.lockstep.evidence.Tally;
import dev.lockstep.migration.Stage.Routes;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer stands and what is known about it.
 *
 * @param customer its id
 * @param routes how the flags route it; null if there are no flags to ask
 * @param tally verdicts on its alerts since both engines have held their present bundles; those
 *     after its cut-over are told apart by the engine that is live
 * @param judged how many of its events the new engine has judged; null if it does not say
 */
public record Standing(
    String customer, @Nullable Routes routes, Tally tally, @Nullable Long judged) {

  public Standing {
    requireNonNull(customer, "customer is null");
    requireNonNull(tally, "tally is null");
  }

  /**
   * The verdicts that speak about a step: what was compared before the cut-over says nothing about
   * what happens after it.
   *
   * @param to the engine that the customer goes to
   */
  public Tally tallyFor(Stage next, String to) {
    return next == Stage.RETIRED ? tally.whileLive(to) : tally;
  }

  /** The stage; {@link Stage#UNCLEAR} also where there are no flags to ask. */
  public Stage stage() {
    return routes == null ? Stage.UNCLEAR : Stage.of(routes.from(), routes.to());
  }
}
