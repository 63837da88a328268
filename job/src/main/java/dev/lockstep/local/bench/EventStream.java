package dev.lockstep.local.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.SplittableRandom;

/**
 * An endless stream of events by number. Each is a function of the seed and its number, so that two
 * runs have the same events whatever the pace at which they are asked for.
 *
 * @param customers how many there are; the first one is the biggest
 * @param skew the share of the first one, 0 to 1; 0 gives all the same
 */
public record EventStream(long seed, EventMix mix, int customers, double skew) {

  public EventStream {
    if (customers < 1) {
      throw new IllegalArgumentException("customers must be at least 1, was " + customers);
    }
    if (!(skew >= 0 && skew <= 1)) {
      throw new IllegalArgumentException("skew must be 0 to 1, was " + skew);
    }
    if (skew > 0 && skew < 1 && customers == 1) {
      throw new IllegalArgumentException("skew needs more customers than one");
    }
  }

  static String customer(int number) {
    return "customer-" + number;
  }

  /** The record of an event that occurred then. */
  byte[] event(long number, Instant occurredAt) {
    SplittableRandom random = random(number);
    int customer = customerOf(random);
    return record(number, customer, occurredAt, mix.pick(random));
  }

  /** The record of an event that the rule of {@link ProbeRule} finds, for the same customer. */
  byte[] probe(long number, Instant occurredAt) {
    return record(number, customerOf(random(number)), occurredAt, ProbeRule.EVENT);
  }

  private SplittableRandom random(long number) {
    // The generator's own increment would make neighbours draw the same numbers one step apart.
    return new SplittableRandom(
        new SplittableRandom(seed ^ (number * 0xD1342543DE82EF95L)).nextLong());
  }

  private int customerOf(SplittableRandom random) {
    if (skew == 0) {
      return random.nextInt(customers);
    }
    return random.nextDouble() < skew || customers == 1 ? 0 : 1 + random.nextInt(customers - 1);
  }

  private static byte[] record(long number, int customer, Instant occurredAt, String line) {
    return ("{\"event_id\":\""
            + number
            + "\",\"customer\":\""
            + customer(customer)
            + "\",\"@timestamp\":\""
            + occurredAt
            + "\","
            + line.substring(1))
        .getBytes(UTF_8);
  }
}
