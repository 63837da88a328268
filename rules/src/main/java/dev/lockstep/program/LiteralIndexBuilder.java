package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lockstep.program.GramTable.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects texts and what they tell. */
final class LiteralIndexBuilder {

  /** What a text tells where it stands. */
  private record Meaning(IntList settled, IntList suspected) {}

  /** By the text's bytes, each as a character. */
  private final Map<String, Meaning> meanings = new LinkedHashMap<>();

  /**
   * Adds a folded text, which the index must take.
   *
   * @param settles whether the predicate is true where the text stands, else it only may be
   */
  void add(byte[] literal, int predicate, boolean settles) {
    if (!LiteralIndex.takes(literal)) {
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
   * @param keywords what is looked for in the same pass
   */
  LiteralIndex build(GramCounts commonness, @Nullable LiteralIndex keywords, int firstFind) {
    List<List<Entry>> byWidth = new ArrayList<>();
    for (int width = 0; width <= GramTable.MAX_WIDTH; width++) {
      byWidth.add(new ArrayList<>());
    }
    int number = 0;
    for (String text : meanings.keySet()) {
      byte[] literal = text.getBytes(ISO_8859_1);
      int width = Math.min(GramTable.MAX_WIDTH, literal.length);
      int gramAt = width < GramTable.MAX_WIDTH ? 0 : commonness.rarestIn(literal);
      byWidth.get(width).add(new Entry(number++, literal, gramAt));
    }
    List<GramTable> tables = new ArrayList<>();
    for (int width = 2; width <= GramTable.MAX_WIDTH; width++) {
      tables.add(GramTable.of(width, byWidth.get(width)));
    }
    IntList laidOut = new IntList();
    IntList starts = new IntList();
    for (Meaning meaning : meanings.values()) {
      starts.add(laidOut.size());
      laidOut.add(meaning.settled.size());
      laidOut.add(meaning.suspected.size());
      laidOut.addAll(meaning.settled.toArray());
      laidOut.addAll(meaning.suspected.toArray());
    }
    return new LiteralIndex(tables, keywords, laidOut.toArray(), starts.toArray(), firstFind);
  }

  void count(GramCounts counts) {
    meanings.keySet().forEach(text -> counts.add(text.getBytes(ISO_8859_1)));
  }
}
