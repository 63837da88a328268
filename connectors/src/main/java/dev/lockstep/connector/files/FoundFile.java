package dev.lockstep.connector.files;

/**
 * A file as a look at its folder found it.
 *
 * @param source name of its {@link FileSettings}
 * @param pattern the pattern that it matches, among those of its source
 * @param path its whole path
 * @param below its path below the root of the pattern
 * @param customer by whom it waits in line; empty when its path does not say
 * @param stamp its size and when it was modified
 */
record FoundFile(
    String source, int pattern, String path, String below, String customer, Stamp stamp) {

  /** Which file it is, whatever is in it. */
  FileKey key() {
    return FileKey.of(path);
  }

  /** By which another content is told: its size, and when it was modified in milliseconds. */
  record Stamp(long size, long modifiedMillis) {}
}
