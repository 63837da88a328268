package dev.lockstep.connector.watch;

import java.io.IOException;
import java.nio.file.Path;
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

  /** Takes what was read while nothing changed; it may equal what was taken before. */
  void accept(C content);

  /** Is told at each scan that the files can be listed or read no more. */
  void unreadable(IOException cause);
}
