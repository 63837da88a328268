package dev.lockstep.local.bench;

import dev.lockstep.connector.elasticsearch.IndexTemplate;
import dev.lockstep.job.IndexJob;
import dev.lockstep.job.IndexTopology;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.local.ElasticsearchNode;
import dev.lockstep.local.Recovery;
import dev.lockstep.local.TaskMetrics;
import dev.lockstep.local.bench.Curve.Kind;
import dev.lockstep.local.bench.Figure.Better;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;

/** The index job over the alerts that a detection job has left, on a real node. */
final class IndexLoad {

  private static final String NAME = "index job";
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Nobody knows how many alerts there are: it is over when none has come for so long. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** For long enough to know a rate. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(40);

  private final BenchSystem system;
  private final BenchSettings settings;
  private final Consumer<String> progress;

  IndexLoad(BenchSystem system, BenchSettings settings, Consumer<String> progress) {
    this.system = system;
    this.settings = settings;
    this.progress = progress;
  }

  Measured measure(DetectionLoad detection, Path folder) throws Exception {
    progress.accept("Starting Elasticsearch …");
    try (ElasticsearchNode node = ElasticsearchNode.start(folder)) {
      LockstepConfig config =
          system.config(
              detection.config().engine(),
              settings.skews().get(0),
              Map.of(
                  "elasticsearch.mode",
                  "index-job",
                  "elasticsearch.hosts",
                  node.httpUri().toString()));
      IndexTemplate.ALERTS.install(config.elasticsearch(), OptionalInt.of(0));
      progress.accept(NAME);
      JobID job =
          system.flink.submit(
              IndexJob.name(config),
              1,
              new Recovery.Nothing(),
              env -> IndexTopology.build(env, config));
      try {
        return look(IndexJob.name(config));
      } finally {
        system.flink.cancel(job);
      }
    }
  }

  private Measured look(String job) {
    Pace taken = new Pace();
    long count = 0;
    long begin = System.nanoTime();
    long moved = begin;
    while (System.nanoTime() - moved < SILENCE.toNanos()
        && (count == 0 || System.nanoTime() - begin < LONG_ENOUGH.toNanos())) {
      LockSupport.parkNanos(LOOK.toNanos());
      long now = System.nanoTime();
      long more =
          TaskMetrics.values(job, "Elasticsearch: Writer", "numRecordsSend").stream()
              .mapToLong(Long::longValue)
              .sum();
      if (more != count) {
        begin = count == 0 ? now : begin;
        count = more;
        moved = now;
        taken.look(now, more);
      }
    }
    return new Measured(
        List.of(
            new Figure(NAME, "alerts", "/s", Math.round(taken.perSecond()), Better.MORE),
            new Figure(NAME, "alerts indexed", "", count, Better.TOLD)),
        List.of(new Curve(NAME, Kind.EVENTS_PER_SECOND, taken.points())));
  }
}
