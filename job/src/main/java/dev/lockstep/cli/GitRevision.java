package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commit that a folder is at, as Git tells it.
 *
 * @param name the commit's hash, with {@code -dirty} behind it if something in the folder is not as
 *     it was committed
 * @param time when it was committed
 */
record GitRevision(String name, Instant time) {

  /** Empty if the folder is not in a repository, has no commit, or there is no Git. */
  static Optional<GitRevision> of(Path folder) {
    Optional<String> commit = git(folder, "log", "-1", "--format=%H %ct");
    Optional<String> changes = git(folder, "status", "--porcelain", "--", ".");
    if (commit.isEmpty() || changes.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = commit.get().split(" ", 2);
    String name = changes.get().isEmpty() ? parts[0] : parts[0] + "-dirty";
    return Optional.of(new GitRevision(name, Instant.ofEpochSecond(Long.parseLong(parts[1]))));
  }

  /** What a command of Git prints, or nothing if it fails. */
  private static Optional<String> git(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
