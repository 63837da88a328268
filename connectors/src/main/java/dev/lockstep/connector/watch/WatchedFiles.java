package dev.lockstep.connector.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a {@link FileWatch} looks at and tells. All methods are called by the watch's thread.
 *
 * @param <C> the content that the files make together
 */
public interface WatchedFiles<C> {

  /**
   * Lists the files with their stamps, without reading them.
   *
   * @throws IOException if the listing would not be whole
   */
  SortedMap<Path, FileStamp> list() throws IOException;

  /**
   * Reads the listed files.
   *
   * @throws IOException if one cannot be read
   */
  C read(SortedMap<Path, FileStamp> files) throws IOException;

  /**
   * Tells whether reading these files shows by itself that they are whole, so that it need not wait
   * until they have stopped to change. Files do not, unless an implementation says so.
   *
   * @param changed the files that are new, or not as they were taken
   */
  default boolean proveThemselves(Set<Path> changed) {
    return false;
  }

  /** Takes what was read while nothing changed; it may equal what was taken before. */
  void accept(C content);

  /** Is told at each scan that the files can be listed or read no more. */
  void unreadable(IOException cause);
}
