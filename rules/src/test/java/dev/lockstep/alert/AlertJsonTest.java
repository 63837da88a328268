package dev.lockstep.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertJsonTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final Alert alert =
      new Alert(
          "0123456789abcdef0123456789abcdef",
          "acme",
          "blue",
          TIME,
          new RuleReference(
              "rule-1", "A “title”", "high", "test", List.of("attack.t1059"), "v1", false),
          "bundle-1",
          Map.of("CommandLine", "whoami /all"),
          List.of(new EventReference("e1", TIME, "{ \"a\" : [1, {\"é\":\"\\u0000\"}] }")),
          null);

  @Test
  void writesTheContractsFields() {
    Alert live = alert.routed(new Routing(Lane.LIVE, "f1", "FALLTHROUGH"));

    assertThat(new String(AlertJson.write(live), UTF_8))
        .isEqualTo(
            "{\"alert_id\":\"0123456789abcdef0123456789abcdef\",\"customer\":\"acme\","
                + "\"engine\":\"blue\",\"lane\":\"live\","
                + "\"routing\":{\"flags\":\"f1\",\"reason\":\"FALLTHROUGH\"},"
                + "\"occurred_at\":\"2026-01-01T00:00:00.000Z\","
                + "\"rule\":{\"id\":\"rule-1\",\"title\":\"A “title”\",\"level\":\"high\","
                + "\"status\":\"test\",\"tags\":[\"attack.t1059\"],\"version\":\"v1\"},"
                + "\"bundle\":\"bundle-1\",\"matched_fields\":{\"CommandLine\":\"whoami /all\"},"
                + "\"events\":[{\"id\":\"e1\",\"occurred_at\":\"2026-01-01T00:00:00.000Z\","
                + "\"event\":{ \"a\" : [1, {\"é\":\"\\u0000\"}] }}]}");
  }

  @Test
  void readsWhatItWroteBeforeTheLaneIsDecided() {
    assertThat(AlertJson.read(AlertJson.write(alert))).isEqualTo(alert);
  }

  @Test
  void readsWhatItWroteAfterTheLaneIsDecided() {
    Alert shadow = alert.routed(new Routing(Lane.SHADOW, "f1", "OFF"));

    assertThat(AlertJson.read(AlertJson.write(shadow))).isEqualTo(shadow);
  }

  @Test
  void readsRulesWithNothingButAnIdAndATitle() {
    RuleReference bare = new RuleReference("r", "t", null, null, List.of(), "v", true);
    Alert withBareRule = new Alert("id", "c", "e", TIME, bare, "b", Map.of(), alert.events(), null);

    assertThat(AlertJson.read(AlertJson.write(withBareRule))).isEqualTo(withBareRule);
  }

  @Test
  void passesOverMembersOfLaterVersions() {
    String json = new String(AlertJson.write(alert), UTF_8);
    String later = json.replace("{\"alert_id\"", "{\"later\":{\"x\":[1]},\"alert_id\"");

    assertThat(AlertJson.read(later.getBytes(UTF_8))).isEqualTo(alert);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"alert_id\":\"x\"}", "not json", "{\"rule\":null}"})
  void refusesWhatIsNoAlert(String json) {
    assertThatThrownBy(() -> AlertJson.read(json.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an alert");
  }
}
