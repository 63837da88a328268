package dev.lockstep.connector.content;

import dev.lockstep.content.Delivery;
import dev.lockstep.content.Delivery.Part;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts bundles together as if their documents lay in one folder. */
final class ArchiveUnion {

  private ArchiveUnion() {}

  /**
   * Makes one delivery of archives and of documents that are in none.
   *
   * @throws IOException if they do not go together: a path is there twice
   */
  static Delivery of(
      List<BundleArchive> archives, List<RuleDocument> loose, @Nullable Instant publishedAt)
      throws IOException {
    List<RuleDocument> documents = new ArrayList<>(loose);
    List<Part> parts = new ArrayList<>();
    boolean removalMeant = false;
    for (BundleArchive archive : archives) {
      documents.addAll(archive.bundle().documents());
      parts.add(
          new Part(
              archive.manifest().name(),
              archive.manifest().version(),
              archive.manifest().revision()));
      removalMeant |= archive.manifest().removalMeant();
    }
    parts.sort(Comparator.comparing(Part::name).thenComparing(Part::version));
    try {
      return new Delivery(new RuleBundle(documents), parts, publishedAt, removalMeant);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
