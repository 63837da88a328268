package dev.lockstep.connector.files;

import java.io.Serializable;
import java.util.List;

/**
 * What the first lines of a file say of the others.
 *
 * @param fields the names of the columns in their order; empty when the format has none or states
 *     its own
 * @param directives further lines in order, such as Zeek's {@code #separator}
 * @param problem why no record of this file can be read, or empty
 */
public record FileHead(List<String> fields, List<String> directives, String problem)
    implements Serializable {

  public static final FileHead NONE = new FileHead(List.of(), List.of(), "");

  public FileHead {
    fields = List.copyOf(fields);
    directives = List.copyOf(directives);
  }
}
