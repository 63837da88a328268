package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with one YAML file, so that its author sees everything at once. */
final class YamlIssues {
  private final String file;
  private final List<Issue> reported = new ArrayList<>();

  YamlIssues(String file) {
    this.file = file;
  }

  void report(Node node, String message) {
    report(positionOf(node), message);
  }

  void report(Position position, String message) {
    reported.add(at(position, message));
  }

  Issue at(Position position, String message) {
    return new Issue(file, position.line(), position.column(), message);
  }

  boolean none() {
    return reported.isEmpty();
  }

  List<Issue> reported() {
    return List.copyOf(reported);
  }

  static Position positionOf(Node node) {
    return positionOf(node.getStartMark());
  }

  static Position positionOf(Optional<Mark> mark) {
    return mark.map(m -> new Position(m.getLine() + 1, m.getColumn() + 1)).orElse(Position.START);
  }
}
