package dev.lockstep.program;

import dev.lockstep.sigma.AddressSyntax;
import dev.lockstep.sigma.ValueTest.Network;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;

/** Passes addresses inside a network; an IPv4 address mapped into IPv6 counts as both. */
final class NetworkCheck implements ValueCheck {
  private static final int MAX_ADDRESS_LENGTH = 64;

  private final IPAddress network;

  NetworkCheck(Network test) {
    this.network =
        new IPAddressString(test.cidr(), AddressSyntax.NETWORK).getAddress().toPrefixBlock();
  }

  @Override
  public boolean passes(SeenValue value) {
    String text = value.text();
    if (text == null || text.length() > MAX_ADDRESS_LENGTH) {
      return false;
    }
    IPAddress address = new IPAddressString(text, AddressSyntax.ADDRESS).getAddress();
    return address != null && (network.contains(address) || containsMapped(address));
  }

  private boolean containsMapped(IPAddress address) {
    return network.isIPv4()
        && address.isIPv6()
        && address.toIPv6().isIPv4Mapped()
        && network.contains(address.toIPv6().getEmbeddedIPv4Address());
  }
}
