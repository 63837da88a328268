package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.IndexJob;
import dev.lockstep.job.IndexTopology;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.index.Index;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * As much in few files as in many: at what rate it is read, in how much memory, and whether a task
 * manager that is killed half way costs or doubles an alert or an indexed event. Of the profile
 * {@code files}.
 */
@EnabledIfSystemProperty(named = "files.bytes", matches = "[1-9][0-9]*")
class FilesAtScaleIT {

  private static final long BYTES = Long.getLong("files.bytes", 0);
  private static final int MANY = Integer.getInteger("files.many", 20_000);
  private static final int PARALLELISM = 2;
  private static final Duration STANDSTILL = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void asMuchIsReadAsFastFromFewFilesAsFromManyAndAKillCostsNothing(@TempDir Path directory)
      throws Exception {
    try (LocalSystem system = LocalSystem.start(directory)) {
      Path folder = Files.createDirectories(directory.resolve("in"));
      assertThat(compare(system, new Storage("disk", folder, folder.toUri().toString())))
          .as("rate of many files, as a share of that of few")
          .isBetween(0.8, 1.25);
    }
  }

  /** How fast many objects are read depends on what the server's requests cost: that is told. */
  @Test
  void soAKillCostsNothingWhereFilesAreObjectsOfABucket(@TempDir Path directory) throws Exception {
    try (LocalSystem system = LocalSystem.start(directory);
        S3Server s3 = S3Server.start(directory.resolve("s3"), "logs")) {
      s3.serveFlink();
      double share = compare(system, new Storage("s3", s3.objects("logs"), "s3://logs/"));
      System.out.printf("rate of many objects: %.0f %% of that of few%n", 100 * share);
    }
  }

  /**
   * Where files are.
   *
   * @param name begins the names of engines
   * @param folder where they are written
   * @param path by which Flink finds that folder
   */
  private record Storage(String name, Path folder, String path) {}

  /** Returns the rate of many files as a share of that of few. */
  private static double compare(LocalSystem system, Storage storage) throws Exception {
    LocalSystem.write(
        system.rules.resolve("alpha.yml"), LocalSystem.rule("alpha", "CommandLine: alpha"));
    // What comes first would also pay for what the JVM compiles.
    measured(system, storage, /* files= */ 20, BYTES / 5);
    Rate few = measured(system, storage, /* files= */ 2, BYTES);
    Rate many = measured(system, storage, MANY, BYTES);
    return many.bytesPerSecond() / few.bytesPerSecond();
  }

  private static Rate measured(LocalSystem system, Storage storage, int files, long bytes)
      throws Exception {
    String name = storage.name() + "-" + files;
    Path folder = Files.createDirectories(storage.folder().resolve(name));
    ManyLines lines = ManyLines.write(folder, bytes, files, name);
    if (storage.path().startsWith("s3:")) {
      S3Server.tagged(folder);
    }
    String pattern = storage.path() + name + "/*.ndjson";
    try {
      Rate detected = detected(system, pattern, lines);
      indexed(system, pattern, lines);
      return detected;
    } finally {
      lines.delete(folder);
    }
  }

  private static Rate detected(LocalSystem system, String pattern, ManyLines lines)
      throws Exception {
    LockstepConfig config =
        config(system, "of-" + lines.customer(), pattern, Map.of("elasticsearch.mode", "off"));
    system.start(config);
    String job = DetectionJob.name(config);
    Rate rate = Rate.until(lines.bytes() / 2, () -> bytesRead(job, "Source: Events from files"));
    system.flink.killTaskManager();
    awaitMoving(
        "an alert of each hostile line",
        lines.hostile(),
        () -> (long) system.alerts(config, Lane.LIVE).size(),
        () -> bytesRead(job, "Source: Events from files"));
    LocalSystem.awaitCheckpoints(job);

    Map<Long, Integer> times = new HashMap<>();
    for (Alert alert : system.alerts(config, Lane.LIVE)) {
      long line = JSON.readTree(alert.events().get(0).json()).path("n").asLong();
      times.merge(line, 1, Integer::sum);
    }
    assertThat(times).hasSize(Math.toIntExact(lines.hostile()));
    assertThat(times)
        .allSatisfy(
            (line, alerts) -> {
              assertThat(ManyLines.isHostile(line)).isTrue();
              assertThat(alerts).isOne();
            });
    assertThat(system.committed(config.deadLettersTopic())).isEmpty();
    rate.tell("%s, detected, %,d alerts once each".formatted(lines.customer(), times.size()));
    system.cancelAll();
    return rate;
  }

  private static void indexed(LocalSystem system, String pattern, ManyLines lines)
      throws Exception {
    LockstepConfig config =
        config(
            system,
            "index-" + lines.customer(),
            pattern,
            Map.of("event-index.customers", lines.customer()));
    Topics.create(config);
    Index.prepare(config, OptionalInt.of(0));
    String job = IndexJob.name(config);
    system.flink.awaitRunning(
        system.submitted(
            system.flink.submit(
                job,
                PARALLELISM,
                new Recovery.Nothing(),
                env -> IndexTopology.build(env, config))));
    Rate rate =
        Rate.until(lines.bytes() / 2, () -> bytesRead(job, "Source: Events to index from files"));
    system.flink.killTaskManager();
    awaitMoving(
        "each event of the customer",
        lines.kept(),
        () -> (long) indexed(system, lines.customer()).size(),
        () -> bytesRead(job, "Source: Events to index from files"));
    LocalSystem.awaitCheckpoints(job);

    Map<Long, Integer> times = indexed(system, lines.customer());
    assertThat(times).hasSize(Math.toIntExact(lines.kept()));
    assertThat(times)
        .allSatisfy(
            (line, documents) -> {
              assertThat(lines.isKept(line)).isTrue();
              assertThat(documents).isOne();
            });
    rate.tell("%s, indexed, %,d events once each".formatted(lines.customer(), times.size()));
    system.cancelAll();
  }

  private static LockstepConfig config(
      LocalSystem system, String engine, String pattern, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("flags.source", "none");
    options.put("flags.on-missing", "live");
    options.put("files.sources.logs.path", pattern);
    options.put("files.sources.logs.format", "ndjson");
    options.put("files.sources.logs.customer", "field:tenant");
    options.put("files.quiet-time", "0 s");
    return system.config(engine, options);
  }

  /** How often each line is a document. */
  private static Map<Long, Integer> indexed(LocalSystem system, String customer) throws Exception {
    String path = "/lockstep-events-" + customer + "-*";
    system.elasticsearch("POST", path + "/_refresh", "");
    String answer =
        system.elasticsearch(
            "POST", path + "/_search?size=10000&_source_includes=lockstep.event.n", "");
    Map<Long, Integer> times = new HashMap<>();
    for (JsonNode hit : JSON.readTree(answer).at("/hits/hits")) {
      times.merge(hit.at("/_source/lockstep/event/n").asLong(), 1, Integer::sum);
    }
    return times;
  }

  private static long bytesRead(String job, String operator) {
    return TaskMetrics.values(job, operator, "fileBytesRead").stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Waits as long as it takes while something moves. */
  private static void awaitMoving(
      String what, long wanted, Callable<Long> there, Callable<Long> read) throws Exception {
    List<Long> last = List.of();
    Instant moved = Instant.now();
    while (there.call() < wanted) {
      List<Long> now = List.of(there.call(), read.call());
      if (!now.equals(last)) {
        last = now;
        moved = Instant.now();
      } else if (moved.plus(STANDSTILL).isBefore(Instant.now())) {
        fail("waited in vain for: %s, %s of %d are there", what, now.get(0), wanted);
      }
      LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
    }
  }
}
