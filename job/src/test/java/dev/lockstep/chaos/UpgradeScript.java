package dev.lockstep.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs {@code k8s-operator/scripts/upgrade}. Where a person's command would submit a version, that
 * of the script asks the test to, and waits until it has.
 */
final class UpgradeScript {

  private static final Path SCRIPT = Path.of("..", "k8s-operator", "scripts", "upgrade");
  private static final Duration POLL = Duration.ofMillis(50);

  /** Submits a version of the job. */
  interface Submission {
    void from(String savepoint) throws Exception;
  }

  /** What came of it. */
  record Result(int exitCode, String output) {}

  private final Path folder;

  UpgradeScript(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Runs it; both submissions are made in this thread, when the script asks for them. */
  Result run(
      URI rest, String job, String savepoints, Duration within, Submission start, Submission back)
      throws Exception {
    Path output = folder.resolve("output.log");
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of("--rest", rest.toString()));
    command.addAll(List.of("--job", job));
    command.addAll(List.of("--savepoints", savepoints));
    command.addAll(List.of("--start", asking("start")));
    command.addAll(List.of("--back", asking("back")));
    command.addAll(List.of("--within", Long.toString(within.toSeconds())));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      while (process.isAlive()) {
        answer("start", start);
        answer("back", back);
        LockSupport.parkNanos(POLL.toNanos());
      }
      return new Result(process.exitValue(), Files.readString(output, UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  private String asking(String what) {
    Path asked = folder.resolve(what + ".asked");
    Path done = folder.resolve(what + ".done");
    return "echo \"$LOCKSTEP_SAVEPOINT\" > '%1$s.tmp' && mv '%1$s.tmp' '%1$s' && until [ -f '%2$s' ]; do sleep 0.05; done"
        .formatted(asked, done);
  }

  private void answer(String what, Submission submission) throws Exception {
    Path asked = folder.resolve(what + ".asked");
    Path done = folder.resolve(what + ".done");
    if (Files.exists(asked) && !Files.exists(done)) {
      submission.from(Files.readString(asked, UTF_8).strip());
      Files.createFile(done);
    }
  }
}
