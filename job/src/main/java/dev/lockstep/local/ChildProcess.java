package dev.lockstep.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A process of ours with all that it starts, which never outlives this JVM, not even when this JVM
 * is killed.
 */
public final class ChildProcess implements AutoCloseable {

  /**
   * The read returns when the write end of standard input closes, and the kernel closes it when
   * this JVM dies, however that happens; the process that does the work gets an empty input.
   */
  private static final String WATCHDOG =
      """
      exec 3<&0 </dev/null
      { read -r _; kill -s KILL -- "$0$$"; } <&3 3<&- &
      exec 3<&-
      exec "$@"
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::closeAll, "child-processes"));
  }

  private final String name;
  private final Path log;
  private final Process process;

  private ChildProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts the builder's command, its output appended to the log file.
   *
   * @param name the service as messages call it
   */
  public static ChildProcess start(String name, ProcessBuilder command, Path log) {
    command.command(guarded(command.command()));
    command
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      ChildProcess child = new ChildProcess(name, log, command.start());
      RUNNING.add(child);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name, e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Waits until the condition holds.
   *
   * @throws IllegalStateException if the process exits before, or the time is over; the message
   *     shows the end of its log
   */
  public void await(String condition, Duration within, BooleanSupplier holds) {
    long deadline = System.nanoTime() + within.toNanos();
    while (!holds.getAsBoolean()) {
      if (!process.isAlive()) {
        throw failure("exited with code " + process.exitValue() + " before " + condition);
      }
      if (System.nanoTime() > deadline) {
        throw failure("is not there after " + within.toSeconds() + " s: " + condition);
      }
      if (!pause()) {
        throw failure("was waited for by a thread that is interrupted");
      }
    }
  }

  /** Waits until the process has exited with code 0. */
  void awaitSuccess(Duration within) {
    if (!exits(within)) {
      kill();
      throw failure("has not ended after " + within.toSeconds() + " s");
    }
    RUNNING.remove(this);
    if (process.exitValue() != 0) {
      throw failure("exited with code " + process.exitValue());
    }
  }

  /** Kills the process and all that it started, with no chance to tidy up (SIGKILL). */
  public void kill() {
    List<ProcessHandle> tree = tree();
    // Lets the watchdog kill the whole group at once, also what was started a moment ago.
    closeInput();
    exits(Duration.ofSeconds(1));
    tree.forEach(ProcessHandle::destroyForcibly);
    awaitGone(tree, PATIENCE);
    exits(PATIENCE);
    RUNNING.remove(this);
  }

  /** Asks the process to stop, kills what is left after 20 s, and returns when it is gone. */
  @Override
  public void close() {
    close(PATIENCE);
  }

  void close(Duration patience) {
    awaitGone(terminate(), patience);
    kill();
  }

  /**
   * Returns whether the process does nothing any more. One whose parent we killed stays in the
   * process table for as long as the machine's first process does not collect it; in a container
   * that may be for ever.
   */
  static boolean isGone(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      return !process.isAlive() || Files.readString(status).contains(") Z ");
    } catch (IOException e) {
      return !process.isAlive();
    }
  }

  /** Stops all children of this process. */
  static synchronized void closeAll() {
    List<ChildProcess> children = List.copyOf(RUNNING);
    children.forEach(ChildProcess::terminate);
    children.forEach(ChildProcess::close);
  }

  private static List<String> guarded(List<String> command) {
    List<String> guarded = new ArrayList<>();
    // A session of its own keeps Ctrl-C in the terminal from reaching the services before us, and
    // gives the watchdog a process group to kill: "-" before the id means the group.
    boolean session = Executables.find("setsid").isPresent();
    if (session) {
      guarded.add("setsid");
    }
    guarded.addAll(List.of("sh", "-c", WATCHDOG, session ? "-" : ""));
    guarded.addAll(command);
    return guarded;
  }

  /**
   * Asks all of them, for a launcher may exit without waiting for its server. That includes the
   * watchdog, which would otherwise kill the server as soon as the launcher is gone.
   */
  private List<ProcessHandle> terminate() {
    List<ProcessHandle> tree = tree();
    tree.forEach(ProcessHandle::destroy);
    return tree;
  }

  /** A thread that is interrupted does not wait, so that it gets on with the killing. */
  private static void awaitGone(List<ProcessHandle> processes, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    boolean waiting = true;
    while (waiting && !processes.stream().allMatch(ChildProcess::isGone)) {
      waiting = pause() && System.nanoTime() < deadline;
    }
  }

  private List<ProcessHandle> tree() {
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      return Stream.concat(descendants, Stream.of(process.toHandle())).toList();
    }
  }

  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the input of " + name, e);
    }
  }

  private boolean exits(Duration within) {
    try {
      return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(POLL.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private IllegalStateException failure(String what) {
    return new IllegalStateException(name + " " + what + "\n" + LogTail.of(log));
  }
}
