package dev.lockstep.elastalert;

import static java.util.Objects.requireNonNull;

/**
 * A rule file of ElastAlert.
 *
 * @param path relative to the folder that is imported, with {@code /} between folders: ids are made
 *     of it
 * @param shown what remarks call the file
 */
public record ElastAlertFile(String path, String shown, String text) {
  public ElastAlertFile {
    requireNonNull(path, "path is null");
    requireNonNull(shown, "shown is null");
    requireNonNull(text, "text is null");
  }
}
