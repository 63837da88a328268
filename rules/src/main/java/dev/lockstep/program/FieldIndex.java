package dev.lockstep.program;

import org.jspecify.annotations.Nullable;

/** Says which tests of one field, or of keywords, a value passes or may pass. Immutable. */
final class FieldIndex {
  /** Stands for a presence that no rule depends on. */
  static final int NOT_ASKED = -1;

  private final @Nullable LiteralIndex texts;
  private final @Nullable NumberIndex numbers;
  private final @Nullable NetworkIndex networks;
  private final int presence;

  /**
   * @param presence the predicate that the field is there, or {@link #NOT_ASKED}
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

  /** How many finds of the program are of this index. */
  int findCount() {
    return texts == null ? 0 : texts.findCount();
  }

  void present(Suspects suspects) {
    if (presence != NOT_ASKED) {
      suspects.add(presence);
    }
  }

  /**
   * Tells of what the value, which is not the JSON null, passes.
   *
   * @param folded the text of the value
   * @param number that of the value in the event
   * @param searched the index of keywords if the value is to be searched for them as well
   */
  void probe(
      SeenValue value,
      FoldedText folded,
      Suspects suspects,
      int number,
      @Nullable FieldIndex searched) {
    if (texts != null) {
      texts.scan(folded, suspects, number, searched != null);
    } else if (searched != null && searched.texts != null) {
      searched.texts.scan(folded, suspects, number, true);
    }
    if (numbers != null) {
      numbers.find(value.source(), suspects, number);
    }
    if (networks != null) {
      networks.find(value.source().decoded(), suspects);
    }
  }

  @Nullable LiteralIndex texts() {
    return texts;
  }
}
