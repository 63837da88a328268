package dev.lockstep.connector.content;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.lockstep.content.Delivery;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BundlesByNameTest {

  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
  private static final byte[] GARBAGE = {1, 2, 3};

  private final BundlesByName bundles = new BundlesByName(null);

  @Test
  void putsAllBundlesTogether() throws IOException {
    put(Archives.of("a", "a.yml"), 0);
    put(Archives.of("b", "b.yml"), 5);

    Delivery delivery = change();
    assertThat(delivery.bundle()).isEqualTo(Archives.bundle("a.yml", "b.yml"));
    assertThat(delivery.parts()).hasSize(2);
    assertThat(delivery.publishedAt()).isEqualTo(TIME.plusSeconds(5));
    assertThat(bundles.change()).isNull();
  }

  @Test
  void replacesAndRemovesBundles() throws IOException {
    put(Archives.of("a", "a.yml"), 0);
    put(Archives.of("b", "b.yml"), 0);
    change();
    put(Archives.of("a", "c.yml"), 1);
    assertThat(bundleOf(change())).isEqualTo(Archives.bundle("b.yml", "c.yml"));

    bundles.remove("b", TIME.plusSeconds(9));
    Delivery left = change();
    assertThat(bundleOf(left)).isEqualTo(Archives.bundle("c.yml"));
    assertThat(left).extracting(Delivery::publishedAt).isEqualTo(TIME.plusSeconds(9));
  }

  @Test
  void removesNothingWhenNothingIsLeft() throws IOException {
    put(Archives.of("a", "a.yml"), 0);
    change();
    bundles.remove("a", TIME);

    assertThatIOException().isThrownBy(this::change).withMessage("there is no bundle in it");
  }

  @Test
  void keepsTheLastGoodOneOfAKeyAndTakesTheOthers() throws IOException {
    put(Archives.of("a", "a.yml"), 0);
    assertThatIOException().isThrownBy(() -> bundles.put("a", GARBAGE, TIME));
    put(Archives.of("b", "b.yml"), 0);

    assertThat(bundleOf(change())).isEqualTo(Archives.bundle("a.yml", "b.yml"));
  }

  @Test
  void keepsTheLastGoodOneOfAKeyOverAnotherBeginning() throws IOException {
    put(Archives.of("a", "a.yml"), 0);
    change();
    bundles.begin();
    // Kafka went away again before all was told.
    bundles.begin();
    assertThatIOException().isThrownBy(() -> bundles.put("a", GARBAGE, TIME));
    put(Archives.of("b", "b.yml"), 0);

    assertThat(bundleOf(change())).isEqualTo(Archives.bundle("a.yml", "b.yml"));
  }

  @Test
  void forgetsAtAnotherBeginningWhatIsNotToldAgain() throws IOException {
    put(Archives.of("a", "a.yml"), 0);
    change();
    bundles.begin();
    put(Archives.of("b", "b.yml"), 0);

    assertThat(bundleOf(change())).isEqualTo(Archives.bundle("b.yml"));
  }

  @Test
  void doesNotTakeAwayWhatWasInForceBeforeARestartAndCannotBeRead() throws IOException {
    put(Archives.of("a", "a.yml"), 0);
    byte[] inForce = bundles.change();
    BundlesByName restored = new BundlesByName(inForce);
    assertThatIOException().isThrownBy(() -> restored.put("a", GARBAGE, TIME));
    assertThatIOException().isThrownBy(() -> restored.put("x", GARBAGE, TIME));
    restored.put("b", Archives.of("b", "b.yml").encode(), TIME);

    assertThatIOException()
        .isThrownBy(restored::change)
        .withMessage("the bundle a is in force and cannot be read any more");
    restored.put("a", Archives.of("a", "a.yml").encode(), TIME);
    assertThat(bundleOf(decode(restored.change()))).isEqualTo(Archives.bundle("a.yml", "b.yml"));
  }

  @Test
  void refusesABundleUnderTheNameOfAnother() {
    assertThatIOException()
        .isThrownBy(() -> bundles.put("b", Archives.of("a", "a.yml").encode(), TIME))
        .withMessage("its key must be a, as its manifest says");
  }

  @Test
  void takesShardsWhenAllAreThere() throws IOException {
    List<BundleArchive> first = Archives.shards("a", "a.yml", "b.yml");
    List<BundleArchive> second = Archives.shards("a", "a.yml", "c.yml");
    put(first.get(0), 0);
    assertThatIOException().isThrownBy(this::change);
    put(first.get(1), 0);
    assertThat(bundleOf(change())).isEqualTo(Archives.bundle("a.yml", "b.yml"));

    put(second.get(0), 1);
    assertThatIOException().isThrownBy(this::change);
    put(second.get(1), 1);
    assertThat(bundleOf(change())).isEqualTo(Archives.bundle("a.yml", "c.yml"));
  }

  @Test
  void takesTheNewestOfTheWholeAndItsShardsThatIsComplete() throws IOException {
    put(Archives.of("a", "old.yml"), 0);
    List<BundleArchive> shards = Archives.shards("a", "a.yml", "b.yml");
    put(shards.get(0), 1);
    assertThat(bundleOf(change())).isEqualTo(Archives.bundle("old.yml"));
    put(shards.get(1), 1);
    assertThat(bundleOf(change())).isEqualTo(Archives.bundle("a.yml", "b.yml"));
    put(Archives.of("a", "new.yml"), 2);
    assertThat(bundleOf(change())).isEqualTo(Archives.bundle("new.yml"));
  }

  private void put(BundleArchive archive, int secondsLater) throws IOException {
    bundles.put(archive.manifest().pieceName(), archive.encode(), TIME.plusSeconds(secondsLater));
  }

  private Delivery change() throws IOException {
    return decode(bundles.change());
  }

  private static Delivery decode(byte @Nullable [] encoded) {
    return Delivery.decode(requireNonNull(encoded, "nothing has changed"));
  }

  private static Object bundleOf(Delivery delivery) {
    return delivery.bundle();
  }
}
