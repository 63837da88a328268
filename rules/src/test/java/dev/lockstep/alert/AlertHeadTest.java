package dev.lockstep.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.alert.Alert.Correlated;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.Alert.Suppressed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertHeadTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.120Z");

  private static Alert alert(String engine, boolean shadowOnly) {
    return new Alert(
        "0123",
        "acme \"quoted\"",
        engine,
        TIME,
        new RuleReference(
            "r-1", "title", "high", null, List.of("a"), "v", shadowOnly, List.of("f")),
        "bundle",
        Map.of("lane", "live", "events", "[{\"id\":\"other\"}]"),
        List.of(
            new EventReference("e 1", TIME, "{\"engine\":\"none\",\"id\":\"no\",\"é\":[1,{}]}"),
            new EventReference("e 2", TIME, "{}")),
        new Correlated("event_count", Map.of("user", "jo"), 12, null, TIME, TIME, false),
        new Suppressed(3, TIME),
        /* routing= */ null);
  }

  @Test
  void readsWhatTheGateAsks() {
    AlertHead head = AlertHead.read(AlertJson.write(alert("blue", /* shadowOnly= */ true)));
    assertThat(head)
        .usingRecursiveComparison()
        .ignoringFields("routingAt")
        .isEqualTo(new AlertHead("acme \"quoted\"", TIME, "r-1", "high", null, true, "e 1", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"blue", "", "bl\"ü\\e", "engine-with-a-rather-long-name-of-forty-ch"})
  void writesTheWayOutWhereTheWholeAlertWouldHaveIt(String engine) {
    Alert alert = alert(engine, /* shadowOnly= */ false);
    byte[] json = AlertJson.write(alert);
    for (Routing routing :
        List.of(
            new Routing(Lane.LIVE, "f1", "FALLTHROUGH"),
            new Routing(
                Lane.SHADOW, "f\"2", "ü", Map.of("blue", "live", "green", "off"), List.of()))) {
      assertThat(
              new String(
                  AlertHead.read(json).routed(json, new WrittenRoutings().of(routing)), UTF_8))
          .isEqualTo(new String(AlertJson.write(alert.routed(routing)), UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blue", "bl\"ü\\e"})
  void isTheSameWhenAnAlertIsWrittenAsWhenItIsRead(String engine) {
    AlertWriter writer = new AlertWriter();
    for (boolean shadowOnly : new boolean[] {true, false, true}) {
      Alert alert = alert(engine, shadowOnly);
      AlertWriter.OpenAlert written = writer.write(alert);
      assertThat(new String(written.json(), UTF_8))
          .isEqualTo(new String(AlertJson.write(alert), UTF_8));
      assertThat(written.head()).isEqualTo(AlertHead.read(written.json()));
    }
  }

  @Test
  void refusesAnAlertWhoseLaneIsDecided() {
    byte[] json = AlertJson.write(alert("blue", false).routed(new Routing(Lane.LIVE, "f1", "OFF")));
    assertThatThrownBy(() -> AlertHead.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lane is there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"engine\":\"blue\"}",
        "{\"customer\":\"a\",\"events\":[]}",
        "{\"engine\""
      })
  void refusesWhatIsNoAlert(String json) {
    assertThatThrownBy(() -> AlertHead.read(json.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not an alert whose lane is open: ");
  }
}
