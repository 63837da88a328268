package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lockstep.program.GramTable.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects texts and what they tell. */
final class LiteralIndexBuilder {

  /** What a text tells where it stands. */
  private record Meaning(IntList settled, IntList suspected) {}

  /** By the text's bytes, each as a character. */
  private final Map<String, Meaning> meanings = new LinkedHashMap<>();

  /**
   * Adds a folded text, which must not be shorter than the index allows.
   *
   * @param settles whether the predicate is true where the text stands, else it only may be
   */
  void add(byte[] literal, int predicate, boolean settles) {
    if (literal.length < LiteralIndex.MIN_LENGTH) {
      throw new IllegalArgumentException("the text is too short");
    }
    Meaning meaning =
        meanings.computeIfAbsent(
            new String(literal, ISO_8859_1), text -> new Meaning(new IntList(), new IntList()));
    (settles ? meaning.settled : meaning.suspected).add(predicate);
  }

  boolean isEmpty() {
    return meanings.isEmpty();
  }

  /**
   * @param commonness how often each gram is in all texts of the program
   */
  LiteralIndex build(GramCounts commonness, int firstFind) {
    List<List<Entry>> byWidth = new ArrayList<>();
    for (int width = LiteralIndex.MIN_LENGTH; width <= GramTable.MAX_WIDTH; width++) {
      byWidth.add(new ArrayList<>());
    }
    int number = 0;
    for (String text : meanings.keySet()) {
      byte[] literal = text.getBytes(ISO_8859_1);
      int width = Math.min(GramTable.MAX_WIDTH, literal.length);
      int gramAt = width < GramTable.MAX_WIDTH ? 0 : commonness.rarestIn(literal);
      byWidth.get(width - LiteralIndex.MIN_LENGTH).add(new Entry(number++, literal, gramAt));
    }
    GramTable[] tables = new GramTable[byWidth.size()];
    Arrays.setAll(tables, i -> GramTable.of(i + LiteralIndex.MIN_LENGTH, byWidth.get(i)));
    return new LiteralIndex(
        tables,
        meanings.values().stream().map(meaning -> meaning.settled.toArray()).toArray(int[][]::new),
        meanings.values().stream()
            .map(meaning -> meaning.suspected.toArray())
            .toArray(int[][]::new),
        firstFind);
  }

  void count(GramCounts counts) {
    meanings.keySet().forEach(text -> counts.add(text.getBytes(ISO_8859_1)));
  }
}
