package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Maps and lists of filters, taken apart. */
final class Members {
  private Members() {}

  static YamlNode.Members of(YamlNode node, String what) {
    if (node instanceof YamlNode.Members members) {
      return members;
    }
    throw new FilterFault(what + " is a map, this is " + node.describe());
  }

  /** The one member of a map. */
  static YamlNode.Member only(YamlNode node, String what) {
    List<YamlNode.Member> members = of(node, what).members();
    if (members.size() != 1) {
      throw new FilterFault("%s has one member, this has %d".formatted(what, members.size()));
    }
    return members.get(0);
  }

  /** The entries of a list, or the node itself: Elasticsearch takes either. */
  static List<YamlNode> items(YamlNode node) {
    return node instanceof YamlNode.Items items ? items.nodes() : List.of(node);
  }

  /** A member's text, if it is there. */
  static Optional<String> text(YamlNode.Members members, String name) {
    return members.member(name).map(member -> Scalars.text(member.value()));
  }

  /** Refuses members that are not known: they could change what is found. */
  static void check(YamlNode.Members members, Set<String> known, String what) {
    for (YamlNode.Member member : members.members()) {
      if (!known.contains(member.name())) {
        throw new FilterFault("'%s' of %s has no counterpart".formatted(member.name(), what));
      }
    }
  }
}
