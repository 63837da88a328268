package dev.lockstep.parity;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which engines are compared.
 *
 * @param first the engine that the other one is measured by, mostly the older version
 * @param second the other one
 * @param control a third engine of the version of the first, whose differences to it are noise;
 *     null if there is none
 */
public record ComparedEngines(String first, String second, @Nullable String control)
    implements Serializable {

  public ComparedEngines {
    requireNonNull(first, "first is null");
    requireNonNull(second, "second is null");
    if (first.equals(second) || first.equals(control) || second.equals(control)) {
      throw new IllegalArgumentException(
          "engines must differ, were " + first + ", " + second + ", " + control);
    }
  }

  /** Whether the engine is one of them. */
  public boolean contains(String engine) {
    return isCompared(engine) || engine.equals(control);
  }

  /** Whether it is one of the two, and not the control engine. */
  public boolean isCompared(String engine) {
    return engine.equals(first) || engine.equals(second);
  }

  /** Returns the one that {@code engine} is compared with. */
  public String other(String engine) {
    return engine.equals(first) ? second : first;
  }

  /** All of them, the control engine last. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(first, second));
    if (control != null) {
      names.add(control);
    }
    return names;
  }
}
