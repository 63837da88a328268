package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;

/** A sequence or mapping whose end has not been read yet. */
abstract class YamlCollection {
  private final Optional<Anchor> anchor;
  private final Position position;
  private int size = 1;

  YamlCollection(Optional<Anchor> anchor, Position position) {
    this.anchor = anchor;
    this.position = position;
  }

  final Optional<Anchor> anchor() {
    return anchor;
  }

  final Position position() {
    return position;
  }

  final int size() {
    return size;
  }

  final void add(YamlNode node) {
    size += node.size();
    take(node);
  }

  abstract void take(YamlNode node);

  abstract YamlNode finish();

  /** A sequence. */
  static final class OfItems extends YamlCollection {
    private final List<YamlNode> nodes = new ArrayList<>();

    OfItems(Optional<Anchor> anchor, Position position) {
      super(anchor, position);
    }

    @Override
    void take(YamlNode node) {
      nodes.add(node);
    }

    @Override
    YamlNode finish() {
      return new YamlNode.Items(List.copyOf(nodes), size(), position());
    }
  }

  /** A mapping, which gets its keys and values in turn. */
  static final class OfMembers extends YamlCollection {
    private final Issues issues;
    private final Map<String, YamlNode.Member> members = new LinkedHashMap<>();
    private @Nullable YamlNode key;

    OfMembers(Optional<Anchor> anchor, Position position, Issues issues) {
      super(anchor, position);
      this.issues = issues;
    }

    @Override
    void take(YamlNode node) {
      if (key == null) {
        key = node;
        return;
      }
      if (key instanceof YamlNode.Scalar name) {
        takeMember(new YamlNode.Member(name, node));
      } else {
        issues.report(key.position(), "a key must be text, this is " + key.describe());
      }
      key = null;
    }

    private void takeMember(YamlNode.Member member) {
      YamlNode.Member earlier = members.putIfAbsent(member.name(), member);
      if (earlier != null) {
        issues.report(
            member.key().position(),
            "the key '%s' is there already, in line %d"
                .formatted(member.name(), earlier.key().position().line()));
      } else if (member.name().equals("<<")) {
        issues.report(
            member.key().position(), "YAML 1.2 has no merge key '<<'; repeat the members instead");
      }
    }

    @Override
    YamlNode finish() {
      return new YamlNode.Members(List.copyOf(members.values()), size(), position());
    }
  }
}
