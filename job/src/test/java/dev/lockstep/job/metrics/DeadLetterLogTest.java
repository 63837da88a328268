package dev.lockstep.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterLogTest {

  @Test
  void logsTheFirstTheSecondTheFourthAndSoOnOfEachClass() {
    DeadLetterLog log = new DeadLetterLog();
    List<Integer> logged = new ArrayList<>();
    for (int number = 1; number <= 20; number++) {
      if (log.note("MALFORMED", "events/0/" + number, "one\ntwo")) {
        logged.add(number);
      }
    }
    assertThat(logged).containsExactly(1, 2, 4, 8, 16);
    assertThat(log.note("LATE", "events/0/1", "late")).isTrue();
  }

  @Test
  void countsEachOneThough() {
    RecordedMetrics metrics = new RecordedMetrics();
    DeadLetterCounts counts = new DeadLetterCounts(new EngineMetrics(metrics, "blue"));
    for (int i = 0; i < 20; i++) {
      counts.count("MALFORMED", "events/0/1", "because");
    }
    assertThat(metrics.count("class=MALFORMED/deadLetters")).isEqualTo(20);
  }
}
