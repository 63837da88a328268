package dev.lockstep.mapping;

import static java.util.Objects.requireNonNull;

/**
 * A mapping file as it was read.
 *
 * @param path names the file in issues
 * @param text the whole YAML stream
 */
public record MappingDocument(String path, String text) {
  public MappingDocument {
    requireNonNull(path, "path is null");
    requireNonNull(text, "text is null");
  }
}
