package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Correlated;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.AlertId;
import dev.lockstep.local.ExpectedAlerts.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpectedAlertsTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = AT.plusSeconds(60);

  private final ExpectedAlerts expected = new ExpectedAlerts("hooli");

  @Test
  void anAlertThatMustComeIsMissingUntilItComes() {
    expected.ofEvent("rule", "event", AT);
    assertThat(expected.at(LATER)).isEqualTo(new Standing(1, 1, 0));

    expected.came(ofEvent("hooli", "rule", "event"));

    assertThat(expected.at(LATER)).isEqualTo(new Standing(1, 0, 0));
    assertThat(expected.at(LATER).isMet()).isTrue();
  }

  @Test
  void anAlertThatComesTwiceOrOfAnotherEventIsTooMuch() {
    expected.ofEvent("rule", "event", AT);
    expected.came(ofEvent("hooli", "rule", "event"));
    expected.came(ofEvent("hooli", "rule", "event"));
    expected.came(ofEvent("hooli", "rule", "another event"));

    assertThat(expected.at(LATER)).isEqualTo(new Standing(1, 0, 2));
    assertThat(expected.at(LATER).isMet()).isFalse();
  }

  @Test
  void whatACorrelationFindsNeedNotHaveComeBeforeEventTimeIsThere() {
    expected.ofGroup("guesses", "192.0.2.1", AT);
    assertThat(expected.at(AT)).isEqualTo(new Standing(0, 0, 0));
    assertThat(expected.at(LATER)).isEqualTo(new Standing(1, 1, 0));

    expected.came(ofGroup("guesses", "192.0.2.1"));

    assertThat(expected.at(AT)).as("but it may").isEqualTo(new Standing(0, 0, 0));
    assertThat(expected.at(LATER)).isEqualTo(new Standing(1, 0, 0));
  }

  @Test
  void alertsOfOtherCustomersDoNotCount() {
    expected.came(ofEvent("acme", "rule", "event"));

    assertThat(expected.at(LATER)).isEqualTo(new Standing(0, 0, 0));
  }

  private static Alert ofEvent(String customer, String rule, String event) {
    return alert(AlertId.ofEvent(customer, rule, event), customer, rule, /* group= */ null);
  }

  private static Alert ofGroup(String rule, String client) {
    Map<String, String> group = Map.of("c-ip", client);
    return alert(
        "id of " + client,
        "hooli",
        rule,
        new Correlated("event_count", group, 20, /* value= */ null, AT, LATER, false));
  }

  private static Alert alert(String id, String customer, String rule, @Nullable Correlated group) {
    return new Alert(
        id,
        customer,
        "blue",
        AT,
        new RuleReference(rule, "Title", "high", null, List.of(), "v1", /* shadowOnly= */ false),
        "bundle",
        Map.of(),
        List.of(new EventReference("event", AT, "{}")),
        group,
        Alert.Suppressed.NONE,
        /* routing= */ null);
  }
}
