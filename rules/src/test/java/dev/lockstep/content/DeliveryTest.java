package dev.lockstep.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.content.Delivery.Part;
import java.time.Instant;
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
}
