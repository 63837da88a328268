package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a YAML 1.2 stream into trees with positions.
 *
 * <p>It follows the parser's events rather than its node graph: the composer recurses without a
 * bound, and would let a deeply nested text overflow the stack.
 */
public final class YamlReader {
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;
  private static final int MAX_DOCUMENTS = 1000;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).setUseMarks(true).build();

  private final Issues issues;
  private final List<String> lines;
  private final List<YamlDocument> documents = new ArrayList<>();
  private YamlTree tree;

  private YamlReader(List<String> lines, Issues issues) {
    this.lines = lines;
    this.issues = issues;
    this.tree = new YamlTree(issues);
  }

  /** Returns the documents up to the first fault of syntax; empty ones are left out. */
  public static List<YamlDocument> read(String text, Issues issues) {
    String normal = normalised(text);
    if (normal.length() > MAX_CHARACTERS) {
      issues.report(
          Position.START,
          "the file has %d characters, at most %d are read"
              .formatted(normal.length(), MAX_CHARACTERS));
      return List.of();
    }
    YamlReader reader = new YamlReader(normal.lines().toList(), issues);
    reader.readAll(normal);
    return reader.documents;
  }

  private void readAll(String normal) {
    try {
      new Parse(SETTINGS).parseString(normal).forEach(this::accept);
    } catch (YamlFault e) {
      issues.report(e.position(), String.valueOf(e.getMessage()));
    } catch (MarkedYamlEngineException e) {
      Position position =
          e.getProblemMark().or(e::getContextMark).map(YamlReader::position).orElse(Position.START);
      issues.report(position, "this is not YAML: " + problemOf(e));
    } catch (ReaderException e) {
      issues.report(
          positionOf(normal, e.getPosition()),
          "the character U+%04X is not allowed in YAML".formatted(e.getCodePoint()));
    } catch (YamlEngineException e) {
      issues.report(Position.START, "this is not YAML: " + e.getMessage());
    }
  }

  static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String normalised(String text) {
    String unix = text.replace("\r\n", "\n");
    return unix.startsWith("\uFEFF") ? unix.substring(1) : unix;
  }

  private static String problemOf(MarkedYamlEngineException e) {
    return e.getProblem() == null ? String.valueOf(e.getContext()) : e.getProblem();
  }

  private static Position positionOf(String text, int index) {
    String before = text.substring(0, Math.min(index, text.length()));
    int lineStart = before.lastIndexOf('\n') + 1;
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Position(line, before.length() - lineStart + 1);
  }

  private void accept(Event event) {
    if (event instanceof DocumentStartEvent) {
      tree = new YamlTree(issues);
    } else if (event instanceof DocumentEndEvent end) {
      tree.root().ifPresent(root -> add(root, end));
    } else {
      tree.accept(event);
    }
  }

  private void add(YamlNode root, DocumentEndEvent end) {
    if (documents.size() == MAX_DOCUMENTS) {
      throw new YamlFault(
          root.position(), "the file has more than " + MAX_DOCUMENTS + " documents");
    }
    documents.add(new YamlDocument(root, textOf(root, end)));
  }

  private String textOf(YamlNode root, DocumentEndEvent end) {
    Position last = end.getStartMark().map(YamlReader::position).orElse(root.position());
    int lastLine = last.column() > 1 ? last.line() : last.line() - 1;
    int from = Math.min(root.position().line() - 1, lines.size());
    int to = Math.max(from, Math.min(lastLine, lines.size()));
    return String.join("\n", lines.subList(from, to)).stripTrailing();
  }
}
