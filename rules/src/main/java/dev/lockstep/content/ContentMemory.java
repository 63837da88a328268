package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.Placeholders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Remembers how rule files were understood, so that of thousands only those that changed are read
 * again. It keeps what the last two deliveries asked for. Not safe for use by several threads.
 */
public final class ContentMemory {

  /** A text without it has no placeholder. */
  private static final String USE_OF_PLACEHOLDERS = "expand";

  private final UnaryOperator<List<RuleFile>> check;
  private Map<Key, RuleFile> older = new HashMap<>();
  private Map<Key, RuleFile> newer = new HashMap<>();
  private List<Understood> olderContent = new ArrayList<>();
  private List<Understood> newerContent = new ArrayList<>();

  /** Remembers files as they are parsed. */
  public ContentMemory() {
    this(UnaryOperator.identity());
  }

  /**
   * Remembers files as a check left them.
   *
   * @param check returns the files that were read together, with further issues if it finds any
   */
  ContentMemory(UnaryOperator<List<RuleFile>> check) {
    this.check = check;
  }

  /**
   * For reviews, which let no file into force that cannot be compiled: what fails there for a
   * reason that no parser knows would fail in every task.
   */
  public static ContentMemory ofReview() {
    return new ContentMemory(files -> RuleFile.compiledBy(RuleProgram::compile, files));
  }

  /** Returns the file as {@link RuleFile#parse} would, checked. */
  RuleFile ruleFile(RuleDocument document, Placeholders placeholders) {
    return ruleFiles(List.of(document), placeholders).get(0);
  }

  /** Returns the files in the order of their documents. */
  List<RuleFile> ruleFiles(List<RuleDocument> documents, Placeholders placeholders) {
    List<Key> keys = documents.stream().map(document -> Key.of(document, placeholders)).toList();
    List<Key> unknown = new ArrayList<>();
    List<RuleFile> parsed = new ArrayList<>();
    for (Key key : keys) {
      RuleFile known = older.get(key);
      if (known != null) {
        newer.putIfAbsent(key, known);
      } else if (!newer.containsKey(key)) {
        unknown.add(key);
        parsed.add(RuleFile.parse(key.document, key.placeholders));
      }
    }
    List<RuleFile> checked = parsed.isEmpty() ? parsed : check.apply(parsed);
    for (int i = 0; i < checked.size(); i++) {
      newer.put(unknown.get(i), checked.get(i));
    }
    return keys.stream().map(key -> requireNonNull(newer.get(key))).toList();
  }

  /**
   * Returns the content of a bundle, which is known as a whole if it was understood before and had
   * no issue: nothing else had a part in it then.
   */
  Content contentOf(RuleBundle bundle, FilesInForce earlier) {
    Content content =
        Stream.concat(newerContent.stream(), olderContent.stream())
            .filter(known -> known.bundle.equals(bundle))
            .findFirst()
            .map(Understood::content)
            .orElseGet(() -> Content.read(bundle.documents(), earlier, this));
    if (content.issues().isEmpty()) {
      newerContent.add(new Understood(bundle, content));
    }
    return content;
  }

  /** Forgets what nobody has asked for since the last call. */
  public void nextDelivery() {
    older = newer;
    newer = new HashMap<>();
    olderContent = newerContent;
    newerContent = new ArrayList<>();
  }

  private record Understood(RuleBundle bundle, Content content) {}

  private record Key(RuleDocument document, Placeholders placeholders) {

    /** Most files have no placeholders, and mean the same whatever the values are. */
    static Key of(RuleDocument document, Placeholders placeholders) {
      boolean expands = document.text().contains(USE_OF_PLACEHOLDERS);
      return new Key(document, expands ? placeholders : Placeholders.NONE);
    }
  }
}
