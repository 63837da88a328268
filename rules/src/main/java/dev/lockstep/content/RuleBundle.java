package dev.lockstep.content;

import dev.lockstep.digest.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A whole set of rule documents, applied whole or not at all.
 *
 * @param documents in order of path, no path twice
 */
public record RuleBundle(List<RuleDocument> documents) {

  /** The first byte of an encoded bundle; {@link Delivery} has another one. */
  static final int FORMAT = 1;

  private static final int VERSION_BYTES = 8;

  public RuleBundle {
    documents = documents.stream().sorted(Comparator.comparing(RuleDocument::path)).toList();
    for (int i = 1; i < documents.size(); i++) {
      if (documents.get(i).path().equals(documents.get(i - 1).path())) {
        throw new IllegalArgumentException(
            "a bundle must not hold a path twice: " + documents.get(i).path());
      }
    }
  }

  /** The bundle's version: a hash of its content, so that equal content has equal versions. */
  public String version() {
    List<String> parts = new ArrayList<>();
    for (RuleDocument document : documents) {
      parts.add(document.path());
      parts.add(document.text());
    }
    return Sha256.hexOfParts(parts, VERSION_BYTES);
  }

  /** Returns the compressed form that travels in the control stream and lies in state. */
  public byte[] encode() {
    return BundleWire.encode(FORMAT, out -> BundleWire.writeBundle(out, this));
  }

  /**
   * Reads what {@link #encode} wrote, in this version or an earlier one.
   *
   * @throws IllegalArgumentException if the bytes are not an encoded bundle
   */
  public static RuleBundle decode(byte[] encoded) {
    return BundleWire.decode(
        "bundle",
        encoded,
        (format, in) -> {
          if (format != FORMAT) {
            throw new IllegalArgumentException(
                "bundle format must be " + FORMAT + ", was " + format);
          }
          return BundleWire.readBundle(in);
        });
  }
}
