package dev.lockstep.job.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a YAML file of options, nested or with dots, and remembers where each stands. */
final class OptionsFile {

  private final String name;
  private final List<String> problems;
  private final Map<String, RawOption> options = new LinkedHashMap<>();

  private OptionsFile(String name, List<String> problems) {
    this.name = name;
    this.problems = problems;
  }

  /** Returns the file's options by key; what cannot be read is added to {@code problems}. */
  static Map<String, RawOption> read(Path file, List<String> problems) {
    OptionsFile read = new OptionsFile(file.toString(), problems);
    try {
      read.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      problems.add(file + ": there is no such file");
    } catch (CharacterCodingException e) {
      problems.add(file + ": the file must be UTF-8 text");
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + e.getMessage());
    }
    return read.options;
  }

  private void parse(String text) {
    // Such keys are refused by ourselves: the parser would not say where they stand.
    LoadSettings settings =
        LoadSettings.builder().setAllowDuplicateKeys(true).setAllowNonScalarKeys(true).build();
    try {
      new Compose(settings).composeString(text).ifPresent(root -> flatten("", root));
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(OptionsFile::place).orElse("");
      problems.add(name + place + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(name + ": " + e.getMessage());
    }
  }

  private void flatten(String key, Node node) {
    String place = name + position(node);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(entry -> flatten(key, entry));
    } else if (key.isEmpty()) {
      problems.add(place + ": the file must be a map of options");
    } else if (node instanceof SequenceNode sequence) {
      put(key, RawOption.list(texts(sequence), place));
    } else if (node instanceof ScalarNode scalar) {
      boolean empty = Tag.NULL.equals(scalar.getTag());
      put(key, empty ? RawOption.nothing(place) : RawOption.scalar(scalar.getValue(), place));
    }
  }

  private void flatten(String parent, NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode key) {
      String prefix = parent.isEmpty() ? "" : parent + ".";
      flatten(prefix + key.getValue(), entry.getValueNode());
    } else {
      problems.add(name + position(entry.getKeyNode()) + ": a key must be a word");
    }
  }

  private void put(String key, RawOption option) {
    RawOption earlier = options.putIfAbsent(key, option);
    if (earlier != null) {
      problems.add(
          "%s: option %s is already set at %s".formatted(option.place(), key, earlier.place()));
    }
  }

  private List<String> texts(SequenceNode sequence) {
    List<String> texts = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      if (element instanceof ScalarNode scalar) {
        texts.add(scalar.getValue());
      } else {
        problems.add(name + position(element) + ": an element of a list must be one value");
      }
    }
    return texts;
  }

  private static String position(Node node) {
    return node.getStartMark().map(OptionsFile::place).orElse("");
  }

  private static String place(Mark mark) {
    return ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }
}
