package dev.lockstep.connector.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertDocumentTest {

  private static final Instant TIME = Instant.parse("2026-01-31T23:59:59.5Z");

  @Test
  void writesAnAlertInEcsNames() {
    AlertDocument document = AlertDocument.of(SampleAlert.of("acme", TIME, "{\"a\": 1}"));

    assertThat(document.index()).isEqualTo("lockstep-alerts-shadow-acme-2026.01");
    assertThat(document.id()).isEqualTo("0123456789abcdef0123456789abcdef");
    assertThat(document.json())
        .isEqualTo(
            """
            {"@timestamp":"2026-01-31T23:59:59.500Z","message":"A \\"title\\"",\
            "ecs":{"version":"8.11.0"},\
            "event":{"kind":"alert","id":"0123456789abcdef0123456789abcdef",\
            "provider":"lockstep","severity":73},\
            "rule":{"id":"rule-1","name":"A \\"title\\"","ruleset":"bundle-1","version":"v1"},\
            "organization":{"id":"acme"},"tags":["attack.t1059"],\
            "lockstep":{"alert_id":"0123456789abcdef0123456789abcdef","engine":"blue",\
            "lane":"shadow","flags":"flags-1","reason":"FALLTHROUGH","bundle":"bundle-1",\
            "level":"high","status":"test",\
            "matched_fields":[{"field":"CommandLine","value":"whoami"}],\
            "event_ids":["event-1"],\
            "events":[{"id":"event-1","occurred_at":"2026-01-31T23:59:59.500Z",\
            "event":{"a": 1}}]}}""");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":", "[]", "{} {}"})
  void keepsAnEventAsTextThatElasticsearchWouldNotRead(String event) {
    assertThat(AlertDocument.of(SampleAlert.of("acme", TIME, event)).json())
        .contains("\"event\":\"" + event.replace("\"", "\\\"") + "\"");
  }

  @Test
  void keepsAnEventAsTextThatIsTooDeep() {
    String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
    assertThat(AlertDocument.of(SampleAlert.of("acme", TIME, deep)).json())
        .contains("\"event\":\"{\\\"a\\\":{");
  }

  @Test
  void refusesAnAlertWithoutALane() {
    Alert alert = SampleAlert.of("acme", TIME, "{}");
    Alert undecided =
        new Alert(
            alert.id(),
            alert.customer(),
            alert.engine(),
            alert.occurredAt(),
            alert.rule(),
            alert.bundle(),
            alert.matchedFields(),
            alert.events(),
            null);
    assertThatThrownBy(() -> AlertDocument.of(undecided)).hasMessageContaining("no lane");
  }

  @Test
  void saysWhatSeveralEventsCameTo() {
    Alert alert = SampleAlert.of("acme", TIME, "{}");
    Alert correlated =
        new Alert(
            alert.id(),
            alert.customer(),
            alert.engine(),
            TIME,
            alert.rule(),
            alert.bundle(),
            alert.matchedFields(),
            alert.events(),
            new Alert.Correlated(
                "event_count", Map.of("User", "bob"), 10, null, TIME.minusSeconds(60), TIME, false),
            Alert.Suppressed.NONE,
            alert.routing());

    assertThat(AlertDocument.of(correlated).json())
        .contains(
            "\"correlation\":{\"type\":\"event_count\",\"group\":[{\"field\":\"User\",\"value\":\"bob\"}],\"count\":10,\"from\":");
  }

  @Test
  void namesTheEnginesOfWhichNoneHasSentARescuedAlertLive() {
    Alert rescued =
        SampleAlert.of("acme", TIME, "{}")
            .routed(
                new Alert.Routing(
                    Lane.LIVE,
                    "f2",
                    "RULE_MATCH",
                    Map.of("blue", "shadow", "green", "live"),
                    List.of(
                        new Alert.RescuedCopy("blue", "f2", "RULE_MATCH"),
                        new Alert.RescuedCopy("green", "f1", "FALLTHROUGH"))));

    assertThat(AlertDocument.of(rescued).json()).contains("\"rescued_from\":[\"blue\",\"green\"]");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z, 2026.01",
    "2026-12-31T23:59:59.999Z, 2026.12",
    "0009-03-01T00:00:00Z, 0009.03"
  })
  void choosesTheIndexByTheMonthInUtc(Instant time, String month) {
    assertThat(AlertDocument.of(SampleAlert.of("acme", time, "{}")).index()).endsWith("-" + month);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcdef0123456789abcde",
        "0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef0123456789abcdef0",
        "0123456789abcdef0123456789abcdeg"
      })
  void refusesAnIdThatNoEngineGives(String id) {
    Alert alert = SampleAlert.of("acme", TIME, "{}");
    Alert other =
        new Alert(
            id,
            alert.customer(),
            alert.engine(),
            alert.occurredAt(),
            alert.rule(),
            alert.bundle(),
            alert.matchedFields(),
            alert.events(),
            alert.routing());
    assertThatThrownBy(() -> AlertDocument.of(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the alert's id must be 32 hex digits in lower case");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00Z",
        "-1000000000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z"
      })
  void refusesATimeThatIsNotInAYearOfFourDigits(Instant time) {
    Alert alert = SampleAlert.of("acme", time, "{}");
    assertThatThrownBy(() -> AlertDocument.of(alert))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("occurred_at must be in the years 1 to 9999, was " + time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"})
  void takesEveryTimeInAYearOfFourDigits(Instant time) {
    assertThat(AlertDocument.of(SampleAlert.of("acme", time, "{}")).json())
        .contains("\"event\":{}");
  }

  @Test
  void givesEveryCustomerAnIndexOfItsOwnThatElasticsearchTakes() {
    String changed = IndexName.customer("Acme Corp");
    String[] customers = {
      "acme",
      "Acme",
      "ACME",
      "acme corp",
      "acme_corp",
      "Acme Corp",
      changed,
      "a/b",
      "a\\b",
      "a*",
      "a?",
      "a\"",
      "a<",
      "a>",
      "a|",
      "a,",
      "a#",
      "a:",
      "a%",
      "ä",
      "Ä",
      "日本",
      "",
      ".",
      "..",
      "-",
      "x".repeat(200),
      "x".repeat(201),
      "x".repeat(500),
      "日".repeat(300)
    };
    Map<String, String> customerOf = new HashMap<>();
    for (String customer : customers) {
      String index = AlertDocument.of(SampleAlert.of(customer, TIME, "{}")).index();
      assertThat(index).matches("[a-z0-9._-]+");
      assertThat(index.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
      assertThat(customerOf.put(index, customer)).as(index).isNull();
    }
  }
}
