package dev.lockstep.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A log is a queue, however many pieces it has and however often it is written and read. */
class OccurrenceLogTest {

  @Test
  void isAQueue() {
    for (int run = 0; run < 200; run++) {
      RandomGenerator random = new SplittableRandom(run);
      Map<Long, byte[]> store = new HashMap<>();
      ArrayDeque<Occurrence> expected = new ArrayDeque<>();
      byte[] saved = step(store, null, expected, random);
      for (int step = 0; step < 20; step++) {
        saved = step(store, saved, expected, random);
      }
      byte[] last = saved;
      Slots slots = new GroupOperator.MapSlots(store);
      Bytes.read(
          last,
          in -> {
            OccurrenceLog log = new OccurrenceLog(slots, in);
            log.clear();
            return log;
          });
      assertThat(store).isEmpty();
    }
  }

  /** Adds and removes, and writes the log. */
  private static byte[] step(
      Map<Long, byte[]> store,
      byte @Nullable [] saved,
      ArrayDeque<Occurrence> expected,
      RandomGenerator random) {
    Slots slots = new GroupOperator.MapSlots(store);
    OccurrenceLog log =
        saved == null
            ? new OccurrenceLog(slots)
            : Bytes.read(saved, in -> new OccurrenceLog(slots, in));
    int changes = random.nextInt(80);
    boolean growing = random.nextBoolean();
    for (int i = 0; i < changes; i++) {
      if (random.nextInt(3) > (growing ? 0 : 1)) {
        Occurrence added = new Occurrence(i, "e" + random.nextInt(), 0, List.of(), "");
        log.add(added);
        expected.addLast(added);
      } else if (!expected.isEmpty()) {
        log.removeOldest();
        expected.removeFirst();
      }
      assertThat(log.size()).isEqualTo(expected.size());
      assertThat(log.oldest()).isEqualTo(expected.peekFirst());
      assertThat(log.newest()).isEqualTo(expected.peekLast());
    }
    assertHas(log, List.copyOf(expected));
    return Bytes.write(log::save);
  }

  private static void assertHas(OccurrenceLog log, List<Occurrence> expected) {
    List<Occurrence> all = new ArrayList<>();
    log.forEach(all::add);
    assertThat(all).isEqualTo(expected);
    int some = Math.min(40, expected.size());
    assertThat(log.oldest(40)).isEqualTo(expected.subList(0, some));
    assertThat(log.newest(40)).isEqualTo(expected.subList(expected.size() - some, expected.size()));
  }
}
