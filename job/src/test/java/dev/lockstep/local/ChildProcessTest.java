package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** Starts a process below itself, prints the ids of both, and never ends. */
  private static final String FAMILY = "sleep 1000 & echo $$ $!; wait";

  private final Path log;

  ChildProcessTest(@TempDir Path directory) {
    this.log = directory.resolve("log");
  }

  @Test
  void diesWithAllItStartedWhenItsParentIsKilled() throws Exception {
    Process parent = parentOfAFamily();
    List<ProcessHandle> family;
    try {
      family = familyIn(parent);
    } finally {
      parent.destroyForcibly().waitFor();
    }
    waitUntil(() -> family.stream().allMatch(ChildProcess::isGone));
  }

  @Test
  void diesWithAllItStartedWhenItsParentEnds() throws Exception {
    Process parent = parentOfAFamily();
    List<ProcessHandle> family = familyIn(parent);
    parent.destroy();
    assertThat(parent.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(family).allMatch(ChildProcess::isGone);
  }

  @Test
  void killsAllItStarted() throws Exception {
    ChildProcess child = start(FAMILY);
    child.await("it has written the ids", SOON, () -> lines().size() == 1);
    List<ProcessHandle> family = processes(lines().get(0));
    assertThat(family).hasSize(2);

    child.kill();

    assertThat(family).allMatch(ChildProcess::isGone);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void closesOneThatDoesNotListen() throws Exception {
    ChildProcess child = start("trap '' TERM; echo ready; while :; do sleep 0.1; done");
    child.await("it is ready", SOON, () -> lines().contains("ready"));
    child.close(Duration.ofSeconds(1));
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void showsTheEndOfTheLogOfAProcessThatExitsEarly() {
    ChildProcess child = start("seq 1 100; exit 3");
    assertThatThrownBy(() -> child.await("it is ready", SOON, () -> false))
        .hasMessageContaining("test exited with code 3 before it is ready")
        .hasMessageContaining(log.toString())
        .hasMessageContaining("\n81\n")
        .hasMessageEndingWith("\n100")
        .hasMessageNotContaining("\n80\n");
  }

  @Test
  void saysWhatItWaitedForWhenTheTimeIsOver() {
    try (ChildProcess child = start("sleep 1000")) {
      assertThatThrownBy(() -> child.await("it sings", Duration.ofMillis(100), () -> false))
          .hasMessageContaining("it sings");
    }
  }

  private ChildProcess start(String script) {
    return ChildProcess.start("test", new ProcessBuilder("sh", "-c", script), log);
  }

  /** A JVM of its own, so that it can be killed. */
  private Process parentOfAFamily() throws IOException {
    return new ProcessBuilder(
            Executables.javaHome().resolve("bin").resolve("java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            log.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<ProcessHandle> familyIn(Process parent) throws IOException {
    try (BufferedReader out = parent.inputReader(StandardCharsets.UTF_8)) {
      String ids = out.readLine();
      assertThat(ids).isNotNull();
      List<ProcessHandle> family = processes(ids);
      assertThat(family).hasSize(2).noneMatch(ChildProcess::isGone);
      return family;
    }
  }

  private static List<ProcessHandle> processes(String ids) {
    return Stream.of(ids.split(" ", -1))
        .map(Long::parseLong)
        .flatMap(id -> ProcessHandle.of(id).stream())
        .toList();
  }

  private List<String> lines() {
    return lines(log);
  }

  private static List<String> lines(Path log) {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void waitUntil(BooleanSupplier holds) throws InterruptedException {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /** Starts a family, prints its ids, and waits to be killed. */
  static final class Parent {

    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      Path log = Path.of(arguments[0]);
      ChildProcess child =
          ChildProcess.start("family", new ProcessBuilder("sh", "-c", FAMILY), log);
      child.await("it has written the ids", SOON, () -> lines(log).size() == 1);
      System.out.println(lines(log).get(0));
      Thread.sleep(Duration.ofMinutes(10).toMillis());
    }
  }
}
