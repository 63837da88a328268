package dev.lockstep.sigma;

import com.google.re2j.Pattern;
import dev.lockstep.sigma.YamlNode.ScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads values files: one YAML document with the one key {@code placeholders}, below it names with
 * a value or a list of values each. Knows no state and never throws.
 */
public final class PlaceholderParser {

  /** The key at the top of a values file. */
  public static final String KEY = "placeholders";

  private static final int MAX_NAME_LENGTH = 128;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private final Issues issues;
  private final Map<String, List<PlaceholderValue>> values = new LinkedHashMap<>();
  private final Map<String, Position> positions = new LinkedHashMap<>();

  private PlaceholderParser(Issues issues) {
    this.issues = issues;
  }

  /** Parses one file; {@code path} only names it in the issues. */
  public static ParsedPlaceholders parse(String path, String text) {
    Issues issues = new Issues(path);
    PlaceholderParser parser = new PlaceholderParser(issues);
    List<YamlDocument> documents = YamlReader.read(text, issues);
    if (documents.isEmpty() && issues.count() == 0) {
      issues.report(Position.START, "there is no document in this file");
    }
    documents.stream().limit(1).forEach(document -> parser.readOnly(document.root()));
    documents.stream().skip(1).forEach(document -> parser.refuse(document.root()));
    return new ParsedPlaceholders(
        new Placeholders(parser.values), parser.positions, issues.reported());
  }

  static boolean isName(String text) {
    return text.length() <= MAX_NAME_LENGTH && NAME.matches(text);
  }

  private void refuse(YamlNode root) {
    issues.report(root.position(), "a values file is one document; put this into another file");
  }

  private void readOnly(YamlNode root) {
    if (root instanceof YamlNode.Members members) {
      members.members().forEach(this::readTop);
    } else {
      issues.report(root.position(), "a values file is a map, this is " + root.describe());
    }
  }

  private void readTop(YamlNode.Member member) {
    if (!member.name().equals(KEY)) {
      issues.report(
          member.key().position(),
          "a values file has the key 'placeholders' alone, this is '%s'".formatted(member.name()));
    } else if (member.value() instanceof YamlNode.Members names && !names.members().isEmpty()) {
      names.members().forEach(this::readName);
    } else {
      issues.report(
          member.value().position(), "'placeholders' is a map of names, each with its values");
    }
  }

  private void readName(YamlNode.Member member) {
    if (!isName(member.name())) {
      issues.report(
          member.key().position(),
          "'%s' is no name of a placeholder: letters, digits, '_', '.' and '-', at most %d"
              .formatted(member.name(), MAX_NAME_LENGTH));
    }
    List<PlaceholderValue> read = new ArrayList<>();
    if (member.value() instanceof YamlNode.Items items) {
      items.nodes().forEach(node -> readValue(member.name(), node, read));
      if (items.nodes().isEmpty()) {
        issues.report(
            items.position(), "'%s' has no value; give at least one".formatted(member.name()));
      }
    } else {
      readValue(member.name(), member.value(), read);
    }
    values.put(member.name(), read);
    positions.put(member.name(), member.key().position());
  }

  /** The empty text is refused: under {@code contains} it would be found everywhere. */
  private void readValue(String name, YamlNode node, List<PlaceholderValue> to) {
    boolean taken =
        node instanceof YamlNode.Scalar scalar
            && (scalar.is(ScalarType.TEXT) || scalar.is(ScalarType.NUMBER))
            && !scalar.text().isEmpty();
    if (taken) {
      YamlNode.Scalar scalar = (YamlNode.Scalar) node;
      to.add(new PlaceholderValue(scalar.text(), scalar.is(ScalarType.NUMBER)));
    } else {
      boolean empty = node instanceof YamlNode.Scalar scalar && scalar.is(ScalarType.TEXT);
      issues.report(
          node.position(),
          "a value of '%s' is text or a number, this is %s"
              .formatted(name, empty ? "empty" : node.describe()));
    }
  }
}
