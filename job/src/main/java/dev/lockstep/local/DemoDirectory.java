package dev.lockstep.local;

import dev.lockstep.connector.launchdarkly.FlagFileText;
import dev.lockstep.connector.launchdarkly.FlagFileText.Customers;
import dev.lockstep.connector.launchdarkly.FlagFileText.Targeting;
import dev.lockstep.connector.launchdarkly.FlagKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The demo's folder: rules and flags that a person may edit while it runs, log files of a customer,
 * data, and a log.
 */
final class DemoDirectory implements AutoCloseable {

  private static final String QUARTER_OF_THE_EVENTS =
      """
      {
        "rollout": {
          "contextKind": "event",
          "variations": [
            {"variation": 0, "weight": 25000},
            {"variation": 1, "weight": 75000}
          ]
        }
      }
      """;
  private static final FlagFileText FLAGS =
      new FlagFileText(
          FlagKeys.DEFAULT,
          new Targeting(
              "demo-ingress", List.of(new Customers(1, List.of("umbrella"))), "{\"variation\": 0}"),
          new Targeting(
              "demo-egress",
              List.of(
                  new Customers(0, List.of("acme", DemoFiles.CUSTOMER)),
                  new Customers(1, List.of("globex"))),
              QUARTER_OF_THE_EVENTS));

  private static final int DELETE_ATTEMPTS = 50;
  private static final Duration DELETE_PAUSE = Duration.ofMillis(100);

  private final Path root;
  private final boolean temporary;
  private Map<Path, FileTime> laidOut = Map.of();

  private DemoDirectory(Path root, boolean temporary) {
    this.root = root;
    this.temporary = temporary;
  }

  /**
   * Lays out the folder.
   *
   * @param given an empty or new folder that stays afterwards; null for a temporary one
   * @param shippedRules copied, without their tests, so that editing them changes no repository
   */
  static DemoDirectory create(@Nullable Path given, Path shippedRules) {
    try {
      Path root =
          given == null
              ? ReachableFolder.open(Files.createTempDirectory("lockstep-demo-"))
              : Files.createDirectories(given).toAbsolutePath();
      try (var files = Files.list(root)) {
        if (files.findAny().isPresent()) {
          throw new IllegalStateException(
              "The directory " + root + " must be empty: name another one, or clear it");
        }
      }
      DemoDirectory directory = new DemoDirectory(root, given == null);
      Files.writeString(directory.flags(), FLAGS.text());
      copyRules(shippedRules, directory.rules());
      Files.createDirectories(directory.files());
      directory.laidOut = directory.rulesAndFlags();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot lay out the demo's folder: " + e.getMessage(), e);
    }
  }

  Path rules() {
    return root.resolve("rules");
  }

  Path flags() {
    return root.resolve("flags.json");
  }

  /** Where log files of customers arrive. */
  Path files() {
    return root.resolve("files").resolve("alb");
  }

  /** Returns whether nobody has changed rules or flags. */
  boolean isAsLaidOut() {
    try {
      return laidOut.equals(rulesAndFlags());
    } catch (IOException e) {
      // One of them is gone.
      return false;
    }
  }

  /** With when each was changed last; of a folder, when a name in it was. */
  private Map<Path, FileTime> rulesAndFlags() throws IOException {
    Map<Path, FileTime> changed = new HashMap<>();
    changed.put(flags(), Files.getLastModifiedTime(flags()));
    try (var files = Files.walk(rules())) {
      for (Path each : files.toList()) {
        changed.put(each, Files.getLastModifiedTime(each));
      }
    }
    return changed;
  }

  Path log() {
    return root.resolve("lockstep.log");
  }

  Path data(String service) {
    return root.resolve("data").resolve(service);
  }

  private static void copyRules(Path from, Path to) throws IOException {
    List<Path> rules;
    try (var files = Files.walk(from)) {
      rules =
          files
              .filter(file -> file.toString().endsWith(".yml"))
              .filter(file -> !file.toString().endsWith(".test.yml"))
              .toList();
    }
    for (Path rule : rules) {
      Path copy = to.resolve(from.relativize(rule).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(rule, copy);
    }
  }

  /** Removes a temporary folder; tasks that are ending may still write into it for a moment. */
  @Override
  public void close() throws IOException {
    for (int attempt = 1; temporary && Files.exists(root); attempt++) {
      if (attempt > DELETE_ATTEMPTS) {
        throw new IOException("something still writes into " + root);
      }
      delete(root);
      LockSupport.parkNanos(DELETE_PAUSE.toNanos());
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            try {
              Files.deleteIfExists(visited);
            } catch (DirectoryNotEmptyException e) {
              // Somebody has just written into it: the next attempt takes it.
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
