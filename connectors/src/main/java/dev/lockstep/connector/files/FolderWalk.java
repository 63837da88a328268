package dev.lockstep.connector.files;

import static java.util.Objects.requireNonNullElse;

import dev.lockstep.connector.files.FoundFile.Stamp;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Looks at all folders and finds the files that are meant. It only goes into folders that may hold
 * some, and passes over names that begin with a dot or an underscore. What it remembers it returns.
 */
final class FolderWalk implements Supplier<Listing> {

  private static final String LOCAL = "file";

  private final List<FileSettings> sources;
  private final Duration quietTime;
  private final java.time.Clock clock;

  FolderWalk(List<FileSettings> sources, Duration quietTime, java.time.Clock clock) {
    this.sources = List.copyOf(sources);
    this.quietTime = quietTime;
    this.clock = clock;
  }

  @Override
  public Listing get() {
    // By path: the first source that means a file has it.
    Map<String, FoundFile> files = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    long now = clock.millis();
    for (FileSettings source : sources) {
      for (int i = 0; i < source.paths().size(); i++) {
        new PatternWalk(source, i, now, files, problems).walk();
      }
    }
    return new Listing(List.copyOf(files.values()), problems, now);
  }

  /** One pattern's part of it. */
  private final class PatternWalk {
    private final FileSettings source;
    private final int number;
    private final PathPattern pattern;
    private final long now;
    private final Map<String, FoundFile> files;
    private final List<String> problems;

    PatternWalk(
        FileSettings source,
        int number,
        long now,
        Map<String, FoundFile> files,
        List<String> problems) {
      this.source = source;
      this.number = number;
      this.pattern = source.paths().get(number);
      this.now = now;
      this.files = files;
      this.problems = problems;
    }

    void walk() {
      Path root = new Path(pattern.root());
      try {
        walk(root.getFileSystem(), root, "", 0);
      } catch (IOException e) {
        problems.add(root + " cannot be looked at: " + e.getMessage());
      }
    }

    private void walk(FileSystem system, Path folder, String below, int depth) {
      try {
        FileStatus[] inside = system.listStatus(folder);
        if (inside == null) {
          throw new FileNotFoundException("it does not exist, or must not be read");
        }
        for (FileStatus each : inside) {
          String name = each.getPath().getName();
          if (name.isEmpty() || name.startsWith(".") || name.startsWith("_")) {
            continue;
          }
          if (!each.isDir()) {
            note(system, each, below + name);
          } else if (pattern.leadsTo(depth, name)) {
            walk(system, each.getPath(), below + name + "/", depth + 1);
          }
        }
      } catch (IOException e) {
        problems.add(folder + " cannot be looked at: " + e.getMessage());
      }
    }

    private void note(FileSystem system, FileStatus file, String below) {
      Optional<Map<String, String>> groups = pattern.match(below);
      if (groups.isEmpty() || !isAtRest(system, file.getModificationTime())) {
        return;
      }
      String path = file.getPath().toString();
      files.putIfAbsent(
          path,
          new FoundFile(
              source.name(),
              number,
              path,
              below,
              requireNonNullElse(
                  source.customer(), groups.get().getOrDefault(PathHeaders.CUSTOMER, "")),
              new Stamp(file.getLen(), file.getModificationTime())));
    }

    private boolean isAtRest(FileSystem system, long modifiedMillis) {
      return !LOCAL.equals(system.getUri().getScheme())
          || modifiedMillis <= now - quietTime.toMillis();
    }
  }
}
