package dev.lockstep.sigma;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddressStringParameters;

/**
 * What counts as an address. The library's own idea is wider: an event's {@code *} or {@code 1-9}
 * would be a range of addresses to it, and {@code 010} an octal number.
 */
public final class AddressSyntax {

  /** Single addresses, as they stand in events. */
  public static final IPAddressStringParameters ADDRESS = strict(false);

  /** Networks with their prefix, as they stand in rules. */
  public static final IPAddressStringParameters NETWORK = strict(true);

  private AddressSyntax() {}

  private static IPAddressStringParameters strict(boolean prefix) {
    return new IPAddressStringParameters.Builder()
        .allowEmpty(false)
        .allowAll(false)
        .allowSingleSegment(false)
        .allowWildcardedSeparator(false)
        .allowMask(false)
        .allowPrefix(prefix)
        .allowPrefixOnly(false)
        .allow_inet_aton(false)
        .setRangeOptions(RangeParameters.NO_RANGE)
        .toParams();
  }
}
