package dev.lockstep.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyTest {

  @ParameterizedTest
  @CsvSource({
    "-5000, 100",
    "0, 100",
    "100, 100",
    "101, 200",
    "1700, 2000",
    "5000000, 5000000",
    "5000001, slower"
  })
  void isCountedInTheClassOfTheNextBound(long millis, String label) {
    assertThat(Latency.label(millis)).isEqualTo(label);
    assertThat(Latency.LABELS).contains(label);
  }

  @Test
  void saysWhatHalfAndNearlyAllAlertsKeep() {
    Counts counts = new Counts();
    count(counts, 1_700, 99);
    count(counts, 60_000, 1);
    assertThat(Latency.of(counts)).contains(new Latency(2_000, 2_000));

    count(counts, 60_000, 1);
    assertThat(Latency.of(counts)).contains(new Latency(2_000, 100_000));

    count(counts, 6_000_000, 150);
    assertThat(Latency.of(counts)).contains(new Latency(Latency.BEYOND, Latency.BEYOND));
  }

  @Test
  void ofOneAlertBothAreTheSame() {
    Counts counts = new Counts();
    count(counts, 300, 1);
    assertThat(Latency.of(counts)).contains(new Latency(500, 500));
  }

  @Test
  void thereIsNoneWithoutAlerts() {
    assertThat(Latency.of(new Counts())).isEmpty();
  }

  /** Counts keep so many labels of each kind by their names. */
  @Test
  void noClassIsPutTogetherWithOthers() {
    Counts all = new Counts();
    for (String label : Latency.LABELS) {
      Counts one = new Counts();
      one.add(Counted.LATENCY, label, 1);
      all.addAll(one, /* maxRules= */ 0);
    }
    assertThat(all.labels(Counted.LATENCY)).containsExactlyInAnyOrderElementsOf(Latency.LABELS);
  }

  @Test
  void boundsReadAsPeopleWriteThem() {
    assertThat(Latency.words(500)).isEqualTo("≤ 500 ms");
    assertThat(Latency.words(2_000)).isEqualTo("≤ 2 s");
    assertThat(Latency.words(Latency.BEYOND)).isEqualTo("> 5000 s");
  }

  private static void count(Counts counts, long millis, long alerts) {
    counts.add(Counted.LATENCY, Latency.label(millis), alerts);
  }
}
