package dev.lockstep.program;

import dev.lockstep.sigma.AddressSyntax;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import inet.ipaddr.ipv6.IPv6AddressAssociativeTrie;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the networks that an address is in. */
final class NetworkIndex {
  private static final int MAX_ADDRESS_LENGTH = 64;

  private final IPv4AddressAssociativeTrie<int[]> version4 = new IPv4AddressAssociativeTrie<>();
  private final IPv6AddressAssociativeTrie<int[]> version6 = new IPv6AddressAssociativeTrie<>();

  void add(String cidr, int predicate) {
    IPAddress network =
        new IPAddressString(cidr, AddressSyntax.NETWORK).getAddress().toPrefixBlock();
    if (network.isIPv4()) {
      version4.put(network.toIPv4(), with(version4.get(network.toIPv4()), predicate));
    } else {
      version6.put(network.toIPv6(), with(version6.get(network.toIPv6()), predicate));
    }
  }

  void find(String text, Suspects suspects) {
    if (text.length() > MAX_ADDRESS_LENGTH || (text.indexOf('.') < 0 && text.indexOf(':') < 0)) {
      return;
    }
    IPAddress address = new IPAddressString(text, AddressSyntax.ADDRESS).getAddress();
    if (address == null) {
      return;
    }
    if (address.isIPv4()) {
      find(address.toIPv4(), suspects);
    } else {
      var networks = version6.elementsContaining(address.toIPv6());
      if (networks != null) {
        networks.nodeIterator(true).forEachRemaining(node -> addAll(node.getValue(), suspects));
      }
      if (address.toIPv6().isIPv4Mapped()) {
        find(address.toIPv6().getEmbeddedIPv4Address(), suspects);
      }
    }
  }

  private static void addAll(int[] predicates, Suspects suspects) {
    suspects.addAll(predicates, 0, predicates.length);
  }

  private static int[] with(int @Nullable [] predicates, int another) {
    int length = predicates == null ? 0 : predicates.length;
    int[] longer = predicates == null ? new int[1] : Arrays.copyOf(predicates, length + 1);
    longer[length] = another;
    return longer;
  }

  private void find(IPv4Address address, Suspects suspects) {
    var networks = version4.elementsContaining(address);
    if (networks != null) {
      networks.nodeIterator(true).forEachRemaining(node -> addAll(node.getValue(), suspects));
    }
  }
}
