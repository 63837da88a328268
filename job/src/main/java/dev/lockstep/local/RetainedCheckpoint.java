package dev.lockstep.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checkpoints and savepoints that jobs left behind. */
final class RetainedCheckpoint {

  /** Flink writes it last: a checkpoint that has it is complete. */
  private static final String METADATA = "_metadata";

  /** JOB-ID/chk-N/_metadata, or savepoints/savepoint-ID/_metadata */
  private static final int DEPTH = 3;

  private RetainedCheckpoint() {}

  /** Returns the folder of the newest complete one below {@code folder}, if there is one. */
  static Optional<Path> newest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    List<Written> complete = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.getFileName().toString().equals(METADATA)) {
          complete.add(new Written(file.resolveSibling(""), Files.getLastModifiedTime(file)));
        }
      }
    }
    return complete.stream().max(Comparator.comparing(Written::at)).map(Written::checkpoint);
  }

  private record Written(Path checkpoint, FileTime at) {}
}
