package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.wire.ComparedAlert;
import org.junit.jupiter.api.Test;

class ComparedAlertDeserializerTest {

  private static final String ALERT =
      "{\"alert_id\":\"a1\",\"customer\":\"acme\",\"engine\":\"blue\",\"lane\":\"live\","
          + "\"routing\":{\"flags\":\"f1\",\"reason\":\"OFF\"},"
          + "\"occurred_at\":\"1970-01-01T00:00:01.234Z\","
          + "\"rule\":{\"id\":\"r1\",\"title\":\"Title\"},\"bundle\":\"b1\"}";

  @Test
  void takesOutOfAnAlertWhatTheComparisonGoesBy() {
    ComparedAlert alert = ComparedAlertDeserializer.alert("shadow", ALERT.getBytes(UTF_8));

    assertThat(alert.key()).isEqualTo("a1/acme");
    assertThat(alert.engine).isEqualTo("blue");
    assertThat(alert.ruleId).isEqualTo("r1");
    assertThat(alert.lane).as("that of the topic").isEqualTo("shadow");
    assertThat(alert.bundle).isEqualTo("b1");
    assertThat(alert.flags).isEqualTo("f1");
    assertThat(alert.occurredAtMillis).isEqualTo(1234);
    assertThat(alert.rescued).isFalse();
    assertThat(new String(alert.json, UTF_8)).isEqualTo(ALERT);
  }

  @Test
  void knowsWhatParityHasSent() {
    String rescued = ALERT.replace("\"bundle\"", "\"rescued\":{\"by\":\"parity\"},\"bundle\"");

    assertThat(ComparedAlertDeserializer.alert("live", rescued.getBytes(UTF_8)).rescued).isTrue();
  }

  @Test
  void refusesWhatIsNoAlertWithTheReason() {
    assertThatThrownBy(() -> ComparedAlertDeserializer.alert("live", null))
        .hasMessage("not an alert: it has no value");
    assertThatThrownBy(
            () ->
                ComparedAlertDeserializer.alert(
                    "live", ALERT.replace("\"bundle\"", "\"other\"").getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an alert: bundle is missing");
  }
}
