package dev.lockstep.connector.content;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.BundleManifest.Shard;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.Delivery.Part;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts bundles together as if their documents lay in one folder. */
public final class ArchiveUnion {

  private ArchiveUnion() {}

  /**
   * Makes one delivery of archives and of documents that are in none. The shards of a bundle are
   * taken all or not at all.
   *
   * @throws IOException if they do not go together: a path is there twice, or shards are missing or
   *     of several versions
   */
  public static Delivery of(
      List<BundleArchive> archives, List<RuleDocument> loose, @Nullable Instant publishedAt)
      throws IOException {
    List<RuleDocument> documents = new ArrayList<>(loose);
    List<Part> parts = new ArrayList<>();
    boolean removalMeant = false;
    for (List<BundleArchive> named : byName(archives)) {
      if (named.stream().anyMatch(archive -> archive.manifest().shard() != null)) {
        documents.addAll(joined(named));
        parts.add(part(named.get(0).manifest()));
      } else {
        for (BundleArchive archive : named) {
          documents.addAll(archive.bundle().documents());
          parts.add(part(archive.manifest()));
        }
      }
      removalMeant |= named.stream().anyMatch(archive -> archive.manifest().removalMeant());
    }
    parts.sort(Comparator.comparing(Part::name).thenComparing(Part::version));
    // A bundle that was verified knows its version.
    RuleBundle bundle =
        archives.size() == 1 && loose.isEmpty() ? archives.get(0).bundle() : bundle(documents);
    return new Delivery(bundle, parts, publishedAt, removalMeant);
  }

  private static RuleBundle bundle(List<RuleDocument> documents) throws IOException {
    try {
      return new RuleBundle(documents);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Tells whether these are all shards of one bundle, each once, or one that is not split. */
  static boolean isWhole(List<BundleArchive> named) {
    Shard first = named.get(0).manifest().shard();
    if (first == null) {
      return named.size() == 1;
    }
    return named.size() == first.count()
        && named.stream().map(archive -> archive.manifest().pieceName()).distinct().count()
            == first.count()
        && named.stream()
            .map(archive -> archive.manifest().shard())
            .allMatch(
                shard ->
                    shard != null
                        && shard.count() == first.count()
                        && shard.whole().equals(first.whole()));
  }

  private static List<RuleDocument> joined(List<BundleArchive> named) throws IOException {
    BundleManifest manifest = named.get(0).manifest();
    if (!isWhole(named)) {
      throw new IOException(
          "the shards of bundle %s are not all there, or of several versions: %s"
              .formatted(
                  manifest.name(),
                  named.stream()
                      .map(BundleArchive::manifest)
                      .map(each -> each.pieceName() + " of " + each.wholeVersion())
                      .toList()));
    }
    List<RuleDocument> documents =
        named.stream().flatMap(archive -> archive.bundle().documents().stream()).toList();
    String version = bundle(documents).version();
    if (!version.equals(manifest.wholeVersion())) {
      throw new IOException(
          "the shards of bundle %s should make version %s, and make %s"
              .formatted(manifest.name(), manifest.wholeVersion(), version));
    }
    return documents;
  }

  private static Iterable<List<BundleArchive>> byName(List<BundleArchive> archives) {
    return archives.stream()
        .collect(groupingBy(archive -> archive.manifest().name(), TreeMap::new, toList()))
        .values();
  }

  private static Part part(BundleManifest manifest) {
    return new Part(manifest.name(), manifest.wholeVersion(), manifest.revision());
  }
}
