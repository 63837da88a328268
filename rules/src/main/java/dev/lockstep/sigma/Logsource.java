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
   * Tells whether every event of the other source is one of this source: whether all that this
   * source says, the other says, too.
   */
  public boolean includes(Logsource other) {
    return agrees(category, other.category)
        && agrees(product, other.product)
        && agrees(service, other.service);
  }

  private static boolean agrees(@Nullable String asked, @Nullable String stated) {
    return asked == null || asked.equals(stated);
  }

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
