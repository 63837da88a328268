package dev.lockstep.content;

import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.Placeholders;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Remembers how rule files were understood, so that of thousands only those that changed are read
 * again. It keeps what the last two deliveries asked for. Not safe for use by several threads.
 */
public final class ContentMemory {

  /** A text without it has no placeholder, and means the same whatever their values are. */
  private static final String USE_OF_PLACEHOLDERS = "expand";

  private final UnaryOperator<RuleFile> check;
  private Map<Key, RuleFile> older = new HashMap<>();
  private Map<Key, RuleFile> newer = new HashMap<>();

  /** Remembers files as they are parsed. */
  public ContentMemory() {
    this(UnaryOperator.identity());
  }

  /**
   * Remembers files as a check left them.
   *
   * @param check returns the file, with further issues if it finds any
   */
  ContentMemory(UnaryOperator<RuleFile> check) {
    this.check = check;
  }

  /**
   * For reviews, which let no file into force that cannot be compiled: what fails there for a
   * reason that no parser knows would fail in every task.
   */
  public static ContentMemory ofReview() {
    return new ContentMemory(file -> file.compiledBy(RuleProgram::compile));
  }

  /** Returns the file as {@link RuleFile#parse} would, checked. */
  RuleFile ruleFile(RuleDocument document, Placeholders placeholders) {
    boolean expands = document.text().contains(USE_OF_PLACEHOLDERS);
    Key key = new Key(document, expands ? placeholders : Placeholders.NONE);
    RuleFile known = newer.get(key);
    if (known == null) {
      known = older.get(key);
      if (known == null) {
        known = check.apply(RuleFile.parse(document, key.placeholders));
      }
      newer.put(key, known);
    }
    return known;
  }

  /** Forgets what nobody has asked for since the last call. */
  public void nextDelivery() {
    older = newer;
    newer = new HashMap<>();
  }

  private record Key(RuleDocument document, Placeholders placeholders) {}
}
