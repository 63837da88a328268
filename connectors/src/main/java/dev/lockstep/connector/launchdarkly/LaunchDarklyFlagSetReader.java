package dev.lockstep.connector.launchdarkly;

import static java.util.Objects.requireNonNull;

import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSetReader;
import java.util.List;

/**
 * Reads what {@link LaunchDarklyFlagSource} emits into decisions of LaunchDarkly's own evaluator,
 * which needs no network, thread or SDK key for it.
 */
public final class LaunchDarklyFlagSetReader implements FlagSetReader {

  private static final long serialVersionUID = 1L;

  private final FlagKeys keys;

  /** Asks the flags of these keys. */
  public LaunchDarklyFlagSetReader(FlagKeys keys) {
    this.keys = requireNonNull(keys, "keys is null");
  }

  @Override
  public FlagDecisions read(String flagSet, CustomerDirectory customers) {
    FlagSet set = FlagSet.parse(flagSet);
    for (String key : List.of(keys.ingress(), keys.egress())) {
      if (!set.flags().containsKey(key)) {
        throw new IllegalArgumentException("the flag set lacks the flag " + key);
      }
    }
    return new LaunchDarklyFlagDecisions(set, keys, customers);
  }
}
