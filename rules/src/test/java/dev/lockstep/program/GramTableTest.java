package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.program.GramTable.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GramTableTest {

  @Test
  void aGramIsItsBytesTheFirstLowest() {
    byte[] bytes = {'x', 1, 2, 3, (byte) 0xF4, 'y'};
    assertThat(GramTable.gramAt(bytes, 1)).isEqualTo(0xF4030201);
    assertThat(GramTable.gramAt(bytes, 1, 4)).isEqualTo(0xF4030201);
    assertThat(GramTable.gramAt(bytes, 4, 1)).isEqualTo(0xF4);
    assertThat(GramTable.gramAt(bytes, 1, 2)).isEqualTo(0x0201);
  }

  @Test
  void knowsEachGramOnceHoweverManyThereAre() {
    List<Entry> entries = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      byte[] sequence = {(byte) i, (byte) (i >> 8), 'x'};
      entries.add(new Entry(i, sequence, 0));
      entries.add(new Entry(i, sequence, 0));
      expected.add(GramTable.gramAt(sequence, 0, 2));
    }
    assertThat(GramTable.of(2, entries).grams())
        .containsExactlyInAnyOrder(expected.stream().mapToInt(Integer::intValue).toArray());
    assertThat(GramTable.of(4, List.of()).grams()).isEmpty();
  }

  @Test
  void theRarestGramIsTheFirstOfTheLeastCommon() {
    GramCounts counts = new GramCounts();
    counts.add(bytes("aaaaaaaa"));
    counts.add(bytes("aaaab"));
    counts.add(bytes("aaab"));
    counts.add(bytes("abc"));
    // aaaa is in two texts, however often in each; aaab is in two as well
    assertThat(counts.rarestIn(bytes("aaaac"))).isEqualTo(1);
    assertThat(counts.rarestIn(bytes("aaaab"))).isZero();
    assertThat(counts.rarestIn(bytes("xyzabc"))).isZero();
    counts.add(bytes("aaaa"));
    assertThat(counts.rarestIn(bytes("aaaab"))).isEqualTo(1);
    assertThat(counts.rarestIn(bytes("aaaa"))).isZero();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
