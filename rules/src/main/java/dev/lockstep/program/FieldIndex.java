package dev.lockstep.program;

import dev.lockstep.event.FieldValue;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which tests of one field, or of keywords, a value may pass. Immutable. */
final class FieldIndex {
  private final @Nullable LiteralAutomaton texts;
  private final Map<BigDecimal, int[]> numbers;
  private final @Nullable NetworkIndex networks;
  private final int[] whenPresent;
  private final int presence;

  /**
   * @param whenPresent tests of which only this is known: they need the field to be there
   * @param presence the find of the program that stands for this field being there
   */
  FieldIndex(
      @Nullable LiteralAutomaton texts,
      Map<BigDecimal, int[]> numbers,
      @Nullable NetworkIndex networks,
      int[] whenPresent,
      int presence) {
    this.texts = texts;
    this.numbers = numbers;
    this.networks = networks;
    this.whenPresent = whenPresent;
    this.presence = presence;
  }

  boolean looksAtText() {
    return texts != null;
  }

  /** How many finds of the program are of this index. */
  int findCount() {
    return (texts == null ? 0 : texts.findCount()) + 1;
  }

  void present(Suspects suspects) {
    if (suspects.isFirst(presence)) {
      suspects.addAll(whenPresent);
    }
  }

  /** The text is that of the value, which has one, if this index looks at text. */
  void probe(FieldValue value, EncodedText text, Suspects suspects) {
    if (texts != null) {
      texts.scan(text.classes(), text.length(), suspects);
    }
    if (!numbers.isEmpty()) {
      value.asNumber().ifPresent(number -> probe(number, suspects));
    }
    String address = networks == null ? null : value.asText();
    if (networks != null && address != null) {
      networks.find(address, suspects);
    }
  }

  private void probe(BigDecimal number, Suspects suspects) {
    int[] equal = numbers.get(number.stripTrailingZeros());
    if (equal != null) {
      suspects.addAll(equal);
    }
  }
}
