package dev.lockstep.local;

import java.net.URI;
import java.nio.file.Path;

/** What state a job starts with. */
public sealed interface Recovery {

  /** That of its newest checkpoint or savepoint in the folder where it keeps them, if any. */
  record Newest() implements Recovery {}

  /** None; it begins to read where the options say. */
  record Nothing() implements Recovery {}

  /**
   * That of a savepoint or checkpoint, which is left as it is.
   *
   * @param ofOtherEngine whether another engine made it, whose open transactions are not ours
   */
  record Savepoint(URI folder, boolean ofOtherEngine) implements Recovery {
    /** Names one of this engine's by its folder on this machine. */
    public static Savepoint of(Path folder) {
      return new Savepoint(folder.toUri(), /* ofOtherEngine= */ false);
    }
  }
}
