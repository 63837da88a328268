package dev.lockstep.mapping;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A mapping file as it was read.
 *
 * @param path names the file in issues
 * @param text the whole YAML stream
 */
public record MappingDocument(String path, String text) implements Serializable {
  public MappingDocument {
    requireNonNull(path, "path is null");
    requireNonNull(text, "text is null");
  }
}
