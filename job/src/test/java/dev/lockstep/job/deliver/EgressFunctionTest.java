package dev.lockstep.job.deliver;

import static dev.lockstep.job.state.Deliveries.flags;
import static dev.lockstep.job.state.Deliveries.rules;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.ShadowStage;
import dev.lockstep.job.state.ControlledHarness;
import dev.lockstep.job.state.HourlyCounts;
import dev.lockstep.job.state.ScriptedFlags;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EgressFunctionTest {

  private static final Alert ALERT = Alerts.of("r", /* shadowOnly= */ false);

  @Test
  void sendsAnAlertLiveAndSaysWhyInIt() throws Exception {
    try (var harness = start(null)) {
      harness.control(flags(1, "open live"));
      harness.send(Alerts.record(ALERT));
      AlertRecord sent = harness.output().get(0);
      assertThat(sent.lane).isEqualTo("live");
      assertThat(AlertJson.read(sent.json))
          .isEqualTo(ALERT.routed(new Routing(Lane.LIVE, "open live", "SCRIPTED")));
      assertThat(sent.json)
          .asString(UTF_8)
          .contains("\"lane\":\"live\",\"routing\":{\"flags\":\"open live\"");
      assertThat(sent)
          .usingRecursiveComparison()
          .ignoringFields("lane", "json")
          .isEqualTo(Alerts.record(ALERT));
      assertThat(harness.metrics().count("customer=acme/alertsLive")).isEqualTo(1);
      assertThat(harness.metrics().count("customer=acme/alertsShadow")).isZero();
      assertThat(harness.metrics().count("reason=SCRIPTED/flagReasons")).isEqualTo(1);
    }
  }

  @Test
  void sendsAnAlertToShadow() throws Exception {
    try (var harness = start(null)) {
      harness.control(flags(1, "open shadow"));
      harness.send(Alerts.record(ALERT));
      assertThat(harness.output()).extracting(alert -> alert.lane).containsExactly("shadow");
      assertThat(harness.metrics().count("customer=acme/alertsShadow")).isEqualTo(1);
      assertThat(harness.metrics().count("customer=acme/alertsLive")).isZero();
    }
  }

  @Test
  void onlyCountsAnAlertThatIsOff() throws Exception {
    try (var harness = start(null)) {
      harness.control(flags(1, "open off"));
      harness.send(Alerts.record(ALERT));
      assertThat(harness.output()).isEmpty();
      assertThat(harness.metrics().count("customer=acme/alertsOff")).isEqualTo(1);
    }
  }

  @Test
  void keepsARuleOfStageShadowOutOfTheLiveLaneAndSaysSo() throws Exception {
    try (var harness = start(null)) {
      harness.control(flags(1, "open live"));
      harness.send(Alerts.record(Alerts.of("r", /* shadowOnly= */ true)));
      AlertRecord sent = harness.output().get(0);
      assertThat(sent.lane).isEqualTo("shadow");
      assertThat(AlertJson.read(sent.json).routing())
          .isEqualTo(new Routing(Lane.SHADOW, "open live", ShadowStage.REASON));
    }
  }

  @Test
  void sendsTheNextAlertByTheNextFlagSet() throws Exception {
    try (var harness = start(null)) {
      harness.control(flags(1, "open shadow"));
      harness.send(Alerts.record(ALERT));
      harness.control(flags(2, "open live"));
      harness.send(Alerts.record(ALERT));
      assertThat(harness.output())
          .extracting(alert -> alert.lane)
          .containsExactly("shadow", "live");
    }
  }

  @Test
  void countsTheAlertsOfEachLaneByRule() throws Exception {
    try (var harness = start(null)) {
      harness.control(flags(1, "open live"));
      harness.send(Alerts.record(ALERT), Alerts.record(Alerts.of("s", /* shadowOnly= */ true)));
      AlertRecord waited = Alerts.record(ALERT);
      waited.waitedUntilMillis = 7_200_000;
      harness.send(waited);
      harness.control(flags(2, "open off"));
      harness.send(Alerts.record(ALERT));
      harness.snapshot();

      var told = harness.sideOutput(HourlyCounts.TAG);
      assertThat(HourlyCounts.sum(told, "acme", 0))
          .hasToString(
              "LIVE r 1, SHADOW s 1, OFF r 1, FLAGS open live 2, FLAGS open off 1, LATENCY 100 2");
      assertThat(HourlyCounts.sum(told, "acme", 3_600_000))
          .as("the last moment that it waited for")
          .hasToString("LIVE r 1, FLAGS open live 1, LATENCY 100 1");
    }
  }

  @Test
  void measuresHowLongAnAlertTook() throws Exception {
    try (var harness = start(null)) {
      harness.control(flags(1, "open live"));
      harness.send(Alerts.record(ALERT));
      harness.control(flags(2, "open off"));
      harness.send(Alerts.record(ALERT));
      assertThat(harness.metrics().values("eventToAlertMillis")).containsExactly(0);
    }
  }

  @Test
  void holdsAlertsForFlagsAndForNothingElse() throws Exception {
    try (var harness = start(null)) {
      harness.send(Alerts.record(ALERT));
      harness.control(rules(1));
      assertThat(harness.output()).isEmpty();
      harness.control(flags(2, "open live"));
      assertThat(harness.output()).hasSize(1);
      assertThat(harness.keyedStateEntries()).isZero();
    }
  }

  @Test
  void sendsAlertsWithoutFlagsWhereTheConfigurationSays() throws Exception {
    try (var harness = start(Disposition.SHADOW)) {
      harness.send(Alerts.record(ALERT));
      AlertRecord sent = harness.output().get(0);
      assertThat(AlertJson.read(sent.json).routing())
          .isEqualTo(new Routing(Lane.SHADOW, "fixed-shadow", "FIXED"));
    }
  }

  @Test
  void sendsAlertsThatWereHeldUntilTheConfigurationCameToDecide() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = start(null)) {
      harness.send(Alerts.record(Alerts.of("held", /* shadowOnly= */ false)));
      snapshot = harness.snapshot();
    }
    try (var restored = start(Disposition.SHADOW, snapshot)) {
      restored.send(Alerts.record(ALERT));
      assertThat(restored.output()).extracting(alert -> alert.ruleId).containsExactly("held", "r");
      assertThat(restored.keyedStateEntries()).isZero();
    }
  }

  private static ControlledHarness<AlertRecord, AlertRecord> start(@Nullable Disposition onMissing)
      throws Exception {
    return start(onMissing, /* state= */ null);
  }

  private static ControlledHarness<AlertRecord, AlertRecord> start(
      @Nullable Disposition onMissing, @Nullable OperatorSubtaskState state) throws Exception {
    return ControlledHarness.start(
        new EgressFunction(
            "blue", List.of(), ScriptedFlags.policy(onMissing), HourlyCounts.COUNTING),
        alert -> alert.customer,
        new HashMapStateBackend(),
        state);
  }
}
