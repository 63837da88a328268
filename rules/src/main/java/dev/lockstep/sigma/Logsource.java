package dev.lockstep.sigma;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a rule's events come from (Sigma specification, "Log Source"); absent parts match any. */
public record Logsource(
    @Nullable String category, @Nullable String product, @Nullable String service) {

  /** The one that stands for every source. */
  static final Logsource ANY = new Logsource(null, null, null);

  /**
   * Returns the parts that are there, joined by a slash, as in {@code windows/process_creation}.
   */
  public String label() {
    return Stream.of(product, category, service)
        .flatMap(part -> Optional.ofNullable(part).stream())
        .reduce((left, right) -> left + "/" + right)
        .orElse("any");
  }
}
