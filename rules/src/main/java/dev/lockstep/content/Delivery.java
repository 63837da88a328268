package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source of rules brings: all rules that should be in force from now on, and where they come
 * from.
 *
 * @param bundle the rules, whatever they came in
 * @param parts the bundle archives that they came in, in the order of their names; empty for loose
 *     files, and files that lie beside archives are not listed
 * @param publishedAt when the newest of it was put where the source found it, as well as the
 *     transport knows; null if not known
 * @param removalMeant whether one of the parts says that removing many rules at once is meant
 */
public record Delivery(
    RuleBundle bundle, List<Part> parts, @Nullable Instant publishedAt, boolean removalMeant) {

  public Delivery {
    requireNonNull(bundle, "bundle is null");
    parts = List.copyOf(parts);
  }

  /**
   * A bundle archive.
   *
   * @param name what its content is called in all its versions
   * @param version of its own content
   * @param revision the commit of the content; null if not known
   */
  public record Part(String name, String version, @Nullable String revision) {
    public Part {
      requireNonNull(name, "name is null");
      requireNonNull(version, "version is null");
    }
  }

  /** Rules of which nothing else is known. */
  public static Delivery of(RuleBundle bundle) {
    return new Delivery(bundle, List.of(), null, false);
  }

  /** The same, published nobody knows when. */
  public Delivery withoutTime() {
    return new Delivery(bundle, parts, null, removalMeant);
  }

  /**
   * Tells whether both bring the same, whenever they were published. Compares texts, which is
   * cheaper than making versions of them.
   */
  public boolean bringsWhat(@Nullable Delivery other) {
    return other != null
        && removalMeant == other.removalMeant
        && parts.equals(other.parts)
        && bundle.equals(other.bundle);
  }

  Delivery with(RuleBundle other) {
    return new Delivery(other, parts, publishedAt, removalMeant);
  }

  /** Returns the compressed form, as a {@link DeliveryCodec} that knows nothing writes it. */
  public byte[] encode() {
    return new DeliveryCodec().encode(this);
  }

  /**
   * Reads what {@link #encode} wrote, in this version or an earlier one.
   *
   * @throws IllegalArgumentException if the bytes are no delivery
   */
  public static Delivery decode(byte[] encoded) {
    return new DeliveryCodec().decode(encoded);
  }
}
