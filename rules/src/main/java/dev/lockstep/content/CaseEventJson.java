package dev.lockstep.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Turns an event of a test file into the JSON that a sender would have written. Numbers of YAML
 * that JSON cannot say, such as {@code 0x17}, are text, as they are in rules.
 */
final class CaseEventJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  // Aliases can make a short text endless.
  private static final int MAX_VALUES = 100_000;

  private final JsonGenerator json;
  private final YamlIssues issues;
  private int values;

  private CaseEventJson(JsonGenerator json, YamlIssues issues) {
    this.json = json;
    this.issues = issues;
  }

  /** Returns empty after having reported what is wrong. */
  static Optional<String> of(Node event, YamlIssues issues) {
    if (!(event instanceof MappingNode)) {
      issues.report(event, "'event' must be a map of fields");
      return Optional.empty();
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      if (!new CaseEventJson(json, issues).write(event, 0)) {
        return Optional.empty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return Optional.of(text.toString());
  }

  /** Returns false after the report of something behind which writing on makes no sense. */
  private boolean write(Node node, int depth) throws IOException {
    values++;
    if (depth > YamlComposition.MAX_DEPTH || values > MAX_VALUES) {
      issues.report(node, "the event is nested too deeply or too large, aliases counted");
      return false;
    }
    if (node instanceof MappingNode mapping) {
      return writeObject(mapping, depth);
    }
    if (node instanceof SequenceNode sequence) {
      return writeArray(sequence, depth);
    }
    writeScalar((ScalarNode) node);
    return true;
  }

  private boolean writeObject(MappingNode mapping, int depth) throws IOException {
    Set<String> names = new HashSet<>();
    json.writeStartObject();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        issues.report(tuple.getKeyNode(), "a field's name must be a text");
        return false;
      }
      if (!names.add(key.getValue())) {
        issues.report(key, "the field '" + key.getValue() + "' is there already");
      }
      json.writeFieldName(key.getValue());
      if (!write(tuple.getValueNode(), depth + 1)) {
        return false;
      }
    }
    json.writeEndObject();
    return true;
  }

  private boolean writeArray(SequenceNode sequence, int depth) throws IOException {
    json.writeStartArray();
    for (Node item : sequence.getValue()) {
      if (!write(item, depth + 1)) {
        return false;
      }
    }
    json.writeEndArray();
    return true;
  }

  private void writeScalar(ScalarNode scalar) throws IOException {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.NULL)) {
      json.writeNull();
    } else if (tag.equals(Tag.BOOL)) {
      json.writeBoolean(Boolean.parseBoolean(text));
    } else if ((tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) && NUMBER.matches(text)) {
      json.writeNumber(text);
    } else if (tag.equals(Tag.STR) || tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      json.writeString(text);
    } else {
      issues.report(scalar, "the tag " + tag + " has no meaning in an event");
    }
  }
}
