package dev.lockstep.connector.files;

import static java.util.Objects.requireNonNull;

import dev.lockstep.event.EnvelopeLayout;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files of one kind.
 *
 * @param name by which options, metrics and dead letters call them
 * @param paths which files; what their groups say is found like headers of a record
 * @param format how they fall into records
 * @param customer whose all of them are, as header {@code customer}; null when paths or records say
 *     it
 * @param layout where records say whose they are
 */
public record FileSettings(
    String name,
    List<PathPattern> paths,
    FileFormat format,
    @Nullable String customer,
    EnvelopeLayout layout)
    implements Serializable {

  public FileSettings {
    requireNonNull(name, "name is null");
    requireNonNull(format, "format is null");
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("paths must not be empty");
    }
  }
}
