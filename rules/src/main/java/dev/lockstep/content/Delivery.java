package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
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

  private static final int FORMAT = 2;

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

  /** Returns the compressed form that a source emits and keeps in its state. */
  public byte[] encode() {
    return BundleWire.encode(FORMAT, this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeBoolean(removalMeant);
    out.writeBoolean(publishedAt != null);
    if (publishedAt != null) {
      out.writeLong(publishedAt.getEpochSecond());
      out.writeInt(publishedAt.getNano());
    }
    out.writeInt(parts.size());
    for (Part part : parts) {
      BundleWire.writeText(out, part.name());
      BundleWire.writeText(out, part.version());
      out.writeBoolean(part.revision() != null);
      if (part.revision() != null) {
        BundleWire.writeText(out, part.revision());
      }
    }
    BundleWire.writeBundle(out, bundle);
  }

  /**
   * Reads what {@link #encode} wrote, in this version or an earlier one, or what {@link
   * RuleBundle#encode} did.
   *
   * @throws IllegalArgumentException if the bytes are neither
   */
  public static Delivery decode(byte[] encoded) {
    return BundleWire.decode(
        "delivery",
        encoded,
        (format, in) ->
            switch (format) {
              case RuleBundle.FORMAT -> of(BundleWire.readBundle(in));
              case FORMAT -> read(in);
              default ->
                  throw new IllegalArgumentException(
                      "delivery format must be %d or %d, was %d"
                          .formatted(RuleBundle.FORMAT, FORMAT, format));
            });
  }

  private static Delivery read(DataInputStream in) throws IOException {
    boolean removalMeant = in.readBoolean();
    Instant publishedAt = in.readBoolean() ? readTime(in) : null;
    int count = BundleWire.readCount(in, "parts");
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = BundleWire.readText(in);
      String version = BundleWire.readText(in);
      parts.add(new Part(name, version, in.readBoolean() ? BundleWire.readText(in) : null));
    }
    return new Delivery(BundleWire.readBundle(in), parts, publishedAt, removalMeant);
  }

  private static Instant readTime(DataInputStream in) throws IOException {
    try {
      return Instant.ofEpochSecond(in.readLong(), in.readInt());
    } catch (DateTimeException e) {
      throw new IOException("it was published at no time", e);
    }
  }
}
