package dev.lockstep.connector.files;

import static java.util.Objects.requireNonNullElse;

import dev.lockstep.connector.files.FoundFile.Stamp;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all folders and finds the files that are meant. It only goes into folders that may hold
 * some, and passes over names that begin with a dot or an underscore. Folders of days that are long
 * over, as paths say, it looks at again now and then only: what was in them is in them still, as
 * far as it knows. For one thread.
 */
final class FolderWalk implements Supplier<Listing> {

  private static final String LOCAL = "file";

  /** How long after its last day, in any time zone, a folder may still get files at any time. */
  private static final Duration YOUNG = Duration.ofDays(2);

  /** How long what was in an old folder is believed to be all that is in it. */
  static final Duration BELIEVED = Duration.ofHours(1);

  private final List<FileSettings> sources;
  private final Duration quietTime;
  private final java.time.Clock clock;
  private Map<OldFolder, Content> old = new HashMap<>();

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
    Map<OldFolder, Content> stillOld = new HashMap<>();
    for (FileSettings source : sources) {
      for (int i = 0; i < source.paths().size(); i++) {
        new PatternWalk(source, i, now, files, problems, stillOld).walk();
      }
    }
    old = stillOld;
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
    private final Map<OldFolder, Content> stillOld;

    /** What is in the old folder that is being looked at, or null in others. */
    private @Nullable List<FoundFile> inOld;

    private boolean complete;

    PatternWalk(
        FileSettings source,
        int number,
        long now,
        Map<String, FoundFile> files,
        List<String> problems,
        Map<OldFolder, Content> stillOld) {
      this.source = source;
      this.number = number;
      this.pattern = source.paths().get(number);
      this.now = now;
      this.files = files;
      this.problems = problems;
      this.stillOld = stillOld;
    }

    void walk() {
      Path root = new Path(pattern.root());
      try {
        walk(root.getFileSystem(), root, "", 0);
      } catch (IOException e) {
        problems.add(root + " cannot be looked at: " + e.getMessage());
      }
    }

    private void enter(FileSystem system, Path folder, String below, int depth) {
      if (inOld != null || !pattern.isOver(below, Instant.ofEpochMilli(now).minus(YOUNG))) {
        walk(system, folder, below, depth);
        return;
      }
      OldFolder key = new OldFolder(source.name(), number, below);
      Content content = old.get(key);
      if (content == null || now - content.atMillis >= BELIEVED.toMillis()) {
        inOld = new ArrayList<>();
        complete = true;
        walk(system, folder, below, depth);
        content = complete ? new Content(List.copyOf(inOld), now) : null;
        inOld = null;
      } else {
        content.files.forEach(file -> files.putIfAbsent(file.path(), file));
      }
      if (content != null) {
        stillOld.put(key, content);
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
            enter(system, each.getPath(), below + name + "/", depth + 1);
          }
        }
      } catch (IOException e) {
        complete = false;
        problems.add(folder + " cannot be looked at: " + e.getMessage());
      }
    }

    private void note(FileSystem system, FileStatus file, String below) {
      Optional<Map<String, String>> groups = pattern.match(below);
      if (groups.isEmpty()) {
        return;
      }
      if (!isAtRest(system, file.getModificationTime())) {
        complete = false;
        return;
      }
      String path = file.getPath().toString();
      FoundFile found =
          new FoundFile(
              source.name(),
              number,
              path,
              below,
              requireNonNullElse(
                  source.customer(), groups.get().getOrDefault(PathHeaders.CUSTOMER, "")),
              new Stamp(file.getLen(), file.getModificationTime()));
      files.putIfAbsent(path, found);
      if (inOld != null) {
        inOld.add(found);
      }
    }

    private boolean isAtRest(FileSystem system, long modifiedMillis) {
      return !LOCAL.equals(system.getUri().getScheme())
          || modifiedMillis <= now - quietTime.toMillis();
    }
  }

  /** A folder below the root of a pattern. */
  private record OldFolder(String source, int pattern, String below) {}

  /** What was in it when it was looked at. */
  private record Content(List<FoundFile> files, long atMillis) {}
}
