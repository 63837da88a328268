package dev.lockstep.connector.launchdarkly;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The flags that the engine asks.
 *
 * @param ingress key of the boolean flag that lets events in
 * @param egress key of the flag that sends alerts to {@code live}, {@code shadow} or {@code off}
 */
public record FlagKeys(String ingress, String egress) implements Serializable {

  /** {@code lockstep-ingress} and {@code lockstep-egress}. */
  public static final FlagKeys DEFAULT = new FlagKeys("lockstep-ingress", "lockstep-egress");

  public FlagKeys {
    requireNonBlank(ingress, "ingress");
    requireNonBlank(egress, "egress");
    if (ingress.equals(egress)) {
      throw new IllegalArgumentException("ingress and egress must differ, both were " + ingress);
    }
  }

  private static void requireNonBlank(String key, String name) {
    if (requireNonNull(key, name + " is null").isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }
}
