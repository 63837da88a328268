package dev.lockstep.local.bench;

import dev.lockstep.local.bench.Figure.Better;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * Measures the detection job on a real broker, and beside it, on the same records and in the same
 * process, a job that only passes them through.
 */
public final class Bench {

  private static final int MILLE = 1000;

  private final BenchSettings settings;
  private final Consumer<String> progress;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Curve> curves = new ArrayList<>();

  private Bench(BenchSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs all loads.
   *
   * @param folder an empty one, for everything
   * @param progress is told what is being done
   * @throws IllegalStateException if something that is needed does not come
   */
  public static BenchResult run(BenchSettings settings, Path folder, Consumer<String> progress)
      throws Exception {
    return new Bench(settings, progress).run(folder);
  }

  private BenchResult run(Path folder) throws Exception {
    progress.accept("Starting Kafka and Flink …");
    try (BenchSystem system = BenchSystem.start(settings, folder)) {
      @Nullable DetectionLoad slowest = null;
      @Nullable Peak peak = null;
      Map<Load, Peak> best = new LinkedHashMap<>();
      Map<Double, PreparedLoads> prepared = new LinkedHashMap<>();
      for (double skew : settings.skews()) {
        prepared.put(skew, prepare(system, skew));
      }
      for (int round = 1; round <= settings.rounds(); round++) {
        for (PreparedLoads loads : prepared.values()) {
          for (Load load : loads.all()) {
            progress.accept(load.name() + rounds(round));
            Peak measured = load.measure(system, settings, progress);
            best.merge(load, measured, Peak::better);
          }
        }
      }
      for (PreparedLoads loads : prepared.values()) {
        Peak limit = take(loads.passThrough(), best);
        for (DetectionLoad load : loads.detections()) {
          Peak detection = take(load, best);
          figures.add(
              new Figure(
                  load.name(),
                  "of pass-through",
                  "‰",
                  Math.round(MILLE * detection.perSecond() / limit.perSecond()),
                  Better.MORE));
          if (slowest == null || peak == null || detection.perSecond() < peak.perSecond()) {
            slowest = load;
            peak = detection;
          }
        }
      }
      if (slowest != null && peak != null) {
        if (settings.elasticsearch()) {
          add(
              new IndexLoad(system, settings, progress)
                  .measure(slowest, folder.resolve("elasticsearch")));
        }
        if (!settings.latencyFor().isZero()) {
          add(
              new LatencyRun(system, settings, progress)
                  .measure(peak.perSecond() * settings.latencyShare()));
        }
      }
    }
    return new BenchResult(Instant.now(), setup(), figures, curves);
  }

  private PreparedLoads prepare(BenchSystem system, double skew) throws Exception {
    String topic = system.eventsTopic(skew);
    system.createTopic(topic);
    List<DetectionLoad> detections = new ArrayList<>();
    for (int count : settings.ruleCounts()) {
      progress.accept("Preparing the job with %,d rule files …".formatted(count));
      detections.add(DetectionLoad.prepare(system, settings, skew, count));
    }
    progress.accept("Writing %,d events to topic %s …".formatted(settings.events(), topic));
    EventStream stream =
        new EventStream(settings.seed(), settings.mix(), settings.customers(), skew);
    long bytes = system.fill(topic, stream, settings.events());
    Load passThrough = PassThroughLoad.prepare(system, skew, bytes / settings.events());
    return new PreparedLoads(passThrough, detections);
  }

  private Peak take(Load load, Map<Load, Peak> best) {
    Peak peak = best.get(load);
    if (peak == null) {
      throw new IllegalStateException(load.name() + " was not measured");
    }
    figures.addAll(peak.figures());
    curves.addAll(peak.curves());
    return peak;
  }

  private void add(Measured measured) {
    figures.addAll(measured.figures());
    curves.addAll(measured.curves());
  }

  private String rounds(int round) {
    return settings.rounds() == 1 ? "" : ", round " + round + " of " + settings.rounds();
  }

  private Map<String, String> setup() {
    Map<String, String> setup = new LinkedHashMap<>();
    setup.put("machine", Machine.describe());
    setup.put("java", Machine.java());
    setup.put("parallelism", Integer.toString(settings.parallelism()));
    setup.put(
        "events", "%,d, of which %,d to warm up".formatted(settings.events(), settings.warmUp()));
    setup.put(
        "events that a rule matches",
        String.format(Locale.ROOT, "%.2f %%", 100 * settings.mix().matchShare()));
    setup.put("customers", Integer.toString(settings.customers()));
    setup.put("stripes of the biggest customer", Integer.toString(settings.stripes()));
    setup.put("mappings", String.join(", ", settings.mappings()));
    setup.put(
        "checkpoints",
        "exactly once, every "
            + TimeUtils.formatWithHighestUnit(settings.checkpointInterval())
            + ", RocksDB");
    setup.put("rounds", Integer.toString(settings.rounds()));
    setup.put("seed", Long.toString(settings.seed()));
    if (!settings.flinkOptions().isEmpty()) {
      setup.put("Flink options", new TreeMap<>(settings.flinkOptions()).toString());
    }
    return setup;
  }

  /** The loads on one topic. */
  private record PreparedLoads(Load passThrough, List<DetectionLoad> detections) {

    /** In an order in which what both cost at first falls on the one that is the yardstick. */
    List<Load> all() {
      List<Load> all = new ArrayList<>();
      all.add(passThrough);
      all.addAll(detections);
      return all;
    }
  }
}
