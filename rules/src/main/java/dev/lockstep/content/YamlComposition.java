package dev.lockstep.content;

import dev.lockstep.sigma.Position;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads a text of one YAML 1.2 document into nodes that know where they stand. */
final class YamlComposition {
  static final int MAX_DEPTH = 64;
  // Sharing one base event among many cases is well; who follows aliases bounds the size.
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setUseMarks(true)
          .setMaxAliasesForCollections(Integer.MAX_VALUE)
          .build();

  private YamlComposition() {}

  /** Returns empty after having reported why there is no document. */
  static Optional<Node> of(String text, YamlIssues issues) {
    String yaml = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      if (!isShallow(yaml, issues)) {
        return Optional.empty();
      }
      Optional<Node> root = new Compose(SETTINGS).composeString(yaml);
      if (root.isEmpty()) {
        issues.report(Position.START, "there is no document in this file");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      Position position = YamlIssues.positionOf(e.getProblemMark().or(e::getContextMark));
      String problem = e.getProblem() == null ? String.valueOf(e.getContext()) : e.getProblem();
      issues.report(position, "this is not YAML: " + problem);
    } catch (YamlEngineException e) {
      issues.report(Position.START, "this is not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** The composer recurses without a bound, so depth is looked at before it runs. */
  private static boolean isShallow(String yaml, YamlIssues issues) {
    int depth = 0;
    for (Event event : new Parse(SETTINGS).parseString(yaml)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        issues.report(
            YamlIssues.positionOf(event.getStartMark()),
            "nested deeper than " + MAX_DEPTH + " levels");
        return false;
      }
    }
    return true;
  }
}
