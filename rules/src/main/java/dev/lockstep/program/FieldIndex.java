package dev.lockstep.program;

import org.jspecify.annotations.Nullable;

/** Says which tests of one field, or of keywords, a value passes or may pass. Immutable. */
final class FieldIndex {
  private final @Nullable LiteralIndex texts;
  private final @Nullable NumberIndex numbers;
  private final @Nullable NetworkIndex networks;
  private final int presence;

  /**
   * @param presence the predicate that the field is there
   */
  FieldIndex(
      @Nullable LiteralIndex texts,
      @Nullable NumberIndex numbers,
      @Nullable NetworkIndex networks,
      int presence) {
    this.texts = texts;
    this.numbers = numbers;
    this.networks = networks;
    this.presence = presence;
  }

  boolean looksAtText() {
    return texts != null;
  }

  /** How many finds of the program are of this index. */
  int findCount() {
    return texts == null ? 0 : texts.findCount();
  }

  void present(Suspects suspects) {
    suspects.add(presence);
  }

  /**
   * The folded text is that of the value, which has one, if this index looks at text; the number is
   * that of the value in the event.
   */
  void probe(SeenValue value, FoldedText folded, Suspects suspects, int number) {
    if (texts != null) {
      texts.scan(folded, suspects, number);
    }
    String text = value.text();
    if (text == null) {
      return;
    }
    if (numbers != null) {
      numbers.find(text, suspects, number);
    }
    if (networks != null) {
      networks.find(text, suspects);
    }
  }
}
