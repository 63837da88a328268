package dev.lockstep.connector.content;

import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small bundles. */
final class Archives {

  private Archives() {}

  static BundleArchive of(String name, String... paths) {
    RuleBundle bundle = bundle(paths);
    return new BundleArchive(BundleManifest.of(name, bundle, null, null), bundle);
  }

  /** One shard for each document. */
  static List<BundleArchive> shards(String name, String... paths) {
    BundleArchive whole = of(name, paths);
    List<BundleArchive> shards = new ArrayList<>();
    for (int i = 0; i < paths.length; i++) {
      RuleBundle piece = new RuleBundle(whole.bundle().documents().subList(i, i + 1));
      shards.add(new BundleArchive(whole.manifest().ofShard(i + 1, paths.length, piece), piece));
    }
    return shards;
  }

  static RuleBundle bundle(String... paths) {
    return new RuleBundle(
        Arrays.stream(paths)
            .map(
                path ->
                    new RuleDocument(
                        path,
                        """
                        title: Rule of %s
                        logsource: {product: test}
                        detection: {s: {a: b}, condition: s}
                        """
                            .formatted(path)))
            .toList());
  }
}
