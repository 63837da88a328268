package dev.lockstep.connector.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What tells two states of a file apart without reading it.
 *
 * @param sizeBytes the length
 * @param modifiedAt when it was last written, as finely as the file system knows
 * @param fileKey identifies the file behind the name, so that a replaced file differs; empty where
 *     the file system has no such key
 */
public record FileStamp(long sizeBytes, Instant modifiedAt, String fileKey) {

  /** Makes the stamp of attributes that were read. */
  public static FileStamp of(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return new FileStamp(
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        key == null ? "" : key.toString());
  }

  /**
   * Stamps what a path leads to, behind all symbolic links.
   *
   * @throws IOException if it leads nowhere
   */
  public static FileStamp of(Path path) throws IOException {
    return of(Files.readAttributes(path, BasicFileAttributes.class));
  }
}
