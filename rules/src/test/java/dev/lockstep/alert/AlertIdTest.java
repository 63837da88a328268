package dev.lockstep.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlertIdTest {

  @Test
  void staysTheSameForEver() {
    assertThat(AlertId.ofEvent("acme", "rule-1", "event-1"))
        .isEqualTo("f50bc56fd2b7e04b9fe4cfb440957953")
        .hasSize(32);
  }

  @Test
  void differsWhenOnlyTheBoundaryBetweenPartsMoves() {
    assertThat(AlertId.ofEvent("a", "bc", "d")).isNotEqualTo(AlertId.ofEvent("ab", "c", "d"));
    assertThat(AlertId.ofEvent("a", "b", "cd")).isNotEqualTo(AlertId.ofEvent("a", "bc", "d"));
  }

  @Test
  void differsByCustomer() {
    assertThat(AlertId.ofEvent("acme", "r", "e")).isNotEqualTo(AlertId.ofEvent("globex", "r", "e"));
  }
}
