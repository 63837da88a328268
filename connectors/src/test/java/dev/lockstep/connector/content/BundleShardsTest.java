package dev.lockstep.connector.content;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.BundleManifest.Shard;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.Delivery.Part;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BundleShardsTest {

  private static final int LIMIT = 8_000;
  private static final BundleArchive WHOLE = archive("rules", 60);
  private static final List<BundleArchive> SHARDS = BundleShards.of(WHOLE, LIMIT);

  @Test
  void areNoneOfABundleThatIsSmallEnough() {
    BundleArchive small = archive("rules", 2);

    assertThat(BundleShards.of(small, LIMIT)).containsExactly(small);
  }

  @Test
  void areSmallEnoughAndVerifyThemselves() throws IOException {
    assertThat(SHARDS).hasSizeBetween(3, 8);
    for (BundleArchive shard : SHARDS) {
      assertThat(shard.encode()).hasSizeLessThanOrEqualTo(LIMIT);
      assertThat(BundleArchive.decode(shard.encode())).isEqualTo(shard);
      assertThat(shard.manifest().rules()).hasSameSizeAs(shard.bundle().documents());
    }
  }

  @Test
  void makeTheBundleThatTheyWereMadeOf() throws IOException {
    List<BundleArchive> turned = new ArrayList<>(SHARDS);
    turned.add(0, turned.remove(1));
    Delivery delivery = ArchiveUnion.of(turned, List.of(), null);

    assertThat(delivery.bundle()).isEqualTo(WHOLE.bundle());
    assertThat(delivery.parts())
        .containsExactly(new Part("rules", WHOLE.manifest().version(), null));
  }

  @Test
  void stayNearlyAsTheyWereWhenARuleIsAdded() {
    List<BundleArchive> more = BundleShards.of(archive("rules", 61), LIMIT);

    assertThat(more).hasSameSizeAs(SHARDS);
    Map<String, Integer> after = places(more);
    assertThat(after).containsAllEntriesOf(places(SHARDS));
  }

  @Test
  void areNotPutTogetherWhenOneIsMissing() {
    assertRefused(SHARDS.subList(1, SHARDS.size()), "not all there, or of several versions");
  }

  @Test
  void areNotPutTogetherWhenOneIsThereTwice() {
    List<BundleArchive> twice = new ArrayList<>(SHARDS);
    twice.set(0, twice.get(1));

    assertRefused(twice, "not all there, or of several versions");
  }

  @Test
  void areNotPutTogetherWhenTheyAreOfSeveralVersions() {
    List<BundleArchive> mixed = new ArrayList<>(SHARDS);
    mixed.set(0, BundleShards.of(archive("rules", 61), LIMIT).get(0));

    assertRefused(mixed, "not all there, or of several versions");
  }

  @Test
  void areNotPutTogetherWithTheWhole() {
    List<BundleArchive> both = new ArrayList<>(SHARDS);
    both.add(WHOLE);

    assertRefused(both, "not all there, or of several versions");
  }

  @Test
  void areNotTakenForAnotherBundleThanTheySayThatTheyMake() {
    List<BundleArchive> other = new ArrayList<>();
    for (BundleArchive shard : SHARDS) {
      BundleManifest said = shard.manifest();
      Shard place = requireNonNull(said.shard());
      Shard forged = new Shard(place.number(), place.count(), "0123");
      other.add(
          new BundleArchive(
              new BundleManifest(
                  said.name(),
                  said.version(),
                  null,
                  null,
                  false,
                  forged,
                  said.files(),
                  said.rules()),
              shard.bundle()));
    }

    assertRefused(other, "should make version 0123, and make " + WHOLE.manifest().version());
  }

  @Test
  void lieBesideOtherBundles() throws IOException {
    List<BundleArchive> all = new ArrayList<>(SHARDS);
    RuleBundle other = new RuleBundle(List.of(rule("other.yml", 99)));
    all.add(new BundleArchive(BundleManifest.of("other", other, null, null), other));

    assertThat(ArchiveUnion.of(all, List.of(), null).parts())
        .extracting(Part::name)
        .containsExactly("other", "rules");
  }

  @Test
  void cannotBeMadeOfADocumentThatIsTooLarge() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleShards.of(archive("rules", 2), 500))
        .withMessageContaining("2 documents cannot be split into pieces of at most 500 bytes");
  }

  private static void assertRefused(List<BundleArchive> archives, String message) {
    assertThatIOException()
        .isThrownBy(() -> ArchiveUnion.of(archives, List.of(), null))
        .withMessageContaining(message);
  }

  private static Map<String, Integer> places(List<BundleArchive> shards) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < shards.size(); i++) {
      for (RuleDocument document : shards.get(i).bundle().documents()) {
        places.put(document.path(), i);
      }
    }
    return places;
  }

  private static BundleArchive archive(String name, int rules) {
    List<RuleDocument> documents = new ArrayList<>();
    for (int i = 0; i < rules; i++) {
      documents.add(rule("rule%d.yml".formatted(i), i));
    }
    RuleBundle bundle = new RuleBundle(documents);
    return new BundleArchive(BundleManifest.of(name, bundle, null, null), bundle);
  }

  /** A text that does not compress well. */
  private static RuleDocument rule(String path, int seed) {
    StringBuilder noise = new StringBuilder();
    new Random(seed).ints(400, 'a', 'z').forEach(letter -> noise.append((char) letter));
    return new RuleDocument(
        path,
        """
        title: Rule %d
        logsource: {product: test}
        detection: {s: {a: %s}, condition: s}
        """
            .formatted(seed, noise));
  }
}
