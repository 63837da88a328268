package dev.lockstep.connector.content;

import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.digest.Sha256;
import java.util.ArrayList;
import java.util.List;

/** Splits a bundle that is too large for where it goes into several that are not. */
public final class BundleShards {

  private static final int HASH_BYTES = 4;
  private static final int HEX = 16;

  private BundleShards() {}

  /**
   * Returns as few archives as will do, each of at most {@code limit} bytes when it is encoded; the
   * bundle itself if it is not larger. Where a document goes follows from its path and the number
   * of archives, so a small change leaves nearly all where they were. No document is cut.
   *
   * @throws IllegalArgumentException if that is not possible
   */
  public static List<BundleArchive> of(BundleArchive whole, int limit) {
    int bytes = whole.encode().length;
    if (bytes <= limit) {
      return List.of(whole);
    }
    // Each piece of one document: more pieces would be empty.
    int most = whole.bundle().documents().size();
    for (int count = bytes / limit + 1; count <= most; count++) {
      List<BundleArchive> shards = split(whole, count);
      if (shards.stream().allMatch(shard -> shard.encode().length <= limit)) {
        return shards;
      }
    }
    throw new IllegalArgumentException(
        "a bundle of %d bytes and %d documents cannot be split into pieces of at most %d bytes"
            .formatted(bytes, most, limit));
  }

  private static List<BundleArchive> split(BundleArchive whole, int count) {
    List<List<RuleDocument>> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(new ArrayList<>());
    }
    for (RuleDocument document : whole.bundle().documents()) {
      long hash = Long.parseLong(Sha256.hex(document.path(), HASH_BYTES), HEX);
      pieces.get((int) (hash % count)).add(document);
    }
    List<BundleArchive> shards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RuleBundle piece = new RuleBundle(pieces.get(i));
      shards.add(new BundleArchive(whole.manifest().ofShard(i + 1, count, piece), piece));
    }
    return shards;
  }
}
