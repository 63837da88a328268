package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

/**
 * One file of rule content.
 *
 * @param path where it came from, with {@code /} between folders; relative to the content's root
 * @param text the file's text
 */
public record RuleDocument(String path, String text) {
  public RuleDocument {
    requireNonNull(path, "path is null");
    requireNonNull(text, "text is null");
    if (path.isBlank()) {
      throw new IllegalArgumentException("path must not be blank");
    }
  }
}
