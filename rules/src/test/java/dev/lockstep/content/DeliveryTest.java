package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.content.Delivery.Part;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeliveryTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123456789Z");
  private static final RuleBundle BUNDLE =
      new RuleBundle(List.of(new RuleDocument("a.yml", "title: Ä 🔒\n")));
  private static final Delivery DELIVERY =
      new Delivery(
          BUNDLE,
          List.of(new Part("rules", "0123", "abc"), new Part("ünsere", "4567", null)),
          TIME,
          true);

  @Test
  void isTheSameAfterEncodingAndDecoding() {
    assertThat(Delivery.decode(DELIVERY.encode())).isEqualTo(DELIVERY);
    assertThat(Delivery.decode(Delivery.of(BUNDLE).encode())).isEqualTo(Delivery.of(BUNDLE));
  }

  @Test
  void isReadFromABundleThatLiesInAnOlderState() {
    assertThat(Delivery.decode(BUNDLE.encode()))
        .isEqualTo(new Delivery(BUNDLE, List.of(), null, false));
  }

  @Test
  void bringsTheSameWheneverItWasPublished() {
    Delivery later = new Delivery(BUNDLE, DELIVERY.parts(), TIME.plusSeconds(1), true);

    assertThat(DELIVERY.bringsWhat(later)).isTrue();
    assertThat(DELIVERY.bringsWhat(null)).isFalse();
    assertThat(DELIVERY.bringsWhat(new Delivery(BUNDLE, DELIVERY.parts(), TIME, false))).isFalse();
    assertThat(DELIVERY.bringsWhat(new Delivery(BUNDLE, List.of(), TIME, true))).isFalse();
    assertThat(
            DELIVERY.bringsWhat(
                new Delivery(new RuleBundle(List.of()), DELIVERY.parts(), TIME, true)))
        .isFalse();
  }

  @Test
  void isRefusedWhenItIsCutOffAnywhere() {
    byte[] encoded = DELIVERY.encode();

    for (int length = 0; length < encoded.length; length++) {
      assertRefused(Arrays.copyOf(encoded, length));
    }
  }

  @Test
  void isRefusedWhenItIsNone() {
    assertRefused("garbage".getBytes(UTF_8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Delivery.decode(BundleWire.encode(3, out -> {})))
        .withMessage("delivery format must be 1 or 2, was 3");
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

  private static void assertRefused(byte[] bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Delivery.decode(bytes))
        .withMessageStartingWith("not an encoded delivery: ");
  }
}
