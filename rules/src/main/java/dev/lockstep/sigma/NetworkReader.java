package dev.lockstep.sigma;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.List;

/** Reads the networks of the modifier {@code cidr}. */
final class NetworkReader {
  private NetworkReader() {}

  static List<ValueTest> read(YamlNode.Scalar value, Issues issues) {
    IPAddress address = new IPAddressString(value.text(), AddressSyntax.NETWORK).getAddress();
    if (address == null || !address.isPrefixed()) {
      issues.report(
          value.position(), "'%s' is not a network such as 10.0.0.0/8".formatted(value.text()));
      return List.of();
    }
    IPAddress network = address.toZeroHost();
    if (!network
        .getLower()
        .withoutPrefixLength()
        .equals(address.getLower().withoutPrefixLength())) {
      issues.report(
          value.position(),
          "'%s' has bits behind its prefix; the network is %s"
              .formatted(value.text(), network.toPrefixBlock().toCanonicalString()));
      return List.of();
    }
    return List.of(new ValueTest.Network(value.text()));
  }
}
