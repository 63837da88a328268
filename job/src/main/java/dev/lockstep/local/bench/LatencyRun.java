package dev.lockstep.local.bench;

import dev.lockstep.alert.Lane;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.local.LocalJobs;
import dev.lockstep.local.Recovery;
import dev.lockstep.local.Topics;
import dev.lockstep.local.bench.Figure.Better;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;

/**
 * How long alerts take while events come at a steady rate, and how long there are none when a task
 * manager dies under it.
 */
final class LatencyRun {

  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int PROBES_PER_SECOND = 250;
  private static final String RESTART = "restart";

  private final BenchSystem system;
  private final BenchSettings settings;
  private final Consumer<String> progress;

  LatencyRun(BenchSystem system, BenchSettings settings, Consumer<String> progress) {
    this.system = system;
    this.settings = settings;
    this.progress = progress;
  }

  Measured measure(double perSecond) throws Exception {
    double skew = settings.skews().get(0);
    int count = settings.ruleCounts().stream().mapToInt(Integer::intValue).max().orElseThrow();
    String rules = system.rules(EvenChoice.of(settings.rules(), count)).toString();
    LockstepConfig config =
        system.config(
            "latency", skew, Map.of("rules.directory", rules, "events.topic", "events-latency"));
    system.createTopic(config.events().topic());
    Topics.createBesideEvents(config);
    JobID job =
        LocalJobs.submitDetection(
            system.flink, config, settings.parallelism(), new Recovery.Nothing());
    try {
      system.awaitRules(DetectionJob.name(config), job);
      return underLoad(config, skew, perSecond);
    } finally {
      system.flink.cancel(job);
    }
  }

  /** As long as what counts, within bounds. */
  private Duration warmUp() {
    return settings.latencyFor().compareTo(LONGEST_WARM_UP) < 0
        ? settings.latencyFor()
        : LONGEST_WARM_UP;
  }

  private Measured underLoad(LockstepConfig config, double skew, double perSecond)
      throws Exception {
    int probeEvery = (int) Math.max(1, Math.round(perSecond / PROBES_PER_SECOND));
    double probesPerSecond = perSecond / probeEvery;
    long first = Math.round(probesPerSecond * warmUp().toMillis() / 1000);
    long end = first + Math.round(probesPerSecond * settings.latencyFor().toMillis() / 1000);
    Latencies uncommitted = new Latencies("latency, read_uncommitted", first, end);
    Latencies committed = new Latencies("latency, read_committed", first, end);
    EventStream stream =
        new EventStream(settings.seed(), settings.mix(), settings.customers(), skew);
    String servers = system.kafka.bootstrapServers();
    String alerts = config.alerts().topic(Lane.LIVE);
    progress.accept(
        "Alerts at %,.0f events a second, for %d s"
            .formatted(perSecond, warmUp().plus(settings.latencyFor()).toSeconds()));
    try (OpenLoad load =
            OpenLoad.start(
                system.producer(), config.events().topic(), stream, perSecond, probeEvery);
        AlertWatch early =
            new AlertWatch(
                servers, alerts, "read_uncommitted", uncommitted, load::plannedNanos, probeEvery);
        AlertWatch late =
            new AlertWatch(
                servers, alerts, "read_committed", committed, load::plannedNanos, probeEvery)) {
      List<AlertWatch> watches = List.of(early, late);
      await("all events to be sent", load, watches, () -> load.sent() > end * probeEvery);
      await(
          "the alert of each probe",
          load,
          watches,
          () -> uncommitted.missing() == 0 && committed.missing() == 0);
      List<Figure> figures = new ArrayList<>();
      figures.add(
          new Figure(
              "latency, read_uncommitted", "events", "/s", Math.round(perSecond), Better.TOLD));
      figures.addAll(uncommitted.figures());
      figures.addAll(committed.figures());
      List<Curve> curves = List.of(uncommitted.curve(), committed.curve());
      progress.accept("Killing the task manager");
      long failedNanos = system.flink.killTaskManager();
      watches.forEach(watch -> watch.failed(failedNanos));
      await(
          "alerts after the failure",
          load,
          watches,
          () -> watches.stream().allMatch(watch -> watch.millisUntilBack() > 0));
      figures.add(
          new Figure(
              RESTART,
              "until an alert, read_uncommitted",
              "ms",
              early.millisUntilBack(),
              Better.TOLD));
      figures.add(
          new Figure(
              RESTART,
              "until an alert, read_committed",
              "ms",
              late.millisUntilBack(),
              Better.TOLD));
      figures.add(
          new Figure(RESTART, "alerts committed twice", "", committed.again(), Better.LESS));
      return new Measured(figures, curves);
    }
  }

  private void await(
      String what, OpenLoad load, List<AlertWatch> watches, BooleanSupplier condition)
      throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE).plus(warmUp()).plus(settings.latencyFor());
    while (!condition.getAsBoolean()) {
      load.check();
      watches.forEach(AlertWatch::check);
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("Waited in vain for " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
