package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuspectsTest {
  private static final int PREDICATES = 4;

  private final Suspects suspects = new Suspects(PREDICATES, 1);

  @Test
  void whatIsKnownIsKnownOfOneEventHoweverManyThereAre() {
    suspects.nextEvent();
    suspects.add(0);
    suspects.settleAll(new int[] {1}, 0, 1, 7);
    suspects.settle(2, true);
    suspects.settle(3, false);
    assertThat(suspects.isFirst(0)).isTrue();
    assertThat(suspects.isFirst(0)).isFalse();
    // soon after this the numbers of events begin again
    for (int i = 0; i < (1 << 29) - 5; i++) {
      suspects.nextEvent();
    }
    for (int i = 0; i < 10; i++) {
      suspects.nextEvent();
      assertNothingIsKnown();
    }
  }

  @Test
  void aPredicateIsSuspectedOnceAndNoMoreWhenItIsSettled() {
    suspects.nextEvent();
    suspects.add(1);
    suspects.add(1);
    suspects.addAll(new int[] {9, 2, 1, 9}, 1, 3);
    suspects.settleAll(new int[] {9, 1, 3, 9}, 1, 3, 5);
    suspects.settleAll(new int[] {1, 3}, 0, 2, 6);
    suspects.add(3);
    assertThat(suspects.suspected().toArray()).containsExactly(1, 2, 3);
    assertThat(suspects.verdictOn(0)).isEqualTo(Suspects.UNKNOWN);
    assertThat(suspects.verdictOn(1)).isEqualTo(Suspects.TRUE);
    assertThat(suspects.verdictOn(2)).isEqualTo(Suspects.SUSPECTED);
    assertThat(suspects.verdictOn(3)).isEqualTo(Suspects.TRUE);
    assertThat(suspects.evidenceOf(1)).isEqualTo(5);
    assertThat(suspects.evidenceOf(3)).isEqualTo(5);
    suspects.settle(2, false);
    suspects.settleAll(new int[] {2}, 0, 1, 6);
    assertThat(suspects.verdictOn(2)).isEqualTo(Suspects.FALSE);
  }

  private void assertNothingIsKnown() {
    assertThat(suspects.suspected().isEmpty()).isTrue();
    for (int predicate = 0; predicate < PREDICATES; predicate++) {
      assertThat(suspects.verdictOn(predicate)).isEqualTo(Suspects.UNKNOWN);
    }
    assertThat(suspects.isFirst(0)).isTrue();
  }
}
