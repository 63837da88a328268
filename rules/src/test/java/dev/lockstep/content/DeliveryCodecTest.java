package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.content.Delivery.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DeliveryCodecTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123456789Z");
  private static final RuleBundle BUNDLE =
      new RuleBundle(
          List.of(new RuleDocument("a.yml", "title: Ä 🔒\n"), new RuleDocument("b/c.yml", "")));
  private static final Delivery DELIVERY =
      new Delivery(
          BUNDLE,
          List.of(new Part("rules", "0123", "abc"), new Part("ünsere", "4567", null)),
          TIME,
          true);

  private final DeliveryCodec writer = new DeliveryCodec();
  private final DeliveryCodec reader = new DeliveryCodec();

  @Test
  void readsWhatItWrote() {
    for (Delivery delivery : List.of(DELIVERY, Delivery.of(new RuleBundle(List.of())))) {
      Delivery read = reader.decode(writer.encode(delivery));
      assertThat(read).isEqualTo(delivery);
      assertThat(read.bundle().version()).isEqualTo(delivery.bundle().version());
    }
  }

  @Test
  void readsAnyChangeOfManyDocumentsAndSoDoesOneThatKnowsNothing() {
    Random random = new Random(7);
    List<RuleDocument> documents = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      documents.add(document(i, "first"));
    }
    for (int round = 0; round < 50; round++) {
      int at = random.nextInt(documents.size());
      switch (round % 3) {
        case 0 -> documents.set(at, new RuleDocument(documents.get(at).path(), "round " + round));
        case 1 -> documents.remove(at);
        default -> documents.add(document(1000 + round, "new"));
      }
      Delivery delivery = Delivery.of(new RuleBundle(documents));
      byte[] encoded = writer.encode(delivery);
      assertThat(reader.decode(encoded)).isEqualTo(delivery);
      assertThat(new DeliveryCodec().decode(encoded)).isEqualTo(delivery);
      assertThat(new DeliveryCodec().encode(delivery)).isEqualTo(encoded);
    }
  }

  @Test
  void makesOnlyDocumentsAnewThatAreNearAChange() {
    List<RuleDocument> documents = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      documents.add(document(i, "first"));
    }
    Delivery before = reader.decode(writer.encode(Delivery.of(new RuleBundle(documents))));
    documents.set(500, document(500, "second"));
    documents.add(document(2000, "new"));
    Delivery after = reader.decode(writer.encode(Delivery.of(new RuleBundle(documents))));

    Set<RuleDocument> objects = Collections.newSetFromMap(new IdentityHashMap<>());
    objects.addAll(before.bundle().documents());
    long same = after.bundle().documents().stream().filter(objects::contains).count();
    assertThat(same).isBetween(600L, 999L);
  }

  /** Bytes of the first release of each format: savepoints have them. */
  @Test
  void readsWhatLiesInOlderStates() {
    assertThat(
            reader.decode(
                HexFormat.of()
                    .parseHex(
                        "1f8b08000000000000ff63646060600262d644bdcadc1c2083bf24b32427"
                            + "d54ae1708bc287f95326710185d893f493a1b20c006177fd2b30000000")))
        .isEqualTo(Delivery.of(BUNDLE));
    assertThat(
            reader.decode(
                HexFormat.of()
                    .parseHex(
                        "1f8b08000000000000ff636264640082ccda7707d8a3cf8a02994c40cc5a"
                            + "549a935a0c64b018181a198354302726250329f6c37bf28a538b52415226"
                            + "a666e6401aa22151af323707c8e12fc92cc949b55238dca2f061fe94495c"
                            + "4021f624fd64a82c03006b658b3d6f000000")))
        .isEqualTo(DELIVERY);
  }

  @Test
  void refusesWhatIsCutOffAnywhere() {
    byte[] encoded = writer.encode(DELIVERY);

    for (int length = 0; length < encoded.length; length++) {
      assertRefused(Arrays.copyOf(encoded, length));
    }
    assertRefused(Arrays.copyOf(encoded, encoded.length + 1));
  }

  @Test
  void refusesWhatIsDamaged() {
    byte[] encoded = writer.encode(DELIVERY);
    encoded[encoded.length - 6] ^= 1;

    assertRefused(encoded);
  }

  @Test
  void refusesWhatIsNoDelivery() {
    assertRefused("garbage".getBytes(UTF_8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.decode(BundleWire.encode(4, out -> {})))
        .withMessage("delivery format must be 1 to 3, was 4");
    assertRefused(BundleWire.encode(1, out -> out.writeInt(-1)));
    assertRefused(
        BundleWire.encode(
            1,
            out -> {
              out.writeInt(1);
              out.writeInt(Integer.MAX_VALUE);
            }));
    assertRefused(
        BundleWire.encode(
            1,
            out -> {
              out.writeInt(0);
              out.writeInt(7);
            }));
    assertRefused(
        BundleWire.encode(
            2,
            out -> {
              out.writeBoolean(false);
              out.writeBoolean(true);
              out.writeLong(Long.MAX_VALUE);
              out.writeInt(0);
            }));
  }

  private static RuleDocument document(int number, String text) {
    return new RuleDocument("folder/rule-%05d.yml".formatted(number), text);
  }

  private void assertRefused(byte[] bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.decode(bytes))
        .withMessageStartingWith("not an encoded delivery: ");
  }
}
