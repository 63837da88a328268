package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.config.LockstepConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Events from files, with kills in the middle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilesIT {

  private static final int LINES = 120_000;
  private static final int HOSTILE_EVERY = 100;
  private static final int SMALL_FILES = 300;
  private static final int LINES_OF_SMALL = 200;

  /** More than S3 names in one answer. */
  private static final int OBJECTS = 1_100;

  private LocalSystem system;
  private Path folder;

  @BeforeAll
  void startServices(@TempDir Path directory) throws Exception {
    folder = Files.createDirectories(directory.resolve("in"));
    system = LocalSystem.startWithoutElasticsearch(directory, Map.of());
    LocalSystem.write(
        system.rules.resolve("alpha.yml"), LocalSystem.rule("alpha", "CommandLine: alpha"));
  }

  @AfterAll
  void stopServices() throws Exception {
    if (system != null) {
      system.close();
    }
  }

  @AfterEach
  void cancelJobs() throws Exception {
    system.cancelAll();
  }

  @Test
  void aBigFileIsReadByAllSubtasksAndAKillLosesAndDoublesNothing() throws Exception {
    LockstepConfig config = config("big", Map.of("files.part-size", "256 kb"));
    put("big/acme/big.ndjson", lines(LINES));
    system.start(config);

    LocalSystem.await(
        "bytes of the file in each subtask",
        () -> {
          List<Long> bytes = bytesRead(config);
          return bytes.size() == 2 && bytes.stream().allMatch(read -> read > 0);
        },
        () -> bytesRead(config).toString());
    LocalSystem.await("some alerts", () -> alertsOf(config).size() >= 10);
    system.flink.killTaskManager();
    assertAlertsOnce(config, LINES / HOSTILE_EVERY);
    assertThat(system.committed(config.deadLettersTopic())).isEmpty();
  }

  @Test
  void manySmallFilesOfAllKindsAreReadOnceThroughAKillAndBadOnesBecomeLetters() throws Exception {
    LockstepConfig config = config("small", Map.of());
    for (int i = 0; i < SMALL_FILES / 2; i++) {
      putSmall(i);
    }
    put("small/acme/broken.ndjson.gz", "this is no gzip".getBytes(UTF_8));
    system.start(config);
    LocalSystem.await("some alerts", () -> alertsOf(config).size() >= 20);
    for (int i = SMALL_FILES / 2; i < SMALL_FILES; i++) {
      putSmall(i);
    }
    system.flink.killTaskManager();
    int expected = SMALL_FILES * LINES_OF_SMALL / HOSTILE_EVERY;
    assertAlertsOnce(config, expected);
    assertThat(system.committed(config.deadLettersTopic()))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(header(letter, "class")).isEqualTo("UNREADABLE_FILE");
              assertThat(header(letter, "origin")).endsWith("small/acme/broken.ndjson.gz@0");
            });
  }

  @Test
  void aBucketIsReadOnceThroughAKillInRangesCompressedAndOverManyPages(@TempDir Path directory)
      throws Exception {
    LockstepConfig config =
        config(
            "bucket",
            Map.of(
                "files.sources.logs.path", "s3://logs/{customer}/{yyyy}/{MM}/{dd}/*",
                "files.part-size", "256 kb"));
    try (S3Server s3 = S3Server.start(directory, "logs")) {
      s3.serveFlink();
      s3.put("/logs/acme/2026/01/31/", new byte[0]);
      s3.put("/logs/acme/2026/01/31/big.ndjson", lines(LINES / 4));
      s3.put("/logs/acme/2026/01/31/packed.ndjson.gz", packed(".gz", lines(LINES / 4)));
      for (int i = 0; i < OBJECTS; i++) {
        boolean hostile = i % HOSTILE_EVERY == 0;
        s3.put("/logs/globex/2026/01/31/%04d".formatted(i), hostile ? lines(2) : new byte[] {'\n'});
      }
      system.start(config);
      LocalSystem.await("some alerts", () -> alertsOf(config).size() >= 20);
      system.flink.killTaskManager();
      int expected = LINES / 2 / HOSTILE_EVERY + OBJECTS / HOSTILE_EVERY;
      assertAlertsOnce(config, expected);
      assertThat(system.committed(config.deadLettersTopic())).isEmpty();
      cancelJobs();
    }
  }

  private LockstepConfig config(String engine, Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("flags.source", "none");
    options.put("flags.on-missing", "live");
    options.put("files.sources.logs.path", folder.toUri() + engine + "/{customer}/*");
    options.put("files.sources.logs.format", "ndjson");
    options.put("files.discovery-interval", "1 s");
    options.put("files.quiet-time", "0 s");
    options.putAll(more);
    return system.config(engine, options);
  }

  private static List<Long> bytesRead(LockstepConfig config) {
    return TaskMetrics.values(
        DetectionJob.name(config), "Source: Events from files", "fileBytesRead");
  }

  /** When all hostile lines have their alert and a checkpoint has followed, each has one. */
  private void assertAlertsOnce(LockstepConfig config, int expected) throws Exception {
    LocalSystem.await(
        "an alert of each hostile line",
        () -> alertsOf(config).size() >= expected,
        () -> alertsOf(config).size() + " are there");
    LocalSystem.awaitCheckpoints(DetectionJob.name(config));

    assertThat(alertsOf(config))
        .hasSize(expected)
        .allSatisfy((id, times) -> assertThat(times).isOne());
  }

  /** By alert id, how often it was sent. */
  private Map<String, Integer> alertsOf(LockstepConfig config) {
    Map<String, Integer> times = new HashMap<>();
    for (Alert alert : system.alerts(config, Lane.LIVE)) {
      times.merge(alert.id(), 1, Integer::sum);
    }
    return times;
  }

  private void putSmall(int number) throws IOException {
    List<String> endings = List.of("", ".gz", ".zst");
    String ending = endings.get(number % endings.size());
    put(
        "small/customer-" + number % 7 + "/f" + number + ".ndjson" + ending,
        packed(ending, lines(LINES_OF_SMALL)));
  }

  private static byte[] packed(String ending, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        ending.isEmpty()
            ? bytes
            : ending.equals(".gz") ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /** Puts a file there as deliveries do: whole. */
  private void put(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling("." + file.getFileName());
    Files.write(next, content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] lines(int number) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      lines.add(
          "{\"@timestamp\":\"2026-01-31T23:59:00Z\",\"n\":%d,\"CommandLine\":\"%s\"}"
              .formatted(i, i % HOSTILE_EVERY == 0 ? "alpha" : "beta"));
    }
    return (String.join("\n", lines) + "\n").getBytes(UTF_8);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}
