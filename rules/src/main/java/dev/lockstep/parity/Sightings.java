package dev.lockstep.parity;

import java.time.Instant;
import java.util.Set;

/** Which bundles engines were seen to hold, by the alerts of all their customers. */
@FunctionalInterface
public interface Sightings {

  /** Returns the versions that the alerts of this time name; none if the engine sent no alert. */
  Set<String> bundlesOf(String engine, Instant from, Instant to);
}
