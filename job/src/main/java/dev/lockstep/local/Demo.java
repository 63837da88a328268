package dev.lockstep.local;

import dev.lockstep.alert.Lane;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The embedded default: a real Kafka broker, a real Elasticsearch node, both jobs on an embedded
 * Flink cluster, and a stream of events and log files to watch them by.
 */
public final class Demo implements AutoCloseable {

  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);
  private static final Duration PROGRESS_EVERY_WITHOUT_TERMINAL = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofMinutes(2);
  private static final long SEED = 20260101;

  private final DemoSettings settings;
  private final DemoConsole console;
  private final boolean terminal;
  private final ExpectedAlerts expected = new ExpectedAlerts(DemoFiles.CUSTOMER);
  private final DemoTally tally = new DemoTally(expected);
  private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
  private @Nullable DemoDirectory directory;
  private @Nullable AlertIndex index;
  private @Nullable Long eventsIndexed;

  /**
   * @param terminal whether {@code console} writes to a terminal
   */
  public Demo(DemoSettings settings, DemoConsole console, boolean terminal) {
    this.settings = settings;
    this.console = console;
    this.terminal = terminal;
  }

  /**
   * Runs the demo to its end.
   *
   * @return whether Kafka and Elasticsearch hold the same alerts, each once, and of the log files
   *     exactly those that must come
   * @throws IllegalStateException if something that it needs is not there or does not start
   */
  public boolean run() throws Exception {
    DemoDirectory folder = opened(DemoDirectory.create(settings.directory(), shippedRules()));
    directory = folder;
    System.setProperty("lockstep.log.file", folder.log().toString());
    LockstepConfig config = startServices(folder);
    EmbeddedFlink flink = opened(EmbeddedFlink.start(folder.data("flink"), settings.uiPort()));
    Topics.create(config);
    console.line("Starting the jobs …");
    LocalJobs.start(flink, config, OptionalInt.of(0), new Recovery.Newest());
    introduce(folder, config, flink);

    Backlog backlog = opened(new Backlog(config));
    AlertTail tail = opened(new AlertTail(config, tally, console));
    tail.start();
    String run = Long.toString(Instant.now().getEpochSecond(), Character.MAX_RADIX);
    DemoEvents events = new DemoEvents(SEED, run);
    DemoFeed feed =
        opened(
            new DemoFeed(
                settings, config.kafka().bootstrapServers(), config.events().topic(), events));
    DemoFiles files = opened(deliveries(folder));
    feed.start();
    files.start();
    watch(feed, files, flink);
    files.stop();
    Instant eventTime = Instant.now().minus(DemoFiles.OUT_OF_ORDER).minus(DemoEvents.MAX_DELAY);
    boolean drained = drain(backlog, tail, () -> ofFiles(folder, files, eventTime));
    Map<Lane, Long> indexed = indexed();
    awaitEventsIndexed();
    DemoReport.OfFiles ofFiles = ofFiles(folder, files, eventTime);
    console.endProgress();
    DemoReport.lines(feed.sent(), tally, indexed, ofFiles).forEach(console::line);
    boolean agree = drained && tally.duplicates() == 0 && agrees(indexed) && ofFiles.isAsItMustBe();
    console.line("");
    console.line(verdict(drained, agree));
    if (settings.keepRunning()) {
      whereToLook(folder, config, flink);
      console.line("");
      console.line("Everything stays up. Ctrl-C ends it.");
      Thread.currentThread().join();
    }
    return agree;
  }

  private DemoFiles deliveries(DemoDirectory folder) {
    int perSecond = Math.max(1, settings.ratePerSecond() / DemoEvents.CUSTOMERS.size());
    return new DemoFiles(folder.files(), new BalancerTraffic(SEED, perSecond), expected);
  }

  private static Path shippedRules() {
    return Repository.find(Path.of("rules", "content"))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No rules/content in or above " + Repository.starts() + ": run it in a clone"));
  }

  private LockstepConfig startServices(DemoDirectory folder) {
    Services services = Services.locate();
    console.line("Starting Kafka" + (settings.elasticsearch() ? " and Elasticsearch …" : " …"));
    Map<String, String> options = new HashMap<>();
    KafkaBroker kafka = opened(KafkaBroker.start(folder.data("kafka"), services, 0));
    options.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    options.put("rules.directory", folder.rules().toString());
    options.put("flags.file", folder.flags().toString());
    options.put("events.max-out-of-orderness", DemoFiles.OUT_OF_ORDER.toSeconds() + " s");
    // Some partitions have the records of no customer.
    options.put("events.idleness", DemoFiles.OUT_OF_ORDER.toSeconds() + " s");
    options.putAll(DemoFiles.options(folder.files()));
    options.put("elasticsearch.mode", "off");
    if (settings.elasticsearch()) {
      ElasticsearchNode node =
          opened(ElasticsearchNode.start(folder.data("elasticsearch"), services, 0));
      options.put("elasticsearch.mode", "index-job");
      options.put("elasticsearch.hosts", node.httpUri().toString());
      options.put("event-index.customers", DemoFiles.CUSTOMER);
      index = new AlertIndex(node.httpUri());
    }
    return ConfigReader.read(null, options);
  }

  private void introduce(DemoDirectory folder, LockstepConfig config, EmbeddedFlink flink) {
    console.line("");
    console.line(console.bold("Lockstep is running.") + " Where to look:");
    whereToLook(folder, config, flink);
    console.line("  Log            " + folder.log());
    console.line("");
    console.line("Customers: acme is live, globex in shadow, initech live for a quarter of its");
    console.line(
        "events, umbrella not let in. All these send to Kafka; hooli is live, and the log");
    console.line(
        "of its load balancer arrives as files. Try it while it runs, each takes a second:");
    console.line("  Flags          move a customer in " + folder.flags());
    console.line("  Rules          edit, add, break or delete a rule in " + folder.rules());
    console.line("");
  }

  private void whereToLook(DemoDirectory folder, LockstepConfig config, EmbeddedFlink flink) {
    console.line("");
    console.line("  Flink UI       " + flink.uiUri());
    console.line("  Metrics        " + flink.metricsUri() + "  for Prometheus");
    console.line(
        "  Kafka          %s  topics %s, %s, %s, %s, %s, %s"
            .formatted(
                config.kafka().bootstrapServers(),
                config.events().topic(),
                config.alerts().liveTopic(),
                config.alerts().shadowTopic(),
                config.deadLettersTopic(),
                config.ruleStatusTopic(),
                config.engineStatusTopic()));
    console.line("  Files          " + folder.files());
    if (index != null) {
      for (Lane lane : Lane.values()) {
        console.line("  Elasticsearch  curl '" + index.search(lane) + "'");
      }
      console.line("                 curl '" + index.search(DemoFiles.CUSTOMER) + "'");
    }
  }

  private void watch(DemoFeed feed, DemoFiles files, EmbeddedFlink flink) throws Exception {
    Instant started = Instant.now();
    Instant nextProgress = started;
    Duration every = terminal ? PROGRESS_EVERY : PROGRESS_EVERY_WITHOUT_TERMINAL;
    Duration killAfter = settings.killTaskManagerAfter();
    boolean killed = killAfter == null;
    while (!feed.isDone()) {
      files.check();
      Duration running = Duration.between(started, Instant.now());
      if (!killed && killAfter != null && running.compareTo(killAfter) >= 0) {
        killed = true;
        console.line("Killing a Flink task manager with all its tasks …");
        flink.killTaskManager();
      }
      if (!Instant.now().isBefore(nextProgress)) {
        nextProgress = nextProgress.plus(every);
        console.progress(progress(running, feed.sent(), files.files()));
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    console.progress(
        progress(Duration.between(started, Instant.now()), feed.sent(), files.files()));
  }

  private String progress(Duration running, long sent, int files) {
    return "%4d s  %,d events  %,d files  %,d live  %,d shadow  %,d dead letters"
        .formatted(
            running.toSeconds(),
            sent,
            files,
            tally.alerts(Lane.LIVE),
            tally.alerts(Lane.SHADOW),
            tally.deadLetters());
  }

  /**
   * Waits until every event is covered by a checkpoint and every alert of it committed and read,
   * and every line of a file counted by the engine and its alerts there.
   */
  private boolean drain(Backlog backlog, AlertTail tail, Supplier<DemoReport.OfFiles> ofFiles)
      throws InterruptedException {
    Instant deadline = Instant.now().plus(DRAIN);
    while (Instant.now().isBefore(deadline)) {
      if (ofFiles.get().isRead()
          && backlog.events() == 0
          && !backlog.hasOpenTransactions()
          && tail.isAtEnd()) {
        return true;
      }
      LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    }
    return false;
  }

  private DemoReport.OfFiles ofFiles(DemoDirectory folder, DemoFiles files, Instant eventTime) {
    return new DemoReport.OfFiles(
        files.files(),
        files.lines(),
        tally.events(DemoFiles.CUSTOMER),
        tally.malformed(DemoFiles.CUSTOMER),
        eventsIndexed,
        folder.isAsLaidOut() ? expected.at(eventTime) : null);
  }

  private void awaitEventsIndexed() throws InterruptedException {
    AlertIndex events = index;
    if (events == null) {
      return;
    }
    Instant deadline = Instant.now().plus(DRAIN);
    long count = events.count(DemoFiles.CUSTOMER);
    while (count < tally.events(DemoFiles.CUSTOMER) && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
      count = events.count(DemoFiles.CUSTOMER);
    }
    eventsIndexed = count;
  }

  private Map<Lane, Long> indexed() throws InterruptedException {
    Map<Lane, Long> counts = new EnumMap<>(Lane.class);
    AlertIndex alerts = index;
    if (alerts == null) {
      return counts;
    }
    Instant deadline = Instant.now().plus(DRAIN);
    do {
      for (Lane lane : Lane.values()) {
        counts.put(lane, alerts.count(lane));
      }
      LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    } while (!agrees(counts) && Instant.now().isBefore(deadline));
    return counts;
  }

  private String verdict(boolean drained, boolean agree) {
    if (agree) {
      return "Every alert is in Kafka once"
          + (settings.elasticsearch() ? " and in Elasticsearch once" : "")
          + ", and "
          + DemoFiles.CUSTOMER
          + "'s files were read once, line by line.";
    }
    return drained
        ? "The counts do not agree: keep the log by --directory, and report it."
        : "The jobs did not finish within "
            + DRAIN.toSeconds()
            + " s; the log is kept by --directory.";
  }

  private boolean agrees(Map<Lane, Long> indexed) {
    return indexed.entrySet().stream()
        .allMatch(lane -> lane.getValue() == tally.alerts(lane.getKey()));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /**
   * Ends everything at once, when the process is told to end: the services stop, and what waits for
   * them ends with the process.
   */
  public void abandon() {
    ChildProcess.closeAll();
    DemoDirectory folder = directory;
    if (folder != null) {
      try {
        folder.close();
      } catch (IOException e) {
        console.line("Cannot remove the demo's folder: " + e);
      }
    }
  }

  /** Stops all that was started, the last first. */
  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable resource = open.pop();
      try {
        resource.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        console.line("Stopping " + resource.getClass().getSimpleName() + " failed: " + e);
      }
    }
  }
}
