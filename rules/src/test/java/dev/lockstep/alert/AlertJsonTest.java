package dev.lockstep.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.alert.Alert.Correlated;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
  void writesTimesAsTheFormatterDoes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(-70_000_000_000L, 300_000_000_000L), random.nextInt(1_000_000_000));
      assertThat(AlertJson.time(time)).isEqualTo(AlertJson.TIME.format(time));
    }
  }

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
                + "\"event\":{ \"a\" : [1, {\"é\":\"\\u0000\"}] }}],"
                + "\"suppressed\":{\"count\":0,\"until\":null}}");
  }

  @Test
  void saysWhatSeveralEventsCameTo() {
    Map<String, String> group = new LinkedHashMap<>();
    group.put("User", "bob");
    group.put("Host", "pc");
    Alert correlated =
        new Alert(
            alert.id(),
            "acme",
            "blue",
            TIME,
            alert.rule(),
            "bundle-1",
            group,
            alert.events(),
            new Correlated(
                "value_median",
                group,
                12,
                new BigDecimal("1E+3"),
                TIME.minusSeconds(60),
                TIME,
                true,
                "a sketch"),
            Alert.Suppressed.NONE,
            null);

    assertThat(new String(AlertJson.write(correlated), UTF_8))
        .contains(
            "\"correlation\":{\"type\":\"value_median\",\"group\":{\"User\":\"bob\",\"Host\":\"pc\"},"
                + "\"count\":12,\"value\":\"1000\",\"from\":\"2025-12-31T23:59:00.000Z\","
                + "\"to\":\"2026-01-01T00:00:00.000Z\",\"approximate\":true,"
                + "\"estimated_by\":\"a sketch\"}");
    Alert read = AlertJson.read(AlertJson.write(correlated));
    assertThat(read.correlation())
        .isEqualTo(
            new Correlated(
                "value_median",
                group,
                12,
                new BigDecimal("1000"),
                TIME.minusSeconds(60),
                TIME,
                true,
                "a sketch"));
    assertThat(requireNonNull(read.correlation()).group().keySet()).containsExactly("User", "Host");
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
  void namesTheFiltersOfTheRuleApartFromItsTags() {
    RuleReference filtered =
        new RuleReference("r", "t", null, null, List.of("a.b"), "v", false, List.of("f1", "f2"));
    Alert withFilters =
        new Alert("id", "c", "e", TIME, filtered, "b", Map.of(), alert.events(), null);

    assertThat(new String(AlertJson.write(withFilters), UTF_8))
        .contains("\"version\":\"v\",\"filters\":[\"f1\",\"f2\"]}");
    assertThat(AlertJson.read(AlertJson.write(withFilters))).isEqualTo(withFilters);
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

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "ISO-8859-1"})
  void refusesAnAlertThatIsNotInUtf8(String charset) {
    byte[] json = new String(AlertJson.write(alert), UTF_8).getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> AlertJson.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an alert: it must be in UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"text\"", "[{}]", "null"})
  void refusesAnEventThatIsNoObject(String event) {
    String json = new String(AlertJson.write(alert), UTF_8);
    String broken = json.replace(alert.events().get(0).json(), event);
    assertThatThrownBy(() -> AlertJson.read(broken.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an alert: event must be a JSON object");
  }

  @Test
  void refusesEveryAlertThatEndsEarlyInOneWay() {
    byte[] json = AlertJson.write(alert.routed(new Routing(Lane.LIVE, "f1", "OFF")));
    for (int length = 0; length < json.length; length++) {
      byte[] start = Arrays.copyOf(json, length);
      assertThatThrownBy(() -> AlertJson.read(start))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not an alert: ");
    }
  }

  @Test
  void refusesOrReadsWhateverOneWrongByteMakesOfAnAlert() {
    byte[] json = AlertJson.write(alert.routed(new Routing(Lane.LIVE, "f1", "OFF")));
    for (int i = 0; i < json.length; i++) {
      for (byte wrong : new byte[] {0, '"', '{', '}', '[', ']', ',', '1', (byte) 0xFF}) {
        byte[] broken = json.clone();
        broken[i] = wrong;
        assertThat(catchThrowable(() -> AlertJson.read(broken)))
            .satisfiesAnyOf(
                thrown -> assertThat(thrown).isNull(),
                thrown -> assertThat(thrown).isInstanceOf(IllegalArgumentException.class));
      }
    }
  }
}
