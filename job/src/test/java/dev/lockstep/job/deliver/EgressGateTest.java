package dev.lockstep.job.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressGateTest {

  @ParameterizedTest(name = "flag {0}, rule {1}: lane {2}, reason {3}")
  @CsvSource({
    "LIVE,   live,   LIVE,   RULE_MATCH",
    "SHADOW, live,   SHADOW, RULE_MATCH",
    "OFF,    live,   OFF,    RULE_MATCH",
    "LIVE,   shadow, SHADOW, RULE_STAGE_SHADOW",
    "SHADOW, shadow, SHADOW, RULE_MATCH",
    "OFF,    shadow,   OFF,    RULE_MATCH",
  })
  void routesByFlagAndStage(Disposition flag, String stage, Disposition expected, String reason) {
    Alert alert = Alerts.of("r", stage.equals("shadow"));

    assertThat(EgressGate.decide(Alerts.head(alert), "blue", new Asked(flag)))
        .isEqualTo(new FlagDecision<>(expected, reason));
  }

  @Test
  void asksTheFlagAboutCustomerEngineEventAndRule() {
    Asked flags = new Asked(Disposition.LIVE);
    EgressGate.decide(Alerts.head(Alerts.of("r", /* shadowOnly= */ false)), "green", flags);
    assertThat(flags.subject)
        .isEqualTo(
            new FlagSubject(
                "acme",
                "green",
                "e1",
                new FlagSubject.RuleAttributes("r", "high", /* status= */ null)));
  }

  /** Gives everyone the same, and remembers who it was. */
  private static final class Asked implements FlagDecisions {
    private final Disposition disposition;
    private @Nullable FlagSubject subject;

    Asked(Disposition disposition) {
      this.disposition = disposition;
    }

    @Override
    public FlagDecision<Boolean> ingress(FlagSubject subject) {
      throw new AssertionError("the gate of alerts asks about events");
    }

    @Override
    public FlagDecision<Disposition> egress(FlagSubject subject) {
      this.subject = subject;
      return new FlagDecision<>(disposition, "RULE_MATCH");
    }

    @Override
    public String version() {
      return "v7";
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
