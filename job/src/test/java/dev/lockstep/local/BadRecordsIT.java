package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import dev.lockstep.job.config.LockstepConfig;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records of every bad kind through the whole engine. A rule that matches every event shows what
 * was judged; an event without an id is known by where its record is.
 */
class BadRecordsIT {

  /** The profile {@code chaos} sends a million. */
  private static final int RECORDS = Integer.getInteger("bad.records", 20_000);

  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final int PARTS = RECORDS < 100_000 ? 2 : 10;
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void everyRecordIsJudgedOnceOrADeadLetterOnce(@TempDir Path directory) throws Exception {
    try (LocalSystem system = LocalSystem.startWithoutElasticsearch(directory, Map.of())) {
      LocalSystem.write(system.rules.resolve("all.yml"), rule("every", "not never", "n: 1"));
      LocalSystem.write(
          system.rules.resolve("numbers.yml"), rule("numbers", "never and n", "n|gt: 1000000000"));
      LockstepConfig config =
          system.config(
              "bad",
              Map.of(
                  "flags.source", "none",
                  "flags.on-missing", "live",
                  "events.max-size", BadRecords.MAX_SIZE + "b",
                  "events.customer", "field:customer",
                  "events.id", ""));
      system.start(config);
      List<Long> heap = sendAndMeasure(system, config);

      Map<String, Integer> out = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> alert : system.committed(config.alerts().liveTopic())) {
        out.merge(AlertJson.read(alert.value()).events().get(0).id(), 1, Integer::sum);
      }
      int judged = out.size();
      Map<String, Integer> classes = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> letter : system.committed(config.deadLettersTopic())) {
        out.merge(header(letter, "origin"), 1, Integer::sum);
        classes.merge(header(letter, "class"), 1, Integer::sum);
      }
      System.out.printf(
          "%,d bad records (seed %d): %,d judged, dead letters %s; heap after each part, MiB: %s%n",
          RECORDS, SEED, judged, classes, heap.stream().map(each -> each / MEBIBYTE).toList());
      assertThat(out).hasSize(RECORDS).allSatisfy((origin, times) -> assertThat(times).isOne());
      assertThat(system.alerts(config, Lane.SHADOW)).isEmpty();
      assertThat(classes).containsOnlyKeys("MALFORMED", "NO_CUSTOMER", "TOO_LARGE");
      assertThat(heap.get(PARTS - 1))
          .as("heap in use at the end, against that after the first part")
          .isLessThan(heap.get(0) + 64 * MEBIBYTE);
    }
  }

  /** Returns what the heap holds after each part. */
  private static List<Long> sendAndMeasure(LocalSystem system, LockstepConfig config)
      throws Exception {
    BadRecords records = new BadRecords(SEED);
    List<Long> heap = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      for (int i = 0; i < RECORDS / PARTS; i++) {
        system.send(config, records.next());
      }
      system.awaitDrained(config);
      System.gc();
      heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return heap;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static String rule(String id, String condition, String number) {
    return """
        title: Rule %s
        id: %s
        logsource:
          product: windows
        detection:
          never:
            never: there
          n:
            %s
          condition: %s
        level: high
        """
        .formatted(id, id, number, condition);
  }
}
