package dev.lockstep.job.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.statistics.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TallyTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  private Tally tally;
  private final List<CustomerCounts> told = new ArrayList<>();

  @BeforeEach
  void begin() {
    tally = new Tally(HOUR);
  }

  @Test
  void tellsApartCustomersAndPeriods() {
    tally.add("acme", HOUR, Counted.LIVE, "r", 1);
    tally.add("acme", 2 * HOUR - 1, Counted.LIVE, "r", 2);
    tally.add("acme", 2 * HOUR, Counted.LIVE, "r", 4);
    tally.add("globex", HOUR, Counted.LIVE, "r", 8);
    tally.add("acme", HOUR - 1, Counted.LIVE, "r", 16);
    tally.add("acme", -1, Counted.LIVE, "r", 32);

    tally.tell(told::add);

    assertThat(live("acme", HOUR)).isEqualTo(3);
    assertThat(live("acme", 2 * HOUR)).isEqualTo(4);
    assertThat(live("globex", HOUR)).isEqualTo(8);
    assertThat(live("acme", 0)).isEqualTo(16);
    assertThat(live("acme", -HOUR)).isEqualTo(32);
    assertThat(told).hasSize(5);
  }

  @Test
  void tellsNothingTwice() {
    tally.add("acme", HOUR, Counted.LIVE, "r", 1);
    tally.tell(told::add);
    tally.tell(told::add);
    tally.add("acme", HOUR, Counted.LIVE, "r", 2);
    tally.tell(told::add);

    assertThat(told).hasSize(2);
    assertThat(live("acme", HOUR)).isEqualTo(3);
  }

  @Test
  void tellsBeforeEventTimePassesThePeriodAndNotWithEachWatermark() {
    tally.tellAt(HOUR, told::add);
    tally.add("acme", HOUR, Counted.LIVE, "r", 1);
    tally.tellAt(HOUR + 1, told::add);
    tally.tellAt(2 * HOUR - 1, told::add);
    assertThat(told).isEmpty();

    tally.tellAt(2 * HOUR, told::add);
    assertThat(live("acme", HOUR)).isEqualTo(1);

    tally.add("acme", HOUR, Counted.LIVE, "r", 2);
    tally.tellAt(Long.MAX_VALUE, told::add);
    assertThat(live("acme", HOUR)).isEqualTo(3);
  }

  @Test
  void aStreamOfCustomersDoesNotFillTheMemory() {
    tally.tellAt(0, told::add);
    for (int i = 0; i <= 10_000; i++) {
      tally.add("c" + i, 0, Counted.LIVE, "r", 1);
    }
    tally.tellAt(1, told::add);

    assertThat(told).hasSize(10_001);
  }

  private long live(String customer, long from) {
    return HourlyCounts.sum(told, customer, from).of(Counted.LIVE, "r");
  }
}
