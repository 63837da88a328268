package dev.lockstep.content;

import dev.lockstep.digest.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole set of rule documents, applied whole or not at all. Safe for use by many threads. */
public final class RuleBundle {

  private static final int VERSION_BYTES = 8;

  private final List<RuleDocument> documents;

  /** Made when it is asked for first: thousands of documents take a while. */
  private volatile @Nullable String version;

  /**
   * Makes a bundle of documents in any order.
   *
   * @throws IllegalArgumentException if a path is there twice
   */
  public RuleBundle(List<RuleDocument> documents) {
    this(documents, /* version= */ null);
  }

  /** {@code version} is that of these documents, if somebody has made it before. */
  RuleBundle(List<RuleDocument> documents, @Nullable String version) {
    this.documents = documents.stream().sorted(Comparator.comparing(RuleDocument::path)).toList();
    this.version = version;
    for (int i = 1; i < this.documents.size(); i++) {
      if (this.documents.get(i).path().equals(this.documents.get(i - 1).path())) {
        throw new IllegalArgumentException(
            "a bundle must not hold a path twice: " + this.documents.get(i).path());
      }
    }
  }

  /** The documents in order of their paths. */
  public List<RuleDocument> documents() {
    return documents;
  }

  /** The bundle's version: a hash of its content, so that equal content has equal versions. */
  public String version() {
    String known = version;
    if (known != null) {
      return known;
    }
    List<String> parts = new ArrayList<>();
    for (RuleDocument document : documents) {
      parts.add(document.path());
      parts.add(document.text());
    }
    String made = Sha256.hexOfParts(parts, VERSION_BYTES);
    version = made;
    return made;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RuleBundle bundle && documents.equals(bundle.documents);
  }

  @Override
  public int hashCode() {
    return documents.hashCode();
  }

  @Override
  public String toString() {
    return "RuleBundle" + documents;
  }
}
