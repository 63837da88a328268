package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.launchdarkly.FlagFileText;
import dev.lockstep.connector.launchdarkly.FlagFileText.Customers;
import dev.lockstep.connector.launchdarkly.FlagFileText.Targeting;
import dev.lockstep.connector.launchdarkly.FlagKeys;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.parity.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;

/**
 * A whole migration by itself: two engines on real Kafka, a regression in the new one's rules,
 * parity that finds it, the repair, and customers that move by the steps that {@code migrate}
 * proposes, until the old engine can go.
 */
public final class MigrationDemo implements AutoCloseable {

  private static final List<String> CUSTOMERS = List.of("acme", "globex", "initech");
  private static final String PLANTED = "windows/shadow-copies-destroyed.yml";
  private static final String ENOUGH = "20";
  private static final int MAX_LOST_SHOWN = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final String BLUE_IS_LET_IN =
      "\"rules\": [{\"id\": \"blue\", \"variation\": 0, \"clauses\": [{\"contextKind\":"
          + " \"engine\", \"attribute\": \"key\", \"op\": \"in\", \"negate\": false,"
          + " \"values\": [\"blue\"]}]}],\n      ";

  private static final Pattern LEFT_OUT =
      Pattern.compile("(?m)^correlation:|^\\s+suppress:|^\\s+stage: shadow|^\\s+customers:");
  private static final Pattern RULE_ID = Pattern.compile("(?m)^id: (\\S+)$");

  private final DemoConsole console;
  private final Shell shell;
  private final @Nullable Path given;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Instant began = Instant.now();
  private @Nullable Path folder;

  /** Runs {@code lockstep} commands, as a person would in another terminal. */
  @FunctionalInterface
  public interface Shell {
    /** Runs one to its end. */
    Outcome run(List<String> arguments);
  }

  /** What a command came to. */
  public record Outcome(int exitCode, String output) {}

  /**
   * @param given an empty or new folder for all that the demo writes; null for a temporary one,
   *     which stays, too: the report is in it
   */
  public MigrationDemo(DemoConsole console, Shell shell, @Nullable Path given) {
    this.console = console;
    this.shell = shell;
    this.given = given;
  }

  /**
   * Runs it to its end.
   *
   * @return whether every alert is live, none without need twice, and all customers have moved
   * @throws IllegalStateException if something that it needs is not there or does not come
   */
  public boolean run() throws Exception {
    Path root = layOut();
    KafkaBroker kafka = opened(KafkaBroker.start(root.resolve("data/kafka")));
    LockstepConfig blue = config(root, kafka, "blue");
    LockstepConfig green = config(root, kafka, "green");
    System.setProperty("lockstep.log.file", root.resolve("lockstep.log").toString());
    Topics.create(blue);
    try (EmbeddedFlink flink = EmbeddedFlink.start(root.resolve("data/flink"), 0)) {
      return migrate(root, flink, blue, green);
    }
  }

  private boolean migrate(Path root, EmbeddedFlink flink, LockstepConfig blue, LockstepConfig green)
      throws Exception {
    tell("blue is live for " + String.join(", ", CUSTOMERS) + ". green, the next version, starts");
    tell("beside it on the same events; flags keep all customers out of it. Parity compares.");
    Recovery newest = new Recovery.Newest();
    JobID old = LocalJobs.submitDetection(flink, blue, 1, newest);
    JobID next = LocalJobs.submitDetection(flink, green, 1, newest);
    LocalJobs.startParity(flink, blue);
    flink.awaitRunning(old);
    flink.awaitRunning(next);
    MigrationFeed feed =
        opened(
            new MigrationFeed(
                blue.kafka().bootstrapServers(),
                blue.events().topic(),
                CUSTOMERS,
                rulesIn(root.resolve("blue/rules"))));
    feed.start();
    shadow();
    findRegression(root);
    moveAll();
    tell("All customers are live in green, and blue gets no events any more: blue goes.");
    feed.stop();
    awaitEnd(blue, green);
    flink.cancel(old);
    return end(root, blue, feed);
  }

  /** All customers go to shadow, the first one with a tenth of its events before. */
  private void shadow() {
    tell("");
    tell("First to shadow, where nobody is woken. acme begins with a tenth of its events:");
    step("acme", "10%");
    step("acme", "10%");
    for (String customer : CUSTOMERS.subList(1, CUSTOMERS.size())) {
      step(customer, "0%");
    }
  }

  private void findRegression(Path root) throws IOException {
    tell("");
    tell("green came with a rule that somebody has broken. Parity is asked whether acme can go");
    tell("live:");
    Outcome refused =
        await(
            next("acme", "0%", "--different-rules"),
            outcome -> outcome.exitCode() == 1 && outcome.output().contains("differ ("));
    show(refused.output(), "(?m)^.*[✗!] .*$");
    run(report(root, "before"));
    tell("  The report of this moment: " + root.resolve("before.html"));
    tell("");
    tell("So it stays where it is. The right rule is published to green.");
    Files.copy(
        root.resolve("blue/rules").resolve(PLANTED),
        root.resolve("green/rules").resolve(PLANTED),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void moveAll() {
    tell("What was compared before counts no more. Each customer moves as soon as " + ENOUGH);
    tell("alerts of both engines agree again:");
    for (String customer : CUSTOMERS) {
      step(customer, "0%");
    }
    tell("");
    tell("green is live. blue lets go of them, one by one:");
    for (String customer : CUSTOMERS) {
      step(customer, "0%");
    }
  }

  /** Makes the next step of a customer by the command, as soon as that finds it safe. */
  private void step(String customer, String trickle) {
    List<String> apply = next(customer, trickle, "--apply", "-o", flags().toString());
    Outcome made = await(apply, outcome -> outcome.exitCode() == 0);
    tell("    $ lockstep migrate next --customer " + customer + " --apply");
    show(made.output(), "(?m)^" + customer + "  .*$");
  }

  private List<String> next(String customer, String trickle, String... more) {
    List<String> command = new ArrayList<>(List.of("migrate", "next", "--customer", customer));
    command.addAll(List.of("--trickle", trickle, "--comparisons", ENOUGH));
    command.addAll(List.of(more));
    command.addAll(common());
    return command;
  }

  private List<String> report(Path root, String name) {
    List<String> command = new ArrayList<>(List.of("parity", "report", "-o"));
    command.add(root.resolve(name + ".html").toString());
    command.addAll(List.of("--comparisons", ENOUGH));
    command.addAll(common());
    return command;
  }

  private List<String> common() {
    return List.of(
        "--from",
        "blue",
        "--to",
        "green",
        "--config",
        root().resolve("lockstep.yaml").toString(),
        "--flags",
        flags().toString());
  }

  private Outcome await(List<String> command, Predicate<Outcome> wanted) {
    Instant deadline = Instant.now().plus(PATIENCE);
    Outcome outcome;
    do {
      outcome = shell.run(command);
      if (wanted.test(outcome)) {
        return outcome;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    } while (Instant.now().isBefore(deadline));
    throw new IllegalStateException(
        "This did not come within %d s:%n%s".formatted(PATIENCE.toSeconds(), outcome.output()));
  }

  private void run(List<String> command) {
    Outcome outcome = shell.run(command);
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(outcome.output());
    }
  }

  /** Waits until both engines have committed all, and parity has judged what they sent. */
  private void awaitEnd(LockstepConfig blue, LockstepConfig green) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    try (Backlog one = new Backlog(blue);
        Backlog other = new Backlog(green)) {
      while (one.events() > 0 || other.events() > 0 || other.hasOpenTransactions()) {
        if (Instant.now().isAfter(deadline)) {
          throw new IllegalStateException(
              "The engines did not finish within " + PATIENCE.toSeconds() + " s");
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    }
  }

  private boolean end(Path root, LockstepConfig config, MigrationFeed feed) {
    Map<String, String> expected = feed.expected();
    MigrationLedger ledger = settled(config, expected);
    run(report(root, "report"));
    List<String> lost = ledger.lost(expected);
    long doubled = ledger.doubled();
    tell("");
    row("Events sent", feed.sent());
    row("Alerts that they must raise", expected.size());
    row("Alerts that are live", ledger.alerts());
    row("  of them rescued by parity", ledger.with(Verdict.RESCUED));
    row("  of them live in both engines, as parity tells", ledger.with(Verdict.DUPLICATE_LIVE));
    row("Alerts lost", lost.size());
    lost.stream().limit(MAX_LOST_SHOWN).forEach(each -> tell("  " + each));
    row("Alerts doubled", doubled);
    tell("");
    boolean good = lost.isEmpty() && doubled == 0;
    tell(
        good
            ? "Every customer has moved, and no alert was lost or doubled."
            : "This is not as it must be; the log is " + root.resolve("lockstep.log"));
    tell(
        "It took %d s. The report:  %s"
            .formatted(
                Duration.between(began, Instant.now()).toSeconds(), root.resolve("report.html")));
    return good;
  }

  /** What parity has still to say comes within its windows. */
  private MigrationLedger settled(LockstepConfig config, Map<String, String> expected) {
    Instant deadline = Instant.now().plus(config.parity().times().maxWait().multipliedBy(3));
    MigrationLedger ledger = MigrationLedger.read(config);
    while ((!ledger.lost(expected).isEmpty() || ledger.doubled() > 0)
        && Instant.now().isBefore(deadline)) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      ledger = MigrationLedger.read(config);
    }
    return ledger;
  }

  private Path layOut() throws IOException {
    Path root =
        given == null
            ? ReachableFolder.open(Files.createTempDirectory("lockstep-migration-"))
            : Files.createDirectories(given).toAbsolutePath();
    try (Stream<Path> files = Files.list(root)) {
      if (files.findAny().isPresent()) {
        throw new IllegalStateException(
            "The directory " + root + " must be empty: name another one, or clear it");
      }
    }
    folder = root;
    Path shipped =
        Repository.find(Path.of("rules", "content"))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "No rules/content in or above "
                            + Repository.starts()
                            + ": run it in a clone"));
    for (String engine : List.of("blue", "green")) {
      copyRules(shipped, root.resolve(engine).resolve("rules"));
    }
    Path planted = root.resolve("green/rules").resolve(PLANTED);
    String rule = Files.readString(planted);
    String broken = rule.replace("- shadows", "- shadow-copies");
    if (broken.equals(rule)) {
      throw new IllegalStateException(PLANTED + " has changed: there is nothing to break in it");
    }
    Files.writeString(planted, broken);
    Files.writeString(
        flags(),
        new FlagFileText(
                FlagKeys.DEFAULT,
                new Targeting("migration-in", List.of(), "{\"variation\": 1}"),
                new Targeting(
                    "migration-out", List.of(new Customers(0, CUSTOMERS)), "{\"variation\": 1}"))
            .text()
            .replaceFirst("\"fallthrough\": ", BLUE_IS_LET_IN + "\"fallthrough\": "));
    return root;
  }

  /**
   * Rules of single events that go live for all customers: what a correlation finds depends on when
   * an engine began.
   */
  private static void copyRules(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(MigrationDemo::isRule).toList()) {
        String text = Files.readString(file);
        if (!LEFT_OUT.matcher(text).find()) {
          Path copy = to.resolve(from.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.writeString(copy, text);
        }
      }
    }
  }

  private static boolean isRule(Path file) {
    return file.toString().endsWith(".yml") && !file.toString().endsWith(".test.yml");
  }

  private static Set<String> rulesIn(Path directory) throws IOException {
    Set<String> ids = new HashSet<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(MigrationDemo::isRule).toList()) {
        Matcher matcher = RULE_ID.matcher(Files.readString(file));
        while (matcher.find()) {
          ids.add(matcher.group(1));
        }
      }
    }
    return ids;
  }

  private LockstepConfig config(Path root, KafkaBroker kafka, String engine) throws IOException {
    Path file = root.resolve("lockstep.yaml");
    Files.writeString(
        file,
        """
        kafka.bootstrap-servers: %s
        flags.file: %s
        events.max-out-of-orderness: 1 s
        events.idleness: 2 s
        elasticsearch.mode: "off"
        parity.first: blue
        parity.second: green
        parity.window: 3 s
        parity.max-wait: 6 s
        parity.keep: 10 min
        parity.idleness: 4 s
        parity.summary-interval: 1 s
        parity.write-matched: true
        """
            .formatted(kafka.bootstrapServers(), flags()),
        UTF_8);
    return ConfigReader.read(
        file,
        Map.of(
            "engine.name",
            engine,
            "rules.directory",
            root.resolve(engine).resolve("rules").toString()));
  }

  private Path root() {
    Path root = folder;
    if (root == null) {
      throw new IllegalStateException("the folder is not laid out yet");
    }
    return root;
  }

  private Path flags() {
    return root().resolve("flags.json");
  }

  private void tell(String text) {
    console.line(
        text.isEmpty()
            ? ""
            : "%4d s  %s".formatted(Duration.between(began, Instant.now()).toSeconds(), text));
  }

  private void row(String name, long count) {
    console.line("        %-48s %,8d".formatted(name, count));
  }

  /** Shows those lines of a command's output. */
  private void show(String output, String lines) {
    Matcher matcher = Pattern.compile(lines).matcher(output);
    while (matcher.find()) {
      tell("  " + matcher.group().strip());
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /** Ends the services at once, when the process is told to end. */
  public void abandon() {
    ChildProcess.closeAll();
  }

  /** Stops all that was started, the last first; the folder stays, for the report. */
  @Override
  public void close() {
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
