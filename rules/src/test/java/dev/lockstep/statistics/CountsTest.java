package dev.lockstep.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CountsTest {

  private static final int ROOM = 100;
  private static final List<Counted> KINDS = List.of(Counted.values());

  @Test
  void partsComeToTheSameSumsInAnyOrder() {
    Random random = new Random(1);
    List<Counts> parts = new ArrayList<>();
    Counts whole = new Counts();
    for (int i = 0; i < 50; i++) {
      Counts part = new Counts();
      for (int j = 0; j < 20; j++) {
        Counted counted = KINDS.get(random.nextInt(KINDS.size()));
        String label = "r" + random.nextInt(10);
        long number = random.nextInt(1000);
        part.add(counted, label, number);
        whole.add(counted, label, number);
      }
      parts.add(part);
    }
    Collections.shuffle(parts, random);

    Counts sum = new Counts();
    parts.forEach(part -> sum.addAll(Counts.decode(part.encode()), ROOM));

    assertThat(sum).isEqualTo(whole);
    assertThat(sum.encode()).isEqualTo(whole.encode());
  }

  @Test
  void rulesBeyondTheBoundAreCountedTogetherInEveryColumn() {
    Counts counts = new Counts();
    counts.add(Counted.MATCHES, "b", 1);
    Counts more = new Counts();
    more.add(Counted.MATCHES, "a", 2);
    more.add(Counted.MATCHES, "c", 3);
    more.add(Counted.LIVE, "c", 4);
    more.add(Counted.LIVE, "b", 5);

    counts.addAll(more, /* maxRules= */ 2);

    assertThat(counts.rules()).containsExactly("a", "b");
    assertThat(counts.of(Counted.MATCHES, "a")).isEqualTo(2);
    assertThat(counts.of(Counted.LIVE, "b")).isEqualTo(5);
    assertThat(counts.of(Counted.MATCHES, Counts.OTHERS)).isEqualTo(3);
    assertThat(counts.of(Counted.LIVE, Counts.OTHERS)).isEqualTo(4);
    assertThat(counts.hasOtherRules()).isTrue();
    assertThat(counts.sum(Counted.MATCHES)).isEqualTo(6);
  }

  @Test
  void versionsAndClassesHaveABoundOfTheirOwn() {
    Counts counts = new Counts();
    for (int i = 0; i < 30; i++) {
      Counts more = new Counts();
      more.add(Counted.BUNDLES, "v" + i, 1);
      counts.addAll(more, ROOM);
    }

    assertThat(counts.labels(Counted.BUNDLES)).hasSize(21).contains(Counts.OTHERS, "v0");
    assertThat(counts.sum(Counted.BUNDLES)).isEqualTo(30);
    assertThat(counts.hasOtherRules()).isFalse();
  }

  @Test
  void aLabelThatIsTooLongForARecordHasNone() {
    Counts counts = new Counts();

    counts.add(Counted.LIVE, "x".repeat(Counts.LONGEST_LABEL), 1);
    counts.add(Counted.LIVE, "x".repeat(Counts.LONGEST_LABEL + 1), 2);

    assertThat(counts.of(Counted.LIVE, Counts.OTHERS)).isEqualTo(2);
    assertThat(counts.rules()).hasSize(1);
  }

  @Test
  void aLaterFormIsRefused() {
    byte[] bytes = new Counts().encode();
    bytes[0] = 2;

    assertThatThrownBy(() -> Counts.decode(bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("statistics are of version 2, this engine knows 1");
  }
}
