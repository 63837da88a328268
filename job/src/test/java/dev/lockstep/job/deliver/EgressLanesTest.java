package dev.lockstep.job.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lockstep.alert.Alert;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FixedDecisions;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an alert says about where its flags send it in the engines that are compared. */
class EgressLanesTest {

  private static final List<String> PAIR = List.of("blue", "green");

  @Test
  void saysWhereTheSameFlagsSendItInEachEngine() {
    assertThat(lanes(false, "blue", Disposition.LIVE, new ByEngine("green", "none")))
        .containsExactly(entry("blue", "live"), entry("green", "shadow"));
  }

  @Test
  void anEngineThatTheEventMayNotEnterIsOff() {
    assertThat(lanes(false, "blue", Disposition.LIVE, new ByEngine("none", "green")))
        .containsEntry("green", "off");
  }

  @Test
  void aRuleOfStageShadowIsLiveNowhere() {
    assertThat(lanes(true, "blue", Disposition.SHADOW, new ByEngine("none", "none")))
        .containsEntry("blue", "shadow")
        .containsEntry("green", "shadow");
  }

  @Test
  void whereNoFlagSetDecidesThereIsNothingToSay() {
    assertThat(lanes(false, "blue", Disposition.SHADOW, new FixedDecisions(Disposition.SHADOW)))
        .isEmpty();
  }

  private static Map<String, String> lanes(
      boolean shadowOnly, String engine, Disposition decided, FlagDecisions flags) {
    Alert alert = Alerts.of("r", shadowOnly);
    return EgressGate.lanes(Alerts.head(alert), engine, decided, PAIR, flags);
  }

  /** Sends the alerts of one engine to shadow, and lets no event into another. */
  private record ByEngine(String shadowed, String closed) implements FlagDecisions {

    @Override
    public FlagDecision<Boolean> ingress(FlagSubject subject) {
      assertThat(subject.rule()).isNull();
      return new FlagDecision<>(!subject.engine().equals(closed), "RULE_MATCH");
    }

    @Override
    public FlagDecision<Disposition> egress(FlagSubject subject) {
      return new FlagDecision<>(
          subject.engine().equals(shadowed) ? Disposition.SHADOW : Disposition.LIVE, "RULE_MATCH");
    }

    @Override
    public String version() {
      return "v1";
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
